"""When a visit is reminded of: rules alone, no clock and no store."""

from datetime import datetime, timedelta
from typing import Final

from clinic.appointments import Appointment, AppointmentStatus
from clinic.outreach_rules import Cadence

HOUR: Final = timedelta(hours=1)
_TOO_NEAR: Final = 1.0
"""Nearer to the visit than so many hours, nobody is reminded any more."""


def step(cadence: Cadence, visit: Appointment, since: datetime, now: datetime) -> int | None:
    """The hours of the reminder that is due at `now` and was not overtaken by a later one.

    since: when the visit was given its time (UTC); what would have been due before is not.
    """
    if not cadence.hours:
        return None
    ahead = (visit.start - now) / HOUR
    if ahead > cadence.hours[0] or ahead < min(_TOO_NEAR, cadence.hours[-1] / 2):
        return None
    hours = next(each for each in reversed(cadence.hours) if ahead <= each)
    return hours if comes(cadence, hours, visit, since) else None


def comes(cadence: Cadence, hours: int, visit: Appointment, since: datetime) -> bool:
    """Whether the reminder of so many hours is for the visit as it stands."""
    wanted = (
        visit.status is AppointmentStatus.BOOKED
        or cadence.also_confirmed
        or hours == cadence.hours[-1]
    )
    return wanted and visit.start - hours * HOUR >= since
