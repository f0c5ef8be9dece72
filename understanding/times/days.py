"""Days: the date that a piece means."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from understanding.times import calendar
from understanding.times.pieces import Piece
from understanding.times.setting import Setting
from understanding.times.shifts import count_of
from understanding.times.spans import month_of

_NTH_STEMS: Final = (
    ("prim", "1"),
    ("seg", "2"),
    ("terc", "3"),
    ("cuart", "quart", "4"),
)


def resolved_day(piece: Piece, setting: Setting) -> date | None:
    """The day that a piece means; None where the calendar has no such day."""
    read = _READERS.get(piece.kind)
    return read(piece, setting) if read is not None else None


def _relative(piece: Piece, setting: Setting) -> date:
    return setting.today + timedelta(days=int(piece.value))


def _holiday(piece: Piece, setting: Setting) -> date | None:
    month, day = map(int, piece.value.split("-"))
    return calendar.coming_date(month, day, setting.today)


def _iso(piece: Piece, _setting: Setting) -> date | None:
    found = piece.found
    return calendar.exact_date(int(found["y"]), int(found["m"]), int(found["d"]))


def _named_month(piece: Piece, setting: Setting) -> date | None:
    """A day of a month that is named, of the year said or the next time it comes."""
    found = piece.found
    day = 1 if piece.value == "first" else int(found["d"])
    number = setting.months[found["m"].rstrip(".")]
    if "y" in found:
        return calendar.exact_date(calendar.full_year(found["y"], setting.today), number, day)
    return calendar.coming_date(number, day, setting.today)


def _day_of_month(piece: Piece, setting: Setting) -> date | None:
    said = piece.found["d"]
    day = int(said) if said.isdigit() else 1
    if "nextmonth" in piece.found:
        first = calendar.add_months(setting.today.replace(day=1), 1)
        return calendar.exact_date(first.year, first.month, day)
    if "dwd" in piece.found:
        return _weekday_with_number(piece.found["dwd"], day, setting)
    return calendar.coming_day(day, setting.today) if 1 <= day <= 31 else None


def _weekday_with_number(name: str, day: int, setting: Setting) -> date | None:
    """ "Friday 20": that day of the next months if it is a Friday, else the coming Friday."""
    wanted, today = setting.weekdays[name], setting.today
    for ahead in range(4):
        first = calendar.add_months(today.replace(day=1), ahead)
        found = calendar.exact_date(first.year, first.month, day)
        if found and found >= today and found.weekday() == wanted:
            return found
    return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)


def _nth_weekday(piece: Piece, setting: Setting) -> date | None:
    """ "The second Monday of April"."""
    whole = month_of(piece, setting)
    if whole is None or whole.start is None or whole.end is None:
        return None
    wanted, said = setting.weekdays[piece.found["wd"]], piece.found["nth"]
    if said.startswith(("ultim", "last")):
        last = (whole.end - timedelta(days=1)).date()
        return last - timedelta(days=(last.weekday() - wanted) % 7)
    nth = next(at for at, stems in enumerate(_NTH_STEMS) if said.startswith(stems))
    first = whole.start.date()
    return first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * nth)


def _from_day(piece: Piece, setting: Setting) -> date:
    """Weeks counted from another day than today."""
    found, base = piece.found, setting.today
    if "tomorrow" in found:
        base += timedelta(days=1)
    elif "wd" in found:
        base += timedelta(days=(setting.weekdays[found["wd"]] - base.weekday()) % 7 or 7)
    weeks = int(piece.value) if piece.value else int(count_of(found["n"]))
    return base + timedelta(weeks=weeks)


def _numeric(piece: Piece, setting: Setting) -> date | None:
    """A day and a month in numbers, in the language's order or the only possible one."""
    found = piece.found
    first, second = int(found["a"]), int(found["b"])
    orders = [(first, second), (second, first)]
    for number, day in orders if setting.month_first else reversed(orders):
        if not (1 <= number <= 12 and 1 <= day <= 31):
            continue
        if "y" in found:
            return calendar.exact_date(calendar.full_year(found["y"], setting.today), number, day)
        return calendar.coming_date(number, day, setting.today)
    return None


def _weekday(piece: Piece, setting: Setting) -> date | None:
    """A weekday: the coming one, never today, unless the words around it say another."""
    found, today = piece.found, setting.today
    wanted = setting.weekdays.get(found["wd"].rstrip("."))
    if wanted is None:
        return None
    if {"last", "last2"} & set(found):
        return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)
    this_week = calendar.monday(today) + timedelta(days=wanted)
    for said, weeks in (("lastweek", -1), ("nextweek", 1), ("thisweek", 0)):
        if said in found:
            return this_week + timedelta(weeks=weeks)
    if "next" in found and setting.month_first:  # English: of the week after this one
        return this_week + timedelta(weeks=1)
    ahead = (wanted - today.weekday()) % 7 or 7
    return today + timedelta(days=ahead + 7 * ("after" in found))


_READERS: Final[dict[str, Callable[[Piece, Setting], date | None]]] = {
    "day": _relative,
    "weekday": _weekday,
    "holiday": _holiday,
    "iso": _iso,
    "nth_weekday": _nth_weekday,
    "from_day": _from_day,
    "dom": _day_of_month,
    "numeric": _numeric,
    "dmy": _named_month,
}
