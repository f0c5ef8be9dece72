"""What has been reminded of: read from the messages themselves, which carry it in their keys."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinic.appointments import Appointment, VisitRef
from clinic.hours import local_day
from conversations.tables import MessageRow
from integrations.database import Database

A_WEEK: Final = timedelta(days=7)
A_DAY_MOST, A_WEEK_MOST = 1, 3
# Not as a range of keys: the index on when outreach wrote leads to far fewer rows.
_OURS: Final = (MessageRow.key.is_not(None), MessageRow.key.startswith("reminder:"))


def key_of(visit: Appointment, hours: int) -> str:
    """What a reminder is said for: a visit, at its present time, so many hours before it."""
    return f"reminder:{visit.id}:{visit.slot_id}:{hours}"


@dataclass
class Reminded:
    """The reminders of late: their keys, and when each address had one (UTC)."""

    keys: set[str] = field(default_factory=set)
    at: dict[str, list[datetime]] = field(default_factory=dict)

    def add(self, key: str, address: str, at: datetime) -> None:
        """One more."""
        self.keys.add(key)
        self.at.setdefault(address, []).append(at)

    def may_hear(self, address: str, now: datetime, zone: ZoneInfo) -> bool:
        """Whether the address may have one more: one a day of the zone, three in seven days."""
        days = Counter(local_day(at, zone) for at in self.at.get(address, ()) if now - at < A_WEEK)
        return days[local_day(now, zone)] < A_DAY_MOST and days.total() < A_WEEK_MOST


def read_reminded(database: Database, since: datetime) -> Reminded:
    """All reminders from `since` (UTC) on, in one query."""
    query = select(MessageRow.key, MessageRow.address, MessageRow.at).where(
        *_OURS, MessageRow.at >= since
    )
    reminded = Reminded()
    with database.read() as session:
        for key, address, at in session.execute(query):
            reminded.add(str(key), address, at)
    return reminded


def is_told_with_another(
    database: Database, address: str, visit: Appointment, since: datetime, hours: int
) -> bool:
    """Whether a reminder of another visit of that day asked for this one's confirmation too.

    since: when the visit was given its time (UTC); what was asked before was about another time.
    """
    query = select(MessageRow.choices).where(
        *_OURS,
        MessageRow.key.endswith(f":{hours}", autoescape=True),
        MessageRow.address == address,
        MessageRow.at >= since,
    )
    with database.read() as session:
        asked = [choice["payload"] for choices in session.scalars(query) for choice in choices]
    return any(_visit_in(payload) == visit.id for payload in asked)


def _visit_in(payload: str) -> str | None:
    """The id of the visit that a choice carries, if it carries one."""
    _, brace, values = payload.partition("{")
    carried = json.loads(brace + values).get("visit") if brace else None
    return VisitRef.parse(carried).id if carried else None
