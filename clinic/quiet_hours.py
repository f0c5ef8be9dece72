"""When the clinic may begin to write or call: never at night, by the clocks of the branch."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clinic.hours import instant, local_day

OPENS: Final = time(8)
CLOSES: Final = time(21)


def is_allowed(now: datetime, zone: ZoneInfo) -> bool:
    """Whether at the instant `now` it is neither before 08:00 nor 21:00 or later in the zone."""
    return OPENS <= now.astimezone(zone).time() < CLOSES


def next_allowed(now: datetime, zone: ZoneInfo) -> datetime:
    """`now` itself where it is allowed, else the next 08:00 in the zone; UTC."""
    if is_allowed(now, zone):
        return now
    day = local_day(now, zone)
    if now.astimezone(zone).time() >= CLOSES:
        day += timedelta(days=1)
    return instant(day, OPENS, zone)
