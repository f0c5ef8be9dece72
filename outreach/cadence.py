"""When a visit is reminded of: rules alone, no clock and no store."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clinic.appointments import Appointment, AppointmentStatus
from clinic.hours import instant, local_day
from outreach.quiet_hours import CLOSES

_HOUR: Final = timedelta(hours=1)
_TOO_NEAR: Final = 1.0
"""Nearer to the visit than so many hours, nobody is reminded any more."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """So many whole hours before a visit, the longest first, at least one.

    The last is for every visit; those before ask for a confirmation and are for visits that have
    none.
    """

    hours: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> "Cadence":
        """Reads "72,24,2", in any order. Raises ValueError for anything but whole hours."""
        return cls(tuple(sorted({int(hours) for hours in text.split(",")}, reverse=True)))

    @property
    def horizon(self) -> timedelta:
        """How far ahead a visit may be that is reminded of."""
        return timedelta(hours=self.hours[0])

    def step(self, visit: Appointment, since: datetime, now: datetime) -> int | None:
        """The hours of the reminder that is due at `now` and was not overtaken by a later one.

        since: when the visit was given its time (UTC); what would have been due before is not.
        """
        ahead = (visit.start - now) / _HOUR
        if ahead > self.hours[0] or ahead < min(_TOO_NEAR, self.hours[-1] / 2):
            return None
        hours = next(each for each in reversed(self.hours) if ahead <= each)
        if hours != self.hours[-1] and visit.status is not AppointmentStatus.BOOKED:
            return None
        return hours if visit.start - hours * _HOUR >= since else None

    def tells_preparation(self, hours: int, start: datetime, zone: ZoneInfo) -> bool:
        """Whether this reminder is the last that comes by the evening before the visit."""
        evening = instant(local_day(start, zone) - timedelta(days=1), CLOSES, zone)
        in_time = [each for each in self.hours if start - timedelta(hours=each) <= evening]
        return bool(in_time) and in_time[-1] == hours
