"""One expression of time: a moment, a range of two, or a side left open."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from understanding.times.model import Interval
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

    def interval(self, setting: Setting) -> Interval | None:
        """What the expression means."""
        if not self.moments:
            return Interval(setting.now, None, "minute", elapsed=True) if self.asap else None
        if self.ranged and len(self.moments) == 2:
            whole = _range(self.moments[0], self.moments[1], setting)
            if whole is not None:
                return whole
        found = self.moments[0].interval(setting)
        return _opened(found, self.links, self.moments[0]) if found else None


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
