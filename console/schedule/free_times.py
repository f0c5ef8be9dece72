"""Free times to choose from when a visit is booked or moved: a week, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Final

from clinic.catalogue import Branch
from console.needs import Needs
from console.schedule.visits import VisitReader

DAYS: Final = 7
_MOST: Final = 400


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A free slot to show; start is the branch's wall time."""

    slot_id: str
    start: datetime
    practitioner: str


@dataclass(frozen=True, slots=True)
class Week:
    """The free times of the days from `first` on. before: where to go back to; None: no earlier."""

    first: date
    before: date | None
    after: date
    days: Sequence[tuple[date, Sequence[FreeTime]]]


def week(needs: Needs, reader: VisitReader, service: str, branch: Branch, first: date) -> Week:
    """What is free for the service from that day of the branch's calendar on, or from today."""
    today = needs.clock().astimezone(branch.zone).date()
    first = max(first, today)
    start, end = (midnight(branch, first + timedelta(days=each)) for each in (0, DAYS))
    found = [
        FreeTime(
            slot.id, slot.start.astimezone(branch.zone), reader.practitioner(slot.practitioner)
        )
        for slot in needs.schedule.free_slots(service, branch.code, start, end, limit=_MOST)
    ]
    days = [(day, list(times)) for day, times in groupby(found, key=lambda one: one.start.date())]
    before = max(today, first - timedelta(days=DAYS)) if first > today else None
    return Week(first, before, first + timedelta(days=DAYS), days)


def midnight(branch: Branch, day: date) -> datetime:
    """When the day begins at the branch, UTC."""
    return datetime.combine(day, time.min, branch.zone).astimezone(UTC)
