"""Which new times a patient is offered: concrete, near, and not the same as everybody else's."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clinic.appointments import Appointment
from clinic.campaigns import Span
from clinic.catalogue import Slot
from clinic.ports import Schedule

OFFERED: Final = 3
NOTICE: Final = timedelta(hours=12)
"""Nothing nearer than this is offered: a patient has a day to rearrange."""
AHEAD: Final = (timedelta(days=14), timedelta(days=45))
"""How far ahead is looked; further only where there is too little."""


def new_times(
    schedule: Schedule,
    visit: Appointment,
    span: Span,
    zone: ZoneInfo,
    offered: Counter[str],
    now: datetime,
) -> list[Slot]:
    """Up to three free times for the visit's service at its branch, the earliest first.

    offered: how often each slot was offered to others; those never offered are preferred. On
    different days where there are any, near the hour that the patient had.
    """
    start, free = now + NOTICE, list[Slot]()
    for ahead in AHEAD:
        found = schedule.free_slots(visit.service, visit.branch, start, now + ahead)
        # The schedule itself may not know yet: in a preview, or where it is another system's.
        free = [
            each for each in found if not span.holds(each.branch, each.start, each.practitioner)
        ]
        if len({slot.start for slot in free}) >= OFFERED:
            break
    least = min((offered[slot.id] for slot in free), default=0)
    chosen: list[Slot] = []
    for often in (least, None):
        fresh = [slot for slot in free if often is None or offered[slot.id] == often]
        chosen += _one_a_day(fresh, visit, zone, chosen, OFFERED - len(chosen))
        chosen += _nearest(fresh, visit, zone, chosen, OFFERED - len(chosen))
    return sorted(chosen, key=lambda slot: slot.start)


def _one_a_day(
    free: Sequence[Slot], visit: Appointment, zone: ZoneInfo, chosen: Sequence[Slot], count: int
) -> list[Slot]:
    """The nearest to the patient's hour on each of the first days."""
    days: dict[object, list[Slot]] = defaultdict(list)
    taken = {slot.start.astimezone(zone).date() for slot in chosen}
    for slot in free:
        if (day := slot.start.astimezone(zone).date()) not in taken:
            days[day].append(slot)
    best = [min(slots, key=lambda slot: _off(slot, visit, zone)) for slots in days.values()]
    return best[: max(0, count)]


def _nearest(
    free: Sequence[Slot],
    visit: Appointment,
    zone: ZoneInfo,
    chosen: Collection[Slot],
    count: int,
) -> list[Slot]:
    """Where there are not enough days: other times, none of them twice."""
    times = {slot.start: slot for slot in reversed(free)}
    left = [slot for start, slot in times.items() if start not in {each.start for each in chosen}]
    return sorted(left, key=lambda slot: _off(slot, visit, zone))[: max(0, count)]


def _off(slot: Slot, visit: Appointment, zone: ZoneInfo) -> tuple[timedelta, datetime]:
    """How far the clocks are from the hour that the patient had."""
    had, new = visit.start.astimezone(zone), slot.start.astimezone(zone)
    apart = abs(
        timedelta(hours=had.hour, minutes=had.minute)
        - timedelta(hours=new.hour, minutes=new.minute)
    )
    return apart, slot.start
