"""When a branch is open, in its own wall time, and what that means in UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.catalogue import Branch

_WEEK = 7


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the clocks of the zone show `wall` on that day.

    An hour that the clocks skip is read as the hour after the jump; one they show twice, as the
    first time.
    """
    return datetime.combine(day, wall, zone).astimezone(UTC)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day in the zone at an instant."""
    return at.astimezone(zone).date()


def open_spans(branch: Branch, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """When the branch is open on that day of its calendar: half-open spans in UTC, in order."""
    spans = (
        (instant(day, hours.opens, branch.zone), instant(day, hours.closes, branch.zone))
        for hours in branch.hours
        if hours.weekday == day.weekday()
    )
    return tuple(sorted(span for span in spans if span[0] < span[1]))


def is_open(branch: Branch, at: datetime) -> bool:
    """Whether the branch is open at an instant."""
    return any(start <= at < end for start, end in open_spans(branch, local_day(at, branch.zone)))


def next_open_day(branch: Branch, day: date) -> date:
    """That day, or the first one after it on which the branch opens.

    Raises ValueError for a branch that never opens.
    """
    for ahead in range(_WEEK):
        candidate = day + timedelta(days=ahead)
        if open_spans(branch, candidate):
            return candidate
    raise ValueError("the branch has no opening hours")


def next_opening(branch: Branch, at: datetime) -> datetime:
    """When the branch opens next, strictly after the instant; UTC.

    Raises ValueError for a branch that never opens.
    """
    day = local_day(at, branch.zone)
    for ahead in range(_WEEK + 1):
        for start, _ in open_spans(branch, day + timedelta(days=ahead)):
            if start > at:
                return start
    raise ValueError("the branch has no opening hours")


def open_for(branches: Iterable[Branch], since: datetime, at: datetime) -> timedelta:
    """How long somebody has been at one of the branches without a break, counted from `since`.

    Nothing while all are closed.
    """
    starts = [start for start, _ in _open_now(branches, at)]
    return max(at - max(since, min(starts)), timedelta()) if starts else timedelta()


def open_until(branches: Iterable[Branch], at: datetime) -> datetime | None:
    """When the last of the branches that are open now closes; None while all are closed."""
    return max((end for _, end in _open_now(branches, at)), default=None)


def opens_next(branches: Iterable[Branch], at: datetime) -> datetime | None:
    """When the first of the branches opens next; None where none ever does."""
    return min((next_opening(each, at) for each in branches if each.hours), default=None)


def _open_now(branches: Iterable[Branch], at: datetime) -> list[tuple[datetime, datetime]]:
    return [
        (start, end)
        for branch in branches
        for start, end in open_spans(branch, local_day(at, branch.zone))
        if start <= at < end
    ]


def slot_times(
    branch: Branch,
    day: date,
    minutes: int,
    shift: tuple[time | None, time | None] = (None, None),
) -> list[tuple[datetime, datetime]]:
    """Times of so many minutes, one after another, within opening hours and the shift; UTC.

    The shift is in the branch's wall time; a side without a limit is None. What does not fit
    before closing is left out.
    """
    step = timedelta(minutes=minutes)
    starts, ends = (wall and instant(day, wall, branch.zone) for wall in shift)
    times = []
    for opens, closes in open_spans(branch, day):
        begin = max(opens, starts) if starts else opens
        until = min(closes, ends) if ends else closes
        while begin + step <= until:
            times.append((begin, begin + step))
            begin += step
    return times
