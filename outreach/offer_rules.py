"""Whom a freed slot is offered to, in which order, and for how long. No I/O; instants are UTC."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from clinic.appointments import UPCOMING, Appointment
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


def group_is_due(last_group: datetime | None, now: datetime) -> bool:
    """Whether the next group may be asked."""
    return last_group is None or now - last_group >= GROUP_EVERY


def in_order(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Who was never or least recently asked first; of those, who has waited longest."""
    return sorted(
        waiting, key=lambda each: (each.last_asked or _NEVER, each.since, each.patient_id)
    )


def suits(freed: FreedSlot, waiting: Waiting, visits: Sequence[Appointment], now: datetime) -> bool:
    """Whether the slot is of use to the patient; `visits` are all of theirs.

    Not with another practitioner than asked for, not on shorter notice, not beside a visit of
    theirs at that time, and not where they already come for that service before it.
    """
    if waiting.practitioner not in (None, freed.practitioner):
        return False
    if freed.start - now < max(NOTICE, timedelta(hours=waiting.notice_hours or 0)):
        return False
    coming = [visit for visit in visits if visit.status in UPCOMING and visit.start > now]
    return not any(
        (visit.start < freed.end and freed.start < visit.end)
        or (visit.service == freed.service and visit.start <= freed.start)
        for visit in coming
    )


def expires_at(start: datetime, now: datetime) -> datetime:
    """When an offer made now of a slot that begins at `start` ends."""
    return min(now + LASTS, start - ENDS_BEFORE)
