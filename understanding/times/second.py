"""The engines as a second reader: whether they agree, and what they read where the rules do not."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clinic.languages import Language
from understanding.times import engines
from understanding.times.engines import Span
from understanding.times.model import Interval, TimeReading
from understanding.times.normal import Normal

_TIMELY: Final = re.compile(
    r"\d|\b(?:semana|mes|ano|dia|tarde|noche|noite|manana|manha|week|month|year|day|night|morning"
    r"|hora|hour|minut|finde|proxim|next|last|ultim|pasad|passad|trimestre|quarter|summer|winter"
    r"|verano|verao|invierno|inverno|pascua|pascoa|easter|carnaval|thanksgiving|labor|memorial)"
)
_MOST_OF_TEXT: Final = 0.8
_FAR: Final = timedelta(days=3 * 366)
"""Further off, a number was taken for a year."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the text, what the rules hid of it, and when and where it is now."""

    said: str
    masked: str
    normal: Normal
    language: Language
    now: datetime
    zone: ZoneInfo
    local: datetime

    @property
    def open_text(self) -> str:
        """The text without what only looks like a time, places kept."""
        hidden = {
            place
            for at, mark in enumerate(self.masked)
            if mark == "#"
            for place in range(*self.normal.places[at])
        }
        return "".join(" " if at in hidden else mark for at, mark in enumerate(self.said))

    def ducklings(self) -> list[Span]:
        """Duckling's reading."""
        return engines.ducklings(self.open_text, self.language, self.now, self.zone)

    def recognized(self) -> list[Span]:
        """The recognizers' reading."""
        return engines.recognized(self.open_text, self.language, self.local)


def is_seconded(reading: TimeReading, asked: Asked) -> bool:
    """Whether one of the engines reads the same beginning or end; the slow one is asked last."""
    sides = {reading.start, reading.end} - {None}
    for ask in (asked.ducklings, asked.recognized):
        for span in ask():
            if {
                instant(span.interval.start, asked.zone),
                instant(span.interval.end, asked.zone),
            } & sides:
                return True
    return False


def second_reading(asked: Asked) -> TimeReading | None:
    """What both engines read alike, or one of them in all of a text; None is the safer answer."""
    if not _TIMELY.search(asked.masked):
        return None
    by_one = [each for each in asked.ducklings() if _is_near(each, asked)]
    by_other = [each for each in asked.recognized() if _is_near(each, asked)]
    for span in by_other:
        if any(span.interval.start == each.interval.start for each in by_one):
            return _read(span, asked)
    length = len(asked.said.strip())
    for span in [*by_other, *by_one]:
        size = span.end - span.start
        if size >= _MOST_OF_TEXT * length and " " in asked.said[span.start : span.end].strip():
            return _read(span, asked)
    return None


def _is_near(span: Span, asked: Asked) -> bool:
    sides = (span.interval.start, span.interval.end)
    return all(side is None or abs(side - asked.local) < _FAR for side in sides)


def _read(span: Span, asked: Asked) -> TimeReading:
    return in_zone(span.interval, asked.said[span.start : span.end], asked)


def in_zone(found: Interval, text: str, asked: Asked) -> TimeReading:
    """An interval of wall time as instants."""
    if found.elapsed:
        passed = asked.now.astimezone(UTC)
        start = passed + (found.start - asked.local) if found.start else None
        end = passed + (found.end - asked.local) if found.end else None
        return TimeReading(start, end, found.grain, text.strip())
    start, end = instant(found.start, asked.zone), instant(found.end, asked.zone)
    stretches = tuple((instant(a, asked.zone), instant(b, asked.zone)) for a, b in found.stretches)
    if found.grain in {"minute", "hour"} and start and found.start and found.end:
        end = start + (found.end - found.start)
    return TimeReading(start, end, found.grain, text.strip(), stretches=stretches)


def instant(wall: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The instant of a wall time; one skipped by a change of clocks is that much later."""
    return wall.replace(tzinfo=zone).astimezone(UTC) if wall is not None else None
