"""What those who wait ask for, said back."""

from datetime import time

import pytest

from clinic.languages import LANGUAGES, Language
from clinic.waitlist import WeekTime
from conversations.waiting_words import notice, week_times
from understanding.times.recurring import read_week_times

TIMES: dict[tuple[WeekTime, ...], tuple[str, str, str]] = {
    (): ("cualquiera", "qualquer um", "any time"),
    (WeekTime((1, 3), until=time(12)),): (
        "martes y jueves por la mañana",
        "terça e quinta de manhã",
        "Tuesday and Thursday in the morning",
    ),
    (WeekTime((0, 1, 2, 3, 4), time(16)),): (
        "lunes a viernes desde las 4:00 p.m.",
        "segunda a sexta a partir das 16:00",
        "Monday to Friday from 4:00 PM",
    ),
    (WeekTime((5,)), WeekTime((6,), time(9), time(13))): (
        "sábado; domingo de las 9:00 a.m. a la 1:00 p.m.",
        "sábado; domingo das 09:00 às 13:00",
        "Saturday; Sunday from 9:00 AM to 1:00 PM",
    ),
    (WeekTime(until=time(10, 30)),): (
        "antes de las 10:30 a.m.",
        "antes das 10:30",
        "before 10:30 AM",
    ),
}


@pytest.mark.parametrize("times", TIMES)
def test_times_are_said_as_people_say_them(times: tuple[WeekTime, ...]) -> None:
    assert tuple(week_times(times, language) for language in LANGUAGES) == TIMES[times]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("times", [times for times in TIMES if times])
def test_what_is_said_back_is_read_as_the_same(
    times: tuple[WeekTime, ...], language: Language
) -> None:
    said = [week_times([each], language) for each in times]
    assert [read_week_times(each, language) for each in said] == [(each,) for each in times]


def test_a_voice_says_hours_as_people_do() -> None:
    assert week_times([WeekTime(since=time(17))], "es", spoken=True) == "desde las 5 de la tarde"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (None, ("el mismo día", "no mesmo dia", "the same day")),
        (0, ("el mismo día", "no mesmo dia", "the same day")),
        (24, ("1 día", "1 dia", "1 day")),
        (48, ("2 días", "2 dias", "2 days")),
        (3, ("3 horas", "3 horas", "3 hours")),
    ],
)
def test_notice_is_said_in_days_or_hours(hours: int | None, said: tuple[str, ...]) -> None:
    assert tuple(notice(hours, language) for language in LANGUAGES) == said
