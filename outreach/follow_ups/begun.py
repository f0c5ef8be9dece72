"""What the clinic has begun at an address, and how much more it may.

Reminders have priority: they count reminders alone (`outreach.reminders.reminded`) and are never
held back for a follow-up. A follow-up counts everything that was begun, reminders too. Offers of
freed slots were asked for and do not count; nor does a nudge, which belongs to a talk that the
patient began.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from conversations.tables import MessageRow
from integrations.database import Database
from outreach.reminders.reminded import A_WEEK, Reminded, Said

_NOT_COUNTED: Final = ("offer:", "nudge:")


def may_hear(database: Database, address: str, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the address may have a follow-up: nothing else that day, fewer than three a week."""
    query = select(MessageRow.key, MessageRow.channel, MessageRow.state, MessageRow.at).where(
        MessageRow.address == address,
        MessageRow.key.is_not(None),
        MessageRow.instead_of.is_(None),
        MessageRow.at > now - A_WEEK,
        *(~MessageRow.key.startswith(each) for each in _NOT_COUNTED),
    )
    begun = Reminded()
    with database.read() as session:
        for key, channel, state, at in session.execute(query):
            begun.add(str(key), Said(address, channel, state, at))
    return begun.may_hear(address, now, zone)


def keys_since(database: Database, kind: str, since: datetime) -> set[str]:
    """The keys of that kind for which something was said from `since` (UTC) on."""
    with database.read() as session:
        return {
            str(key) for key in session.scalars(select(MessageRow.key).where(*_of(kind, since)))
        }


def count_since(database: Database, kind: str, since: datetime) -> int:
    """How many of that kind were said from `since` (UTC) on."""
    query = select(func.count()).select_from(MessageRow).where(*_of(kind, since))
    with database.read() as session:
        return session.scalar(query) or 0


def _of(kind: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    # Not as a range of keys: the index on when outreach wrote leads to far fewer rows.
    return (
        MessageRow.key.is_not(None),
        MessageRow.key.startswith(f"{kind}:"),
        MessageRow.at >= since,
    )
