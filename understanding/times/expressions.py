"""One expression of time: a moment, a range of two, or a side left open."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from understanding.times import calendar
from understanding.times.model import Interval, Names, Sides
from understanding.times.moments import Moment
from understanding.times.setting import Setting


@dataclass(slots=True)
class Expression:
    """One expression of time in a text: links and moments, before it is resolved."""

    start: int
    end: int
    moments: list[Moment] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ranged: bool = False
    refused: bool = False
    asap: bool = False
    all_but: bool = False

    @property
    def names(self) -> Names:
        """How much of a date it says."""
        if self.ranged or len(self.moments) != 1 or self.moments[0].other_days:
            return "date"
        moment = self.moments[0]
        if moment.bare_weekday:
            return "weekday"
        return "date" if moment.has_day else "time"

    def interval(self, setting: Setting) -> Interval | None:
        """What the expression means."""
        if not self.moments:
            return Interval(setting.now, None, "minute", elapsed=True) if self.asap else None
        if self.ranged and len(self.moments) == 2:
            whole = _range(self.moments[0], self.moments[1], setting)
            if whole is not None:
                return whole
        moment = self.moments[0]
        if daily := moment.daily():
            return self._on_days(daily, setting)
        found = moment.interval(setting)
        whole = _opened(found, self.links, moment) if found else None
        return _all_but(whole, setting) if whole and self.all_but else whole

    def _on_days(self, daily: Sequence[Moment], setting: Setting) -> Interval | None:
        """On each of several days; the sides are those of the first, or of the span named."""
        found: list[Interval] = []
        for each in daily:
            once = each.interval(setting)
            once = _opened(once, self.links, each) if once else None
            if once is not None:
                found.append(once)
        if not found:
            return None
        span, first = self.moments[0].span, found[0]
        stretches = _joined([_closed(each) for each in found])
        if span is not None:
            return replace(span, stretches=stretches)
        several = stretches if len(stretches) > 1 else ()
        if first.end is None:
            return replace(first, stretches=several)
        start, end = next(each for each in stretches if _holds(each, first))
        return Interval(start, end, first.grain, stretches=several)


def _closed(found: Interval) -> Sides:
    """The sides of an interval on a day, which ends at midnight where it is open."""
    start, end = found.start, found.end
    if end is None and start is not None:
        end = calendar.midnight(start.date() + timedelta(days=1))
    elif start is None and end is not None:
        start = calendar.midnight(end.date())
    return start, end


def _holds(stretch: Sides, found: Interval) -> bool:
    start, end = stretch
    wanted = _closed(found)[0]
    return bool(start and end and wanted and start <= wanted < end)


def _joined(stretches: Sequence[Sides]) -> tuple[Sides, ...]:
    """In order, those that touch made one."""
    first, *rest = sorted(stretches, key=lambda sides: sides[0].isoformat() if sides[0] else "")
    joined = [first]
    for start, end in rest:
        if start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _all_but(refused: Interval, setting: Setting) -> Interval | None:
    """What "any day but Friday" leaves, from today on."""
    today = calendar.midnight(setting.today)
    sides: list[Sides] = []
    if refused.start and refused.start > today:
        sides.append((today, refused.start))
    if refused.end:
        sides.append((max(refused.end, today), None))
    if not sides:
        return None
    start, end = sides[0]
    return Interval(start, end, refused.grain, stretches=tuple(sides) if len(sides) > 1 else ())


def _range(first: Moment, last: Moment, setting: Setting) -> Interval | None:
    """From one moment to another: the last day is included, the last hour is not."""
    if not last.has_day and first.day is not None:
        last.day = first.day
    if not first.has_day and last.day is not None and first.has_time:
        first.day = last.day
    begins = first.interval(setting)
    if begins is None or begins.start is None:
        return None
    if not first.has_day and not last.has_day:
        last.day = begins.start.date()
    ends = last.interval(setting)
    if ends is None or ends.start is None or ends.end is None:
        return None
    close = ends.start if last.clock is not None else ends.end
    if close <= begins.start and last.bare_weekday:
        close += timedelta(days=7)
    if close <= begins.start:
        return None
    return Interval(begins.start, close, begins.grain)


def _opened(found: Interval, links: Sequence[str], moment: Moment) -> Interval:
    """An interval with an open side, where the words around it open one."""
    kinds = set(links)
    timed = moment.clock is not None and moment.clock.kind != "hours"
    if kinds & {"not_before", "since", "onwards"}:
        return Interval(found.start, None, found.grain, found.elapsed)
    if "after" in kinds:
        start = found.start if timed or moment.fixed is not None else found.end
        return Interval(start, None, found.grain, found.elapsed)
    if kinds & {"before", "until", "not_after", "or_before"}:
        inclusive = not timed and "before" not in kinds
        end = found.end if inclusive else found.start
        start = None
        if timed and moment.day is not None:
            start = found.start.replace(hour=0, minute=0) if found.start else None
        return Interval(start, end, found.grain, found.elapsed)
    return found
