"""Weeks, weekends, months and stretches of days that a piece means."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from understanding.times import calendar
from understanding.times.model import Interval
from understanding.times.pieces import Piece
from understanding.times.setting import Setting

_NTHS: Final = {
    "primera": 0,
    "primeira": 0,
    "1st": 0,
    "segunda": 1,
    "2nd": 1,
    "tercera": 2,
    "terceira": 2,
    "3rd": 2,
    "cuarta": 3,
    "quarta": 3,
    "4th": 3,
}


def spanned(piece: Piece, setting: Setting) -> Interval | None:
    """The stretch of days that a piece means; None where the calendar has none."""
    return _READERS[piece.kind](piece, setting)


def _week(piece: Piece, setting: Setting) -> Interval:
    first = calendar.monday(setting.today) + timedelta(weeks=int(piece.value))
    return calendar.days(first, 7, "week")


def _month(piece: Piece, setting: Setting) -> Interval:
    return calendar.month(setting.today.year, setting.today.month + int(piece.value))


def _year(piece: Piece, setting: Setting) -> Interval:
    first = calendar.month(setting.today.year + int(piece.value), 1)
    last = calendar.month(setting.today.year + int(piece.value), 12)
    return Interval(first.start, last.end, "month")


def _next_few(piece: Piece, setting: Setting) -> Interval:
    """The next (or last) so many days, weeks or months, without the present one."""
    count, today = int(piece.found.get("n", "2")), setting.today
    unit, ahead = piece.found.get("unit", "d")[0], piece.value == "+"
    if unit == "d":
        return calendar.days(today + timedelta(days=1 if ahead else -count), count)
    if unit in {"s", "w"}:
        week = calendar.monday(today) + timedelta(weeks=1 if ahead else -count)
        return calendar.days(week, 7 * count, "week")
    first = calendar.month(today.year, today.month + (1 if ahead else -count))
    last = calendar.month(today.year, today.month + (count if ahead else -1))
    return Interval(first.start, last.end, "month")


def _weekend(piece: Piece, setting: Setting) -> Interval:
    saturday = calendar.monday(setting.today) + timedelta(days=5)
    ahead = 1 if "next" in piece.found and setting.month_first else 0
    return calendar.days(saturday + timedelta(weeks=int(piece.value) + ahead), 2)


_WEEKDAYS_OF: Final = {"early": (0, 2), "mid": (1, 4), "late": (3, 5)}
"""Monday and Tuesday, Tuesday to Thursday, Thursday and Friday; half-open."""


def _part_of_week(piece: Piece, setting: Setting) -> Interval:
    """Some days of a week; of the next one where those of this are over."""
    first, last = _WEEKDAYS_OF[piece.value]
    monday = calendar.monday(setting.today)
    if "nw" in piece.found or (setting.today - monday).days >= last - (piece.value == "early"):
        monday += timedelta(weeks=1)
    return calendar.days(monday + timedelta(days=first), last - first)


def month_of(piece: Piece, setting: Setting) -> Interval | None:
    """The month a piece names; this one or the next where it only says so."""
    today = setting.today
    if "m" in piece.found:
        number = setting.months[piece.found["m"].rstrip(".")]
        if "y" in piece.found:
            return calendar.month(int(piece.found["y"]), number)
        return calendar.month(today.year + (number < today.month), number)
    said = piece.found.get("nm", "")
    ahead = any(word in said for word in ("prox", "que v", "que entra", "next"))
    return calendar.month(today.year, today.month + int(ahead))


def _piece_of_month(piece: Piece, setting: Setting) -> Interval | None:
    """A third, a half or a week of a month."""
    whole = month_of(piece, setting)
    if whole is None or whole.start is None or whole.end is None:
        return None
    third = {"early": (0, 10), "mid": (10, 20)}.get(piece.value)
    if third:
        return calendar.days(whole.start.date() + timedelta(days=third[0]), 10, "week")
    if piece.value == "late":
        return Interval(whole.start + timedelta(days=20), whole.end, "week")
    nth = _NTHS.get(piece.found.get("nth", ""))
    if piece.found.get("what", "").startswith(("quin", "half", "fort")):
        middle = whole.start + timedelta(days=15)
        return Interval(middle, whole.end, "week") if nth else Interval(whole.start, middle, "week")
    if nth is None:
        last = calendar.monday((whole.end - timedelta(days=1)).date())
        return calendar.days(last, 7, "week")
    return calendar.days(calendar.monday(whole.start.date()) + timedelta(weeks=nth), 7, "week")


def _days_between(piece: Piece, setting: Setting) -> Interval | None:
    """From one day to another, both included."""
    found = piece.found
    first, last = int(found.get("d") or found["d_"]), int(found.get("d2") or found["d2_"])
    if "m" not in found:
        start = calendar.coming_day(first, setting.today)
        end = calendar.coming_day(last, start) if start else None
    else:
        number = setting.months[found["m"].rstrip(".")]
        begins = setting.months[found["m1"].rstrip(".")] if "m1" in found else number
        today = setting.today
        if "y" in found:
            end = calendar.exact_date(int(found["y"]), number, last)
        else:
            end = calendar.coming_date(number, last, today)
        start = calendar.exact_date(end.year - (begins > number), begins, first) if end else None
    if start is None or end is None or end < start:
        return None
    return Interval(calendar.midnight(start), calendar.midnight(end) + timedelta(days=1), "day")


_READERS: Final[dict[str, Callable[[Piece, Setting], Interval | None]]] = {
    "week": _week,
    "weekend": _weekend,
    "week_part": _part_of_week,
    "month": _month,
    "year": _year,
    "next_n": _next_few,
    "days": _days_between,
    "month_name": month_of,
    "month_part": _piece_of_month,
    "month_week": _piece_of_month,
}
