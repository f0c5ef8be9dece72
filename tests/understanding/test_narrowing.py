"""What leaves the date open is meant within the days that were wished before."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from clinic.languages import Language
from understanding.times import TimeReading, narrowed, read_time

ZONE = ZoneInfo("America/Mexico_City")
NOW = datetime(2026, 11, 27, 1, 25, tzinfo=UTC)
"""A Thursday evening, 19:25 on the wall."""
HOURS = [(day, time(7), time(20)) for day in range(6)]


def _told(language: Language, *said: str) -> tuple[TimeReading, list[str]]:
    """The last reading and its intervals, after all that was said before."""
    reading: TimeReading | None = None
    for words in said:

        def read_at(now: datetime, words: str = words) -> TimeReading | None:
            return read_time(words, language, now, ZONE, HOURS)

        found = read_at(NOW)
        assert found is not None
        before = reading.suiting if reading else ()
        reading = narrowed(found, before, ZONE, NOW, read_at)
    assert reading is not None
    return reading, [" to ".join(map(_wall, sides)) for sides in reading.suiting]


def _wall(at: datetime | None) -> str:
    return at.astimezone(ZONE).strftime("%d %H:%M") if at else "open"


@pytest.mark.parametrize(
    ("language", "said", "means"),
    [
        ("pt", ["pra semana que vem", "sexta de manhã"], ["04 06:00 to 04 12:00"]),
        ("es", ["la otra semana", "el lunes"], ["30 00:00 to 01 00:00"]),
        ("es", ["la otra semana", "el lunes", "en la tarde"], ["30 12:00 to 30 19:00"]),
        ("es", ["la otra semana en la tarde", "el jueves"], ["03 12:00 to 03 19:00"]),
        ("es", ["el jueves", "a las 5"], ["03 17:00 to 03 18:00"]),
        ("es", ["el jueves", "después de las 4"], ["03 16:00 to 04 00:00"]),
        ("en", ["next week", "monday", "tuesday"], ["01 00:00 to 02 00:00"]),
        ("es", ["la otra semana", "mañana mejor"], ["27 00:00 to 28 00:00"]),
        ("es", ["la otra semana", "el 15"], ["15 00:00 to 16 00:00"]),
        ("es", ["hoy", "en la tarde"], ["27 12:00 to 27 19:00"]),
    ],
)
def test_a_wish_completes_the_one_before(
    language: Language, said: Sequence[str], means: list[str]
) -> None:
    assert _told(language, *said)[1] == means


def test_a_time_of_day_is_meant_on_every_day_of_the_week_wished() -> None:
    _, means = _told("es", "la otra semana", "temprano porfa")
    assert means[:2] == ["30 07:00 to 30 10:00", "01 07:00 to 01 10:00"]
    assert len(means) == 7


def test_after_an_hour_is_no_hour_to_be_taken_at_once() -> None:
    assert _told("es", "el jueves", "después de las 4")[0].grain == "part"
    assert _told("es", "el jueves", "a las 4")[0].grain == "hour"
