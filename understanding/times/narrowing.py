"""A wish that completes the one before: "next week", then "Friday", then "in the morning"."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from understanding.times.model import Sides, TimeReading

LONGEST_DAY: Final = timedelta(hours=25)
"""When clocks are put back."""

_Span = tuple[datetime, datetime]


def narrowed(
    reading: TimeReading,
    wishes: Sequence[Sides],
    zone: ZoneInfo,
    now: datetime,
    read_at: Callable[[datetime], TimeReading | None],
) -> TimeReading:
    """The reading, within the days that were wished before where it names no date of its own.

    read_at: reads the same words as if they were said at that instant. A reading that does not fit
    into those days stays as it is.
    """
    span = _span(wishes)
    if reading.names == "date" or reading.refused or span is None:
        return reading
    if reading.names == "weekday" and span[1] - span[0] <= LONGEST_DAY:
        return reading  # another day instead
    again = read_at(max(now, span[0] - timedelta(minutes=1)))
    hours = _closed(again, zone) if again else None
    if again is None or hours is None or not _begins(hours[0], span):
        return reading
    if again.start is None or again.end is None:  # "after four" is no hour to be taken at once
        again = replace(again, grain="part")
    if reading.names == "weekday":
        return _with(again, _common(hours, wishes))
    return _with(again, _daily(hours, span, zone))


def _span(wishes: Sequence[Sides]) -> _Span | None:
    """From the first to the last instant; None where a side is open or nothing was wished."""
    closed = [(start, end) for start, end in wishes if start and end]
    if not closed or len(closed) < len(wishes):
        return None
    return min(start for start, _ in closed), max(end for _, end in closed)


def _closed(reading: TimeReading, zone: ZoneInfo) -> _Span | None:
    """The reading's interval; "after four" ends, and "before ten" begins, with its day."""
    known = reading.start or reading.end
    if known is None:
        return None
    day = known.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return reading.start or day, reading.end or day + timedelta(days=1)


def _begins(start: datetime, span: _Span) -> bool:
    return span[0] <= start < span[1]


def _common(day: _Span, wishes: Sequence[Sides]) -> list[_Span]:
    """What of the day was wished before ("the afternoons of next week", then "Thursday")."""
    parts = [(max(start, day[0]), min(end, day[1])) for start, end in wishes if start and end]
    return [(start, end) for start, end in parts if start < end]


def _daily(hours: _Span, span: _Span, zone: ZoneInfo) -> list[_Span]:
    """The same hours of the wall on each day of the span."""
    first, last = (each.astimezone(zone) for each in hours)
    found: list[_Span] = []
    for ahead in range((span[1] - span[0]).days + 1):
        begins, ends = (each + timedelta(days=ahead) for each in (first, last))  # by the wall
        if _begins(begins, span):
            found.append((begins.astimezone(UTC), ends.astimezone(UTC)))
    return found


def _with(reading: TimeReading, stretches: Sequence[_Span]) -> TimeReading:
    if not stretches:
        return reading
    if len(stretches) == 1:
        return replace(reading, start=stretches[0][0], end=stretches[0][1], stretches=())
    return replace(reading, stretches=tuple(stretches))
