"""Times of day: the interval that a clock piece means."""

from datetime import date, datetime, timedelta
from typing import Final

from understanding.times import calendar
from understanding.times.model import Grain, Interval
from understanding.times.pieces import Piece
from understanding.times.setting import Setting

_HALVES: Final = {
    "media": 30,
    "meia": 30,
    "half": 30,
    "cuarto": 15,
    "quarto": 15,
    "quarter": 15,
    "pico": 0,
    "pouco": 0,
}
_MERIDIEMS: Final = (
    ("madrugada", "am"), ("manana", "am"), ("manha", "am"), ("morning", "am"), ("mediodia", "noon"),
    ("medio dia", "noon"), ("meio dia", "noon"), ("tarde", "pm"), ("afternoon", "pm"),
    ("evening", "pm"), ("noche", "night"), ("noite", "night"), ("night", "night"), ("dia", "day"),
    ("a", "am"), ("p", "pm"),
)  # fmt: skip


def _meridiem(said: str | None) -> str | None:
    if not said:
        return None
    return next((value for mark, value in _MERIDIEMS if mark in said), None)


def _minutes(piece: Piece) -> int | None:
    """The minutes of a clock piece; None where only the hour is said."""
    found = piece.found
    if piece.value == "half":
        return 30
    for name in ("mi", "mi_bare"):
        if name in found:
            return int(found[name].removeprefix("oh "))
    said = found.get("mi_and")
    if said is not None:
        return int(said) if said.isdigit() else _HALVES[said]
    less = found.get("mi_less") or found.get("less")
    if less is not None:
        return -(int(less) if less.isdigit() else _HALVES[less])
    return None


def _hour(said: str | None) -> int:
    if said and ("dia" in said or said == "noon"):
        return 12
    return int(said) if said and said.isdigit() else 1


def place_hour(
    hour: int, minute: int, meridiem: str | None, part: str | None, day: date, setting: Setting
) -> datetime | None:
    """The wall time of an hour on a day, with what is known of am and pm."""
    base = calendar.midnight(day)
    if hour > 24 or minute > 59:
        return None
    mark = meridiem or {
        "morning": "am",
        "early": "am",
        "dawn": "am",
        "afternoon": "pm",
        "late": "pm",
        "evening": "pm",
        "night": "night",
    }.get(part or "")
    if mark is None or hour > 12 or hour == 0:
        placed = calendar.within_hours(day, hour, 0, setting.hours)
    elif mark == "am":
        placed = base + timedelta(hours=hour % 12)
        if hour == 12 and meridiem is None:
            placed = base + timedelta(hours=12)
    elif mark == "night":
        placed = base + timedelta(hours=24 if hour == 12 else hour + 12 if hour >= 5 else hour + 24)
    elif mark in {"noon", "day"}:
        placed = base + timedelta(hours=hour if hour >= 10 else hour + 12)
    else:
        placed = base + timedelta(hours=hour % 12 + 12)
    return placed + timedelta(minutes=minute)


def clock_interval(
    piece: Piece, day: date | None, part: str | None, setting: Setting
) -> Interval | None:
    """The interval of a time of day: on its day, or the next time it comes."""
    found = _on_day(piece, day or setting.today, part, setting)
    if found is None or found.start is None:
        return found
    if day is None and found.start <= setting.now:
        later = _afternoon_today(piece, found, part, setting)
        return later or _on_day(piece, setting.today + timedelta(days=1), part, setting)
    if day == setting.today and found.start <= setting.now:
        return _afternoon_today(piece, found, part, setting) or found
    return found


def _afternoon_today(
    piece: Piece, found: Interval, part: str | None, setting: Setting
) -> Interval | None:
    """Twelve hours later where am and pm are open, that is still to come, and it is not night."""
    marked = any(_meridiem(piece.found.get(name)) for name in ("mer", "mer1", "mer2")) or part
    if marked or found.start is None or found.end is None or piece.kind not in {"clock", "hours"}:
        return None
    said = _hour(piece.found.get("h") or piece.found.get("h2"))
    half_day = timedelta(hours=12)
    later = found.start + half_day
    if found.start.hour >= 12 or not 1 <= said <= 12 or later <= setting.now:
        return None
    if later.date() != found.start.date() or not calendar.fits_hours(later, setting.hours):
        return None
    return Interval(later, found.end + half_day, found.grain)


def _on_day(piece: Piece, day: date, part: str | None, setting: Setting) -> Interval | None:
    base = calendar.midnight(day)
    if piece.kind == "noon":
        return Interval(base + timedelta(hours=12), base + timedelta(hours=13), "hour")
    if piece.kind == "midnight":
        return Interval(base + timedelta(hours=24), base + timedelta(hours=25), "hour")
    if piece.kind == "routine":
        return _routine(piece, base)
    if piece.kind == "hours":
        return _hours_range(piece, day, part, setting)
    return _clock_time(piece, day, part, setting)


def _routine(piece: Piece, base: datetime) -> Interval:
    """ "After work", "before work": the hours that are usual; open where they run to midnight."""
    opens, closes = map(int, piece.value.split("-"))
    end = None if closes == 24 else base + timedelta(hours=closes)
    return Interval(base + timedelta(hours=opens), end, "hour")


def _clock_time(piece: Piece, day: date, part: str | None, setting: Setting) -> Interval | None:
    minute = _minutes(piece)
    hour = (
        12 if piece.value == "noon_half" else _hour(piece.found.get("h") or piece.found.get("h2"))
    )
    if minute is not None and minute < 0:
        before = place_hour(hour, 0, _meridiem(piece.found.get("mer")), part, day, setting)
        start = before + timedelta(minutes=minute) if before else None
    else:
        mark = _meridiem(piece.found.get("mer"))
        start = place_hour(hour, minute or 0, mark, part, day, setting)
    if start is None:
        return None
    if minute is None and "sharp" not in piece.value:
        return Interval(start, start + timedelta(hours=1), "hour")
    return Interval(start, start + timedelta(minutes=1), "minute")


def _range_minutes(said: str | None) -> int | None:
    if not said:
        return None
    digits = "".join(character for character in said if character.isdigit())
    if digits:
        return int(digits)
    return next((value for word, value in _HALVES.items() if word in said), None)


def _hours_range(piece: Piece, day: date, part: str | None, setting: Setting) -> Interval | None:
    """From one time of day to another; am and pm of one side help the other."""
    found = piece.found
    first, last = _hour(found.get("h")), _hour(found.get("h2"))
    early, late = _range_minutes(found.get("mi1")), _range_minutes(found.get("mi2"))
    mark2 = _meridiem(found.get("mer2"))
    mark1 = _meridiem(found.get("mer1"))
    start = None
    if mark1 is None and mark2 is not None and first <= 12:
        start = place_hour(first, early or 0, mark2, None, day, setting)
    end = place_hour(last, late or 0, mark2, part, day, setting)
    if start is None or (end is not None and start >= end):
        start = place_hour(first, early or 0, mark1, None if mark2 else part, day, setting)
    if start is None or end is None:
        return None
    if piece.value == "or":
        end += timedelta(hours=1)
    if end <= start and mark2 is None and last <= 12:
        end += timedelta(hours=12)
    if end <= start and mark1 is None and start.hour >= 12:
        start -= timedelta(hours=12)
    if end <= start:
        return None
    grain: Grain = "hour" if early is None and late is None else "minute"
    return Interval(start, end, grain)
