"""When a patient must be told how to prepare, and by which message: rules alone."""

from collections.abc import Container
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clinic.appointments import Appointment
from clinic.catalogue import Service
from clinic.hours import instant, local_day
from clinic.outreach_rules import Cadence, RuleBook
from clinic.quiet_hours import CLOSES, next_allowed
from outreach.reminders.cadence import HOUR, comes
from outreach.reminders.reminded import key_of

OWN: Final = "preparation"
"""What stands in a key for the hours, where a message tells of the preparation alone."""
_BEFORE_FASTING: Final = timedelta(hours=2)
"""Who is to fast hears of it in time for a last meal."""
_AHEAD: Final = timedelta(hours=12)
"""A message of its own begins so long before the patient must know: longer than any night."""
_EVENING_AHEAD: Final = timedelta(hours=28)
"""The evening before is never further from a visit than that, also where the clocks change."""


def lead_of(service: Service, branch: str, rules: RuleBook) -> timedelta | None:
    """How long before a visit its preparation must be known; None where there is nothing to tell.

    Unless a rule says it, two hours before the fasting begins.
    """
    if service.preparation is None:
        return None
    hours = rules.preparation_hours(service.code, branch)
    if hours is None:
        return service.preparation.fasting_hours * HOUR + _BEFORE_FASTING
    return timedelta(hours=hours) if hours else None


def telling_hours(
    cadence: Cadence, visit: Appointment, lead: timedelta, zone: ZoneInfo
) -> int | None:
    """The hours of the last reminder that comes in time, if one does."""
    latest = _latest(visit.start, lead, zone)
    in_time = [
        hours for hours in cadence.hours if next_allowed(visit.start - hours * HOUR, zone) <= latest
    ]
    return in_time[-1] if in_time else None


def is_due_alone(
    cadence: Cadence,
    visit: Appointment,
    since: datetime,
    lead: timedelta,
    zone: ZoneInfo,
    now: datetime,
    said: Container[str],
) -> bool:
    """Whether the preparation needs a message of its own at `now`, since no reminder tells it.

    From half a day before the patient must know until the evening before the visit. said: the keys
    of what was said before.
    """
    if visit.start - now > max(lead, _EVENING_AHEAD) + _AHEAD or key_of(visit, OWN) in said:
        return False
    if not _latest(visit.start, lead, zone) - _AHEAD <= now < _evening(visit.start, zone):
        return False
    hours = telling_hours(cadence, visit, lead, zone)
    if hours is None:
        return True
    if key_of(visit, hours) in said:
        return False
    following = [each for each in cadence.hours if each < hours]
    overtaken = now >= visit.start - (following[0] if following else 0) * HOUR
    return overtaken or not comes(cadence, hours, visit, since)


def _latest(start: datetime, lead: timedelta, zone: ZoneInfo) -> datetime:
    return min(_evening(start, zone), start - lead)


def _evening(start: datetime, zone: ZoneInfo) -> datetime:
    """When the evening before the visit becomes night."""
    return instant(local_day(start, zone) - timedelta(days=1), CLOSES, zone)
