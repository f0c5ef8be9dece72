"""What a patient's words about time come to."""

# ruff: noqa: DTZ001 - wall times are compared

import signal
import threading
from datetime import UTC, datetime, time
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from clinic.languages import Language
from tests.understanding.expected import STRANGERS, TABLES, expected, lines, now_in
from understanding.times import TimeReading, engines, read_time
from understanding.words import fold

SAID = [
    (language, text, notation, tables is STRANGERS)
    for tables in (TABLES, STRANGERS)
    for language, table in tables.items()
    for text, notation in lines(table.TABLE)
]
SILENT = [
    (language, text)
    for tables in (TABLES, STRANGERS)
    for language, table in tables.items()
    for text in table.NONE.strip().splitlines()
]
MEXICO = ZoneInfo("America/Mexico_City")
TUESDAY = datetime(2026, 3, 10, 9, 0, tzinfo=MEXICO)


def local(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    return instant.astimezone(zone).replace(tzinfo=None) if instant else None


def read(
    text: str, language: Language, strangers: bool = False
) -> tuple[datetime | None, datetime | None, str] | None:
    now, zone = now_in(language, strangers)
    found = read_time(text, language, now, zone)
    return (local(found.start, zone), local(found.end, zone), found.grain) if found else None


def at(text: str, now: datetime = TUESDAY, language: Language = "es") -> TimeReading:
    found = read_time(text, language, now, MEXICO)
    assert found is not None
    return found


@pytest.mark.parametrize(("language", "text", "notation", "strangers"), SAID)
def test_what_patients_say_about_time_is_read_exactly(
    language: Language, text: str, notation: str, strangers: bool
) -> None:
    now, _ = now_in(language, strangers)
    assert read(text, language, strangers) == expected(notation, now)


@pytest.mark.parametrize("tables", [TABLES, STRANGERS])
@pytest.mark.parametrize("language", TABLES)
def test_leaving_out_accents_and_capitals_changes_nothing(
    language: Language, tables: dict[Language, ModuleType]
) -> None:
    texts = [text for text, _ in lines(tables[language].TABLE)]
    assert [text for text in texts if read(fold(text), language) != read(text, language)] == []


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_what_speaks_of_no_time_gives_none(language: Language, text: str) -> None:
    assert read(text, language) is None


def test_the_tables_hold_150_expressions_a_language() -> None:
    assert all(
        len(lines(table.TABLE)) >= 150
        for tables in (TABLES, STRANGERS)
        for table in tables.values()
    )


def test_a_bare_hour_falls_into_the_hours_of_the_place() -> None:
    night_clinic = [(day, time(18), time(23)) for day in range(7)]
    found = read_time("mañana a las 8", "es", TUESDAY, MEXICO, night_clinic)
    assert found is not None
    assert local(found.start, MEXICO) == datetime(2026, 3, 11, 20, 0)


def test_an_hour_that_has_passed_means_the_next_time_it_comes() -> None:
    evening = datetime(2026, 3, 10, 18, 0, tzinfo=MEXICO)
    assert local(at("a las 3", evening).start, MEXICO) == datetime(2026, 3, 11, 15, 0)
    assert local(at("por la mañana", evening).start, MEXICO) == datetime(2026, 3, 11, 6, 0)


def test_a_weekday_said_on_that_weekday_is_the_coming_one() -> None:
    assert local(at("el martes").start, MEXICO) == datetime(2026, 3, 17)


def test_what_does_not_suit_is_marked_refused() -> None:
    assert at("no puedo el jueves").refused
    assert not at("puedo el jueves").refused


def suiting(text: str, language: Language = "es") -> list[tuple[datetime | None, datetime | None]]:
    found = at(text, language=language)
    return [(local(start, MEXICO), local(end, MEXICO)) for start, end in found.suiting]


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "lunes o jueves"), ("pt", "segunda ou quinta"), ("en", "Monday or Thursday")],
)
def test_both_alternatives_suit_and_the_first_said_is_told(language: Language, text: str) -> None:
    assert local(at(text, language=language).start, MEXICO) == datetime(2026, 3, 16)
    assert suiting(text, language) == [
        (datetime(2026, 3, 12), datetime(2026, 3, 13)),
        (datetime(2026, 3, 16), datetime(2026, 3, 17)),
    ]


