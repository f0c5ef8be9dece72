"""From pieces to intervals: one moment, put together piece by piece."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from understanding.times import calendar
from understanding.times.clocks import clock_interval
from understanding.times.days import resolved_day
from understanding.times.model import Interval
from understanding.times.pieces import Piece
from understanding.times.setting import Setting
from understanding.times.shifts import at_once, shifted
from understanding.times.spans import spanned


@dataclass(slots=True)
class Moment:
    """One point or stretch of time, as it is being put together."""

    day: date | None = None
    span: Interval | None = None
    clock: Piece | None = None
    part: str | None = None
    fixed: Interval | None = None
    pieces: list[Piece] = field(default_factory=list)
    bare_weekday: bool = False
    past: bool = False
    other_days: list[date] = field(default_factory=list)

    @property
    def has_day(self) -> bool:
        """Whether the day is said."""
        return self.day is not None or self.span is not None or self.fixed is not None

    @property
    def has_time(self) -> bool:
        """Whether the time of day is said."""
        return self.clock is not None or self.part is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said yet."""
        return not self.has_day and not self.has_time

    @property
    def only_compares(self) -> bool:
        """Whether it says no more than "earlier": than what, the conversation knows."""
        return len(self.pieces) == 1 and "more" in self.pieces[0].found

    def add(self, piece: Piece, setting: Setting) -> bool:
        """Takes a piece in; False if it cannot belong to the same moment."""
        if piece.kind in _CLOCKS:
            return self._add_clock(piece)
        if piece.kind == "part":
            return self._add_part(piece, setting)
        if piece.kind == "shift" or piece.kind == "now":
            return self._add_fixed(piece, setting)
        if piece.kind == "weekdays":
            return self._add_workdays(piece, setting)
        if piece.kind in _SPANNING:
            return self._add_span(piece, setting)
        return self._add_day(piece, setting)

    def _take(self, piece: Piece) -> bool:
        self.pieces.append(piece)
        return True

    def _add_clock(self, piece: Piece) -> bool:
        if self.clock is not None or self.fixed is not None:
            return False
        self.clock = piece
        return self._take(piece)

    def _add_part(self, piece: Piece, setting: Setting) -> bool:
        when, _, value = piece.value.rpartition("_")
        if when:
            day = setting.today - timedelta(days=int(when == "last"))
            if self.day not in {None, day}:
                return False
            self.day = day
        if self.part is not None:
            if {self.part, value} == {"morning", "early"} or self.part == value:
                self.part = "early" if "early" in {self.part, value} else value
                return self._take(piece)
            return False
        self.part = value
        return self._take(piece)

    def _add_fixed(self, piece: Piece, setting: Setting) -> bool:
        if self.has_day:
            return False
        found = shifted(piece, setting) if piece.kind == "shift" else at_once(setting)
        if found is None:
            return False
        if found.grain == "day" and found.start is not None:
            self.day = found.start.date()
            self.past = piece.value == "-"
        elif self.has_time:
            return False
        else:
            self.fixed = found
        return self._take(piece)

    def _add_span(self, piece: Piece, setting: Setting) -> bool:
        found = spanned(piece, setting)
        if found is None or self.fixed is not None:
            return False
        if self.day is not None:
            return self._within(found, piece)
        if self.span is not None:
            return False
        self.span = found
        return self._take(piece)

    def _add_workdays(self, piece: Piece, setting: Setting) -> bool:
        if self.has_day:
            return False
        self.day, *self.other_days = calendar.next_workdays(setting.today, _WEEKS_OF_WORKDAYS)
        return self._take(piece)

    def _within(self, span: Interval, piece: Piece) -> bool:
        """A bare weekday of a week that is named apart ("la próxima semana el jueves")."""
        if not self.bare_weekday or span.grain != "week" or span.start is None or self.day is None:
            return False
        self.day = span.start.date() + timedelta(days=self.day.weekday())
        self.bare_weekday = False
        return self._take(piece)

    def _add_day(self, piece: Piece, setting: Setting) -> bool:
        if self.fixed is not None:
            return False
        weekday = piece.kind == "weekday"
        found = resolved_day(piece, setting)
        if found is None:
            return False
        bare = weekday and not (
            {"next", "next2", "nextweek", "thisweek", "last", "last2", "lastweek", "after"}
            & set(piece.found)
        )
        if self.span is not None:
            if not (weekday and self.span.grain == "week" and self.span.start):
                return False
            self.day = self.span.start.date() + timedelta(days=found.weekday())
            self.span = None
            return self._take(piece)
        if self.day is not None:
            return self._join_day(found, weekday, piece)
        self.day, self.bare_weekday = found, bare
        self.past = self.past or "last" in piece.found or "last2" in piece.found
        return self._take(piece)

    def _join_day(self, found: date, weekday: bool, piece: Piece) -> bool:
        """A weekday with its date: the date counts."""
        if weekday and self.pieces[-1].kind != "weekday":
            return self._take(piece) if not self.bare_weekday else False
        if not weekday and self.pieces[-1].kind == "weekday":
            self.day, self.bare_weekday = found, False
            return self._take(piece)
        return False

    def daily(self) -> list["Moment"]:
        """The same on each of its days, where it has several with a time of day or apart."""
        days = [self.day, *self.other_days] if self.day is not None else []
        if not self.other_days:
            days = []
        if self.span is not None and self.has_time and self.span.start and self.span.end:
            first, count = self.span.start.date(), (self.span.end - self.span.start).days
            days = [first + timedelta(days=n) for n in range(min(count, _MOST_DAYS))]
        return [Moment(day=day, clock=self.clock, part=self.part) for day in days]

    def interval(self, setting: Setting) -> Interval | None:
        """The interval meant; None where the pieces contradict the calendar."""
        if self.fixed is not None:
            return self.fixed
        if self.span is not None:
            return self.span
        if self.clock is not None and not (self.clock.kind == "routine" and self.part):
            return self._clock_interval(setting)
        if self.part is not None:
            return self._part_interval(setting)
        return calendar.days(self.day, 1) if self.day is not None else None

    def _clock_interval(self, setting: Setting) -> Interval | None:
        if self.clock is None:
            return None
        return clock_interval(self.clock, self.day, self.part, setting)

    def _part_interval(self, setting: Setting) -> Interval | None:
        opens, closes = calendar.PARTS[self.part or ""]
        day = self.day or setting.today
        found = _hours_of(day, opens, closes)
        if self.day is None and found.end is not None and found.end <= setting.now:
            return _hours_of(day + timedelta(days=1), opens, closes)
        return found


_WEEKS_OF_WORKDAYS: Final = 7
_MOST_DAYS: Final = 62
_CLOCKS: Final = frozenset({"clock", "hours", "noon", "midnight", "routine"})
_SPANNING: Final = frozenset(
    {
        "week",
        "weekend",
        "week_part",
        "month",
        "year",
        "next_n",
        "month_part",
        "month_week",
        "month_name",
        "days",
    }
)


def _hours_of(day: date, opens: int, closes: int) -> Interval:
    base = calendar.midnight(day)
    return Interval(base + timedelta(hours=opens), base + timedelta(hours=closes), "part")
