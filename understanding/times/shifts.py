"""So much time from now on, or ago."""

from datetime import timedelta
from typing import Final

from understanding.times import calendar
from understanding.times.model import Interval
from understanding.times.pieces import Piece
from understanding.times.setting import Setting

_UNITS: Final = (
    ("min", "minute"),
    ("h", "hour"),
    ("quin", "quinzena"),
    ("d", "day"),
    ("sem", "week"),
    ("w", "week"),
    ("fort", "fortnight"),
    ("mes", "month"),
    ("mont", "month"),
    ("a", "year"),
    ("y", "year"),
)
"""How the names of the units begin; "minuto" is asked before "mes"."""


def at_once(setting: Setting) -> Interval:
    """This minute."""
    start = setting.now.replace(second=0, microsecond=0)
    return Interval(start, start + timedelta(minutes=1), "minute", elapsed=True)


def count_of(text: str) -> float:
    """How many are said: "media" is a half, "a couple" two, "a few" three, an article one."""
    if text in {"media", "meia", "half", "half an", "half a"}:
        return 0.5
    if text.isdigit():
        return float(text)
    return 2.0 if "par" in text or "couple" in text else 3.0 if text in {"few", "a few"} else 1.0


def shifted(piece: Piece, setting: Setting) -> Interval | None:
    """So much time from now on, or ago."""
    if piece.value.endswith("m"):
        return _elapsed(timedelta(minutes=int(piece.value[:-1])), setting)
    sign = -1 if piece.value == "-" else 1
    count = count_of(piece.found["n"]) + (0.5 if "half" in piece.found else 0.0)
    unit = next(name for stem, name in _UNITS if piece.found["unit"].startswith(stem))
    if unit in {"minute", "hour"}:
        return _elapsed(sign * timedelta(**{f"{unit}s": count}), setting)
    if count != int(count) and unit == "day":
        return _elapsed(sign * timedelta(days=count), setting)
    return _days_ahead(sign * int(count), unit, setting)


def _elapsed(passed: timedelta, setting: Setting) -> Interval | None:
    if abs(passed) > timedelta(days=400):
        return None
    start = (setting.now + passed).replace(second=0, microsecond=0)
    return Interval(start, start + timedelta(minutes=1), "minute", elapsed=True)


def _days_ahead(count: int, unit: str, setting: Setting) -> Interval | None:
    lengths = {"day": 1, "week": 7, "fortnight": 14, "quinzena": 15}
    if abs(count) > 400:
        return None
    if unit in lengths:
        return calendar.days(setting.today + timedelta(days=count * lengths[unit]), 1)
    months = count * (12 if unit == "year" else 1)
    return calendar.days(calendar.add_months(setting.today, months), 1)