def test_a_list_of_days_shares_the_time_of_day() -> None:
    assert suiting("lunes, miércoles o viernes por la tarde") == [
        (datetime(2026, 3, day, 12), datetime(2026, 3, day, 19)) for day in (11, 13, 16)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "la semana que viene por la tarde"),
        ("pt", "semana que vem à tarde"),
        ("en", "next week in the afternoons"),
    ],
)
def test_of_a_week_in_the_afternoon_only_its_afternoons_suit(language: Language, text: str) -> None:
    found = at(text, language=language)
    assert (found.grain, local(found.start, MEXICO)) == ("week", datetime(2026, 3, 16))
    assert suiting(text, language) == [
        (datetime(2026, 3, day, 12), datetime(2026, 3, day, 19)) for day in range(16, 23)
    ]


def test_weekdays_after_work_leave_the_weekends_out() -> None:
    found = suiting("weekdays after 5", "en")
    assert found[0] == (datetime(2026, 3, 10, 17), datetime(2026, 3, 11))
    assert {start.weekday() for start, _ in found if start} == set(range(5))


def test_any_day_but_one_leaves_all_others() -> None:
    assert suiting("cualquier día menos el viernes") == [
        (datetime(2026, 3, 10), datetime(2026, 3, 13)),
        (datetime(2026, 3, 14), None),
    ]
    assert not at("cualquier día menos el viernes").refused


def test_what_was_read_is_told_in_the_patients_own_letters() -> None:
    assert at("Hola, ¿puede ser MAÑANA a las tres?").text == "MAÑANA a las tres"


def test_instants_are_utc_and_follow_the_zone() -> None:
    found = at("mañana a las 10")
    assert found.start == datetime(2026, 3, 11, 16, 0, tzinfo=UTC)
    assert found.start is not None
    assert found.start.tzinfo is UTC


def test_a_day_of_23_hours_ends_at_its_midnight() -> None:
    zone = ZoneInfo("America/New_York")
    found = read_time("tomorrow", "en", datetime(2026, 3, 7, 9, tzinfo=zone), zone)
    assert found is not None
    assert found.start is not None
    assert found.end is not None
    assert (found.end - found.start).total_seconds() == 23 * 3600


def test_two_hours_from_now_are_two_hours_across_a_change_of_clocks() -> None:
    zone = ZoneInfo("America/New_York")
    now = datetime(2026, 3, 8, 1, 30, tzinfo=zone)
    found = read_time("in two hours", "en", now, zone)
    assert found is not None
    assert found.start is not None
    assert (found.start - now.astimezone(UTC)).total_seconds() == 7200


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        read_time("mañana", "es", datetime(2026, 3, 10, 9), MEXICO)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "man\u0303ana \x00 a las 3", "\ud800", "🙂 mañana", "9" * 5000, "a " * 3000],
)
def test_odd_text_never_breaks_the_reading(text: str) -> None:
    read_time(text, "es", TUESDAY, MEXICO)


def test_composed_and_decomposed_letters_read_alike() -> None:
    assert at("man\u0303ana").start == at("mañana").start


def test_the_reading_works_in_any_thread() -> None:
    found: list[TimeReading | None] = []
    said = ["mañana a las 3", "navidad", "el jueves"]
    threads = [threading.Thread(target=lambda text=text: found.append(at(text))) for text in said]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(said)


def test_without_duckling_times_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_duckling", lambda: None)
    assert local(at("el viernes a las 3").start, MEXICO) == datetime(2026, 3, 13, 15, 0)


def test_a_reading_that_the_engines_share_is_sure() -> None:
    assert at("el 3 de diciembre").sure


def test_duckling_leaves_ctrl_c_alone() -> None:
    engines.warm_up()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
