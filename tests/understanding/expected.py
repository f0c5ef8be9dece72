"""The short notation in which the tables of times say what is expected.

"12" a day of March 2026; "12-03" another day; "12 15:30" a minute; "12 15h" an hour; "12 10h-12h"
hours; "12 morning" a part; "12..15" days; "week 16"; "month 04"; "early|mid|late 04"; "asap";
"none". A ">" leaves the end open, a "<" ends where the rest begins.
"""

# ruff: noqa: DTZ001 - wall times are compared

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from types import ModuleType
from zoneinfo import ZoneInfo

from clinic.languages import Language
from tests.understanding import (
    strangers_en,
    strangers_es,
    strangers_pt,
    times_en,
    times_es,
    times_pt,
)

TABLES: dict[Language, ModuleType] = {"es": times_es, "pt": times_pt, "en": times_en}
STRANGERS: dict[Language, ModuleType] = {
    "es": strangers_es,
    "pt": strangers_pt,
    "en": strangers_en,
}
ZONES = {"es": "America/Mexico_City", "pt": "America/Sao_Paulo", "en": "America/New_York"}
NOW = datetime(2026, 3, 10, 9, 0)
STRANGERS_NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
PARTS = {
    "early": (7, 10),
    "morning": (6, 12),
    "afternoon": (12, 19),
    "noonish": (12, 14),
    "mealtime": (14, 16),
    "late": (17, 20),
    "evening": (18, 24),
    "night": (19, 24),
}
Expected = tuple[datetime | None, datetime | None, str] | None


def lines(table: str) -> list[tuple[str, str]]:
    pairs = [line.rpartition(" = ") for line in table.strip().splitlines()]
    return [(text, notation) for text, _, notation in pairs]


def now_in(language: str, strangers: bool = False) -> tuple[datetime, ZoneInfo]:
    """When and where the messages of a table were sent."""
    zone = ZoneInfo(ZONES[language])
    return STRANGERS_NOW.astimezone(zone) if strangers else NOW.replace(tzinfo=zone), zone


def _day(text: str) -> datetime:
    month, _, day = text.rpartition("-")
    return datetime.combine(date(2026, int(month or 3), int(day)), time())


def _thirds(which: str, month: int) -> Expected:
    first = datetime(2026, month, 1)
    last = calendar.monthrange(2026, month)[1]
    begins, ends = {"early": (0, 10), "mid": (10, 20), "late": (20, last)}[which]
    return first + timedelta(days=begins), first + timedelta(days=ends), "week"


def _clock(day: datetime, text: str) -> tuple[datetime, datetime, str]:
    if text in PARTS:
        begins, ends = PARTS[text]
        return day + timedelta(hours=begins), day + timedelta(hours=ends), "part"
    if span := re.fullmatch(r"(\d\d)h-(\d\d)h", text):
        return day + timedelta(hours=int(span[1])), day + timedelta(hours=int(span[2])), "hour"
    if text.endswith("h"):
        start = day + timedelta(hours=int(text[:-1]))
        return start, start + timedelta(hours=1), "hour"
    hour, minute = map(int, text.split(":"))
    start = day + timedelta(hours=hour, minutes=minute)
    return start, start + timedelta(minutes=1), "minute"


def expected(  # noqa: PLR0911 - one return per notation
    notation: str, now: datetime = NOW
) -> Expected:
    """What a notation stands for, in wall time; `now` is when it was said."""
    if notation == "none":
        return None
    if notation == "asap":
        return now.replace(tzinfo=None), None, "minute"
    head, *rest = notation.split()
    if head == "week":
        return _day(rest[0]), _day(rest[0]) + timedelta(days=7), "week"
    if head == "month":
        month = int(rest[0])
        days = calendar.monthrange(2026, month)[1]
        return datetime(2026, month, 1), datetime(2026, month, 1) + timedelta(days=days), "month"
    if head in {"early", "mid", "late"}:
        return _thirds(head, int(rest[0]))
    if ".." in head:
        first, last = head.split("..")
        return _day(first), _day(last) + timedelta(days=1), "day"
    side = rest.pop() if rest and rest[-1] in "<>" else ""
    start, end, grain = (
        _clock(_day(head), rest[0]) if rest else (_day(head), _day(head) + timedelta(days=1), "day")
    )
    if side == ">":
        return start, None, grain
    return (None, start, grain) if side == "<" else (start, end, grain)
