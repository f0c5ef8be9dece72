"""Times of the week that suit, as patients say them in the three languages."""

from datetime import time

import pytest

from clinic.languages import Language
from clinic.waitlist import EVERY_DAY, WeekTime
from understanding.notice import read_notice, without_notice
from understanding.times.recurring import read_week_times

WORKDAYS, WEEKEND = "01234", "56"
MORNING, AFTERNOON, NIGHT = "00-12", "12-19", "19-"
ALL_DAY = "00-"

SAID: dict[Language, list[tuple[str, str]]] = {
    "es": [
        ("solo por las tardes", AFTERNOON),
        ("mañanas", MORNING),
        ("Tardes", AFTERNOON),
        ("tardes o noches", "12-"),
        ("martes y jueves en la mañana", f"13 {MORNING}"),
        ("martes por la mañana y jueves por la tarde", f"1 {MORNING}; 3 {AFTERNOON}"),
        ("en las tardes de lunes a jueves", f"0123 {AFTERNOON}"),
        ("en la tarde, martes o jueves", f"13 {AFTERNOON}"),
        ("lunes, miércoles y viernes", f"024 {ALL_DAY}"),
        ("entre semana después de las 4", f"{WORKDAYS} 16-"),
        ("lunes a viernes de 9 a 12", f"{WORKDAYS} 09-12"),
        ("entre 9 y 12 los martes", "1 09-12"),
        ("los fines de semana", f"{WEEKEND} {ALL_DAY}"),
        ("antes de las 10", "00-10"),
        ("a partir de las 17:00", "17-"),
        ("saliendo del trabajo", "18-"),
        ("cualquier día menos los viernes", f"012356 {ALL_DAY}"),
        ("los lunes no puedo", f"123456 {ALL_DAY}"),
        ("no puedo por las mañanas", "12-"),
        ("no los lunes por la mañana", f"0 12-; 123456 {ALL_DAY}"),
        ("si se libera algo con la Dra. Vega el martes en la mañana avísenme", f"1 {MORNING}"),
    ],
    "pt": [
        ("só à tarde", AFTERNOON),
        ("manhãs", MORNING),
        ("tarde", AFTERNOON),
        ("terça e quinta de manhã", f"13 {MORNING}"),
        ("de segunda a quinta depois das 16h", "0123 16-"),
        ("entre 14h e 16h", "14-16"),
        ("fim de semana", f"{WEEKEND} {ALL_DAY}"),
        ("só consigo à noite", NIGHT),
        ("qualquer dia menos sexta", f"012356 {ALL_DAY}"),
        ("não posso de manhã", "12-"),
        ("se abrir vaga com a Dra. Silva na terça de manhã me avise", f"1 {MORNING}"),
    ],
    "en": [
        ("only afternoons", AFTERNOON),
        ("Tuesday and Thursday mornings", f"13 {MORNING}"),
        ("after 5 pm", "17-"),
        ("weekdays after 4", f"{WORKDAYS} 16-"),
        ("Monday, Wednesday and Friday afternoons", f"024 {AFTERNOON}"),
        ("between 2 and 4pm on thursdays", "3 14-16"),
        ("before noon", MORNING),
        ("weekends", f"{WEEKEND} {ALL_DAY}"),
        ("any day but Friday", f"012356 {ALL_DAY}"),
        ("not on Mondays", f"123456 {ALL_DAY}"),
        ("if anything opens up with Dr. Vega on Tuesday morning let me know", f"1 {MORNING}"),
    ],
}
ANY: dict[Language, tuple[str, ...]] = {
    "es": ("cualquier horario", "cualquiera", "me da igual", "a cualquier hora", "cuando sea"),
    "pt": ("qualquer horário", "tanto faz", "qualquer um", "a qualquer hora"),
    "en": ("any time", "anytime", "whenever", "I don't mind"),
}
NOTHING: dict[Language, tuple[str, ...]] = {
    "es": (
        "avísenme si se libera un lugar antes",
        "me avisas cuando haya lugar con la doctora",
        "buenas tardes, quiero estar en lista de espera",
        "mañana en la mañana",
        "esta semana",
        "el martes 24 de marzo",
        "2",
        "",
    ),
    "pt": (
        "me avise quando tiver vaga",
        "boa tarde, quero entrar na lista de espera",
        "amanhã",
        "essa semana",
    ),
    "en": ("let me know if anything opens up earlier", "tomorrow", "this week", "March 24th"),
}
NOTICE: list[tuple[Language, str, int]] = [
    ("es", "avísenme con dos días", 48),
    ("es", "el mismo día está bien", 0),
    ("es", "con 24 horas de anticipación", 24),
    ("es", "un día antes", 24),
    ("es", "una semana antes", 168),
    ("es", "con 3 horas me basta", 3),
    ("pt", "com dois dias de antecedência", 48),
    ("pt", "no mesmo dia está bom", 0),
    ("pt", "na véspera", 24),
    ("pt", "preciso de 48 horas", 48),
    ("en", "same day is fine", 0),
    ("en", "two days' notice", 48),
    ("en", "at least a day before", 24),
    ("en", "give me 48 hours", 48),
    ("en", "the day before", 24),
]


def _written(times: tuple[WeekTime, ...]) -> str:
    return "; ".join(map(_stretch, times))


def _stretch(each: WeekTime) -> str:
    days = "".join(map(str, each.weekdays)) + " " if each.weekdays != EVERY_DAY else ""
    assert not each.since.minute
    return f"{days}{each.since:%H}-" + (f"{each.until:%H}" if each.until else "")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(language, *each) for language, said in SAID.items() for each in said],
)
def test_days_and_hours_that_suit(language: Language, text: str, expected: str) -> None:
    times = read_week_times(text, language)
    assert times is not None
    assert _written(times) == expected


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, said in ANY.items() for text in said]
)
def test_any_time_will_do(language: Language, text: str) -> None:
    assert read_week_times(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, said in NOTHING.items() for text in said]
)
def test_dates_of_one_week_and_greetings_say_nothing(language: Language, text: str) -> None:
    assert read_week_times(text, language) is None


def test_minutes_are_kept() -> None:
    assert read_week_times("between 9:30 and 11:45", "en") == (
        WeekTime(since=time(9, 30), until=time(11, 45)),
    )


@pytest.mark.parametrize(("language", "text", "hours"), NOTICE)
def test_how_much_notice(language: Language, text: str, hours: int) -> None:
    assert read_notice(text, language) == hours


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "mi cita es en dos días"), ("pt", "minha consulta é em dois dias"), ("en", "24 hours")],
)
def test_a_length_of_time_is_no_notice_unless_that_was_asked(language: Language, text: str) -> None:
    assert read_notice(text, language) is None
    assert read_notice(text, language, asked=True) in {24, 48}


def test_notice_is_not_read_as_a_time_that_suits() -> None:
    text = "los martes, avísenme con dos días"
    times = read_week_times(without_notice(text, "es"), "es")
    assert times == (WeekTime((1,)),)
