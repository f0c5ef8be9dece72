"""Whom a freed slot is offered to, in which order, and for how long. No I/O; instants are UTC."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clinic.appointments import UPCOMING, Appointment
from clinic.quiet_hours import next_allowed
from clinic.waitlist import FreedSlot, Waiting

LOOKS_BACK: Final = timedelta(hours=48)
"""How long a freed slot goes on being offered to who joins the waitlist."""
NOTICE: Final = timedelta(hours=3)
"""A slot nearer than this is offered to nobody; a patient may ask for more notice."""
GROUP: Final = 3
"""So many are asked at a time."""
GROUP_EVERY: Final = timedelta(minutes=5)
LASTS: Final = timedelta(minutes=30)
ENDS_BEFORE: Final = timedelta(hours=2)
"""An offer ends at the latest so long before the slot."""
MID_TALK: Final = timedelta(minutes=2)
"""Who has just written may be about to answer something else with a digit: asked a little later."""

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def is_mid_talk(heard_at: datetime | None, now: datetime) -> bool:
    """Whether the patient, last heard then, is in the middle of something."""
    return heard_at is not None and timedelta(0) <= now - heard_at < MID_TALK


def next_group_at(
    freed: FreedSlot, last_group: datetime | None, zone: ZoneInfo, now: datetime
) -> datetime | None:
    """When the next group may be asked: `now` or later, never at night in the branch's zone.

    last_group: when the slot was last offered since it was freed. None where it is offered no
    more: too near by then, or freed too long ago.
    """
    due = now if last_group is None else max(now, last_group + GROUP_EVERY)
    at = next_allowed(due, zone)
    too_near, too_old = freed.start - at < NOTICE, at - freed.at > LOOKS_BACK
    return None if too_near or too_old else at


def in_order(waiting: Sequence[Waiting]) -> list[Waiting]:
    """The order in which patients are asked.

    The higher priority first; then who was never or least recently asked; of those, who has
    waited longest.
    """
    return sorted(
        waiting,
        key=lambda each: (
            -each.priority,
            each.last_asked or _NEVER,
            each.since,
            each.patient_id,
        ),
    )


def suits(
    freed: FreedSlot,
    waiting: Waiting,
    visits: Sequence[Appointment],
    zone: ZoneInfo,
    now: datetime,
) -> bool:
    """Whether the slot is of use to the patient; `visits` are all of theirs.

    Not against what they asked for, not beside a visit of theirs at that time, and not where they
    already come for that service before it. zone: the branch's.
    """
    coming = [visit for visit in visits if visit.status in UPCOMING and visit.start > now]
    return _as_wished(freed, waiting, zone, now) and not any(
        (visit.start < freed.end and freed.start < visit.end)
        or (visit.service == freed.service and visit.start <= freed.start)
        for visit in coming
    )


def _as_wished(freed: FreedSlot, waiting: Waiting, zone: ZoneInfo, now: datetime) -> bool:
    """Whether practitioner, notice and time of the week are what the patient asked for."""
    wishes, wall = waiting.wishes, freed.start.astimezone(zone)
    return (
        wishes.practitioner in (None, freed.practitioner)
        and freed.start - now >= max(NOTICE, timedelta(hours=wishes.notice_hours or 0))
        and (not wishes.times or any(each.holds(wall) for each in wishes.times))
    )


def expires_at(start: datetime, now: datetime) -> datetime:
    """When an offer made now of a slot that begins at `start` ends."""
    return min(now + LASTS, start - ENDS_BEFORE)
