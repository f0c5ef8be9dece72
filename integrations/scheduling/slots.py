"""Makes the practitioners' times, day after day, within opening hours and shifts."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from clinic.hours import local_day, slot_times
from integrations.database import Database
from integrations.scheduling.catalogue import read_branch
from integrations.tables import PractitionerRow, SlotRow

DAYS_AHEAD = 45
"""How far ahead a patient can book, in days."""


def top_up_slots(database: Database, now: datetime, days: int = DAYS_AHEAD) -> int:
    """Makes the slots that are missing from today to so many days ahead; returns how many.

    Days before a practitioner's last slot are left alone: what was taken out of the schedule by
    hand does not come back. Whoever runs it at the same time waits, and finds nothing missing;
    an import that says what a practitioner does goes on beside it.
    """
    with database.begin() as session:
        practitioners = session.scalars(
            select(PractitionerRow).order_by(PractitionerRow.code).with_for_update(key_share=True)
        ).all()
        made = session.execute(
            select(SlotRow.practitioner, func.max(SlotRow.start)).group_by(SlotRow.practitioner)
        )
        last = dict(made.all())
        rows: list[dict[str, Any]] = []
        for practitioner in practitioners:
            rows += _missing(session, practitioner, last.get(practitioner.code), now, days)
        if rows:
            session.execute(insert(SlotRow), rows)
        return len(rows)


def _missing(
    session: Session,
    practitioner: PractitionerRow,
    last: datetime | None,
    now: datetime,
    days: int,
) -> list[dict[str, Any]]:
    branch = read_branch(session, practitioner.branch)
    today = local_day(now, branch.zone)
    first = today if last is None else max(today, local_day(last, branch.zone) + timedelta(1))
    shift: tuple[time | None, time | None] = (practitioner.shift_starts, practitioner.shift_ends)
    return [
        _slot(practitioner, start, end)
        for day in _days(first, today + timedelta(days=days))
        for start, end in slot_times(branch, day, practitioner.slot_minutes, shift)
    ]


def _slot(practitioner: PractitionerRow, start: datetime, end: datetime) -> dict[str, Any]:
    return {
        "id": uuid4().hex,
        "practitioner": practitioner.code,
        "branch": practitioner.branch,
        "start": start.astimezone(UTC),
        "end": end.astimezone(UTC),
        "minutes": practitioner.slot_minutes,
    }


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
