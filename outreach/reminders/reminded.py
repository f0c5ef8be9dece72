"""What has been reminded of: read from the messages themselves, which carry it in their keys."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from clinic.appointments import Appointment, VisitRef
from clinic.hours import local_day
from clinic.outreach_rules import LADDER
from conversations.tables import MessageRow
from integrations.database import Database

A_WEEK: Final = timedelta(days=7)
A_DAY_MOST, A_WEEK_MOST = 1, 3
_AT_ONCE: Final = 1000
"""So many values fit into one query of either database."""
# Not as a range of keys: the index on when outreach wrote leads to far fewer rows.
_OURS: Final = (MessageRow.key.is_not(None), MessageRow.key.startswith("reminder:"))


def key_of(visit: Appointment, step: int | str) -> str:
    """What a reminder is said for: a visit, at its present time, so many hours before it."""
    return f"reminder:{visit.id}:{visit.slot_id}:{step}"


@dataclass(frozen=True, slots=True)
class Said:
    """A reminder as it went out: where, how far it has come, and when (UTC)."""

    address: str
    channel: str
    state: str
    at: datetime


@dataclass
class Reminded:
    """The reminders of late by their keys, and when each address had one (UTC).

    One that went on to another channel, or a call that was placed again, is still the same one.
    """

    said: dict[str, Said] = field(default_factory=dict)
    at: dict[str, list[datetime]] = field(default_factory=dict)

    def add(self, key: str, said: Said) -> None:
        """One more."""
        self.said[key] = said
        end = key.rpartition(":")[2]
        if end not in LADDER and not end.startswith("again"):
            self.at.setdefault(said.address, []).append(said.at)

    def may_hear(self, address: str, now: datetime, zone: ZoneInfo) -> bool:
        """Whether the address may have one more: one a day of the zone, three in seven days."""
        days = Counter(local_day(at, zone) for at in self.at.get(address, ()) if now - at < A_WEEK)
        return days[local_day(now, zone)] < A_DAY_MOST and days.total() < A_WEEK_MOST


def read_reminded(database: Database, since: datetime) -> Reminded:
    """All reminders from `since` (UTC) on, in one query."""
    query = select(
        MessageRow.key, MessageRow.address, MessageRow.channel, MessageRow.state, MessageRow.at
    ).where(*_OURS, MessageRow.at >= since)
    reminded = Reminded()
    with database.read() as session:
        for key, address, channel, state, at in session.execute(query):
            reminded.add(str(key), Said(address, channel, state, at))
    return reminded


def last_heard(
    database: Database, addresses: Collection[str], since: datetime
) -> Mapping[str, datetime]:
    """When somebody at each address last wrote or spoke; only who did since then (UTC)."""
    found: dict[str, datetime] = {}
    wanted = list(addresses)
    with database.read() as session:
        for start in range(0, len(wanted), _AT_ONCE):
            query = (
                select(MessageRow.address, func.max(MessageRow.at).label("heard"))
                .where(
                    MessageRow.address.in_(wanted[start : start + _AT_ONCE]),
                    MessageRow.direction == "in",
                    MessageRow.at >= since,
                )
                .group_by(MessageRow.address)
            )
            found |= {row.address: row.heard for row in session.execute(query)}
    return found


def is_told_with_another(
    database: Database, address: str, visit: Appointment, since: datetime, step: int | str
) -> bool:
    """Whether a reminder of another visit of that day asked for this one's confirmation too.

    since: when the visit was given its time (UTC); what was asked before was about another time.
    """
    query = select(MessageRow.choices).where(
        *_OURS,
        MessageRow.key.endswith(f":{step}", autoescape=True),
        MessageRow.address == address,
        MessageRow.at >= since,
    )
    with database.read() as session:
        asked = [choice["payload"] for choices in session.scalars(query) for choice in choices]
    return any(_visit_in(payload) == visit.id for payload in asked)


def knows_preparation(
    database: Database, address: str, visit: Appointment, since: datetime
) -> bool:
    """Whether a reminder offered how to prepare for it, or somebody there asked, since then (UTC).

    An offer without a service is for all of that day.
    """
    query = select(MessageRow.choices, MessageRow.intent).where(
        MessageRow.address == address,
        MessageRow.at >= since,
        or_(MessageRow.key.startswith("reminder:"), MessageRow.intent == "ask_preparation"),
    )
    with database.read() as session:
        return any(
            intent or any(_prepares(choice["payload"], visit.service) for choice in choices)
            for choices, intent in session.execute(query)
        )


def _visit_in(payload: str) -> str | None:
    """The id of the visit that a choice carries, if it carries one."""
    carried = _carried(payload).get("visit")
    return VisitRef.parse(carried).id if carried else None


def _prepares(payload: str, service: str) -> bool:
    """Whether the choice tells how to prepare for that service."""
    asks = payload.startswith("/ask_preparation")
    return asks and _carried(payload).get("service", service) == service


def _carried(payload: str) -> dict[str, str]:
    _, brace, values = payload.partition("{")
    carried: dict[str, str] = json.loads(brace + values) if brace else {}
    return carried
