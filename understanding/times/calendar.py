"""Counting on the calendar, in wall time."""

import calendar
from datetime import date, datetime, time, timedelta
from typing import Final

from understanding.times.model import Grain, Hours, Interval

_OPENS, _CLOSES = time(7), time(20)

PARTS: Final = {
    "dawn": (0, 6),
    "early": (7, 10),
    "morning": (6, 12),
    "noonish": (12, 14),
    "mealtime": (14, 16),
    "afternoon": (12, 19),
    "late": (17, 20),
    "evening": (18, 24),
    "night": (19, 24),
}
"""Hours of the parts of the day, half-open."""


def midnight(day: date) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day, time())


def days(first: date, count: int, grain: Grain = "day") -> Interval:
    """Some days from a first one."""
    return Interval(midnight(first), midnight(first) + timedelta(days=count), grain)


def month(year: int, number: int) -> Interval:
    """A whole month; numbers beyond 12 run into the next years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    first = date(year, number, 1)
    return days(first, calendar.monthrange(year, number)[1], "month")


def add_months(day: date, count: int) -> date:
    """The same day some months later, or the last one of that month."""
    at = day.year * 12 + day.month - 1 + count
    year, number = divmod(at, 12)
    last = calendar.monthrange(year, number + 1)[1]
    return date(year, number + 1, min(day.day, last))


def exact_date(year: int, number: int, day: int) -> date | None:
    """A date, or None where the calendar has no such day."""
    try:
        return date(year, number, day)
    except ValueError:
        return None


def coming_date(number: int, day: int, today: date) -> date | None:
    """The next such day of the year, today included (29 February: within eight years)."""
    for year in range(today.year, today.year + 9):
        found = exact_date(year, number, day)
        if found and found >= today:
            return found
    return None


def coming_day(day: int, today: date) -> date | None:
    """The next month's day with that number, today included."""
    for ahead in range(13):
        first = add_months(today.replace(day=1), ahead)
        found = exact_date(first.year, first.month, day)
        if found and found >= today:
            return found
    return None


def monday(day: date) -> date:
    """The first day of a week."""
    return day - timedelta(days=day.weekday())


def full_year(text: str, today: date) -> int:
    """A year written with two or four digits."""
    year = int(text.strip("'"))
    if year >= 100:
        return year
    full = today.year - today.year % 100 + year
    return full if full <= today.year + 20 else full - 100


def next_workdays(today: date, weeks: int) -> list[date]:
    """Mondays to Fridays from today on, to the end of so many weeks."""
    last = monday(today) + timedelta(weeks=weeks)
    ahead = (today + timedelta(days=count) for count in range((last - today).days))
    return [day for day in ahead if day.weekday() < 5]


def fits_hours(at: datetime, hours: Hours | None) -> bool:
    """Whether a place is open at that wall time (07:00 to 20:00 where its hours are not known)."""
    if not hours:
        return _OPENS <= at.time() < _CLOSES
    return any(day == at.weekday() and opens <= at.time() < closes for day, opens, closes in hours)


def within_hours(day: date, hour: int, minute: int, hours: Hours | None) -> datetime:
    """The wall time of an hour without am or pm: in opening hours, else by daylight."""
    if hour > 12 or hour == 0:
        return midnight(day) + timedelta(hours=hour, minutes=minute)
    early = midnight(day) + timedelta(hours=hour, minutes=minute)
    late = early + timedelta(hours=12) if hour < 12 else early
    for known in (hours, None):
        fitting = [at for at in (early, late) if fits_hours(at, known)]
        if fitting:
            return fitting[0]
    return late
