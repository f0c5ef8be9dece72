"""What a reading of a time is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

Grain = Literal["minute", "hour", "part", "day", "week", "month"]

Names = Literal["date", "weekday", "time"]
"""What a reading names: a date of its own; no more than a weekday; no more than a time of day."""

Hours = Sequence[tuple[int, time, time]]
"""(weekday, opens, closes) of a place in wall time; Monday is 0."""


Sides = tuple[datetime | None, datetime | None]
"""The beginning and the end of an interval; an open side is None."""


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A half-open interval of instants (aware, UTC); an open side is None.

    text: what was read, as the patient wrote it. sure: whether a second reader agrees; if not,
    say the time back before acting on it. refused: the patient says it does *not* suit.
    stretches: where one interval does not tell all, every one that suits, in order ("Monday or
    Thursday", each afternoon of "next week in the afternoon"). Then start and end are the first
    one's, or the whole week's or month's that is named. names: how much of a date is said.
    """

    start: datetime | None
    end: datetime | None
    grain: Grain
    text: str
    sure: bool = True
    refused: bool = False
    stretches: tuple[Sides, ...] = ()
    names: Names = "date"

    @property
    def suiting(self) -> tuple[Sides, ...]:
        """Every interval that suits, in order; at least one."""
        return self.stretches or ((self.start, self.end),)


@dataclass(frozen=True, slots=True)
class Interval:
    """The same in wall time, without the zone. `elapsed`: counted from now."""

    start: datetime | None
    end: datetime | None
    grain: Grain
    elapsed: bool = False
    stretches: tuple[Sides, ...] = ()
