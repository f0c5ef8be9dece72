"""The page of the figures: who sees which, in which words, and what can be taken along."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from console.access.users import Role, add_user
from console.insights import charts
from console.insights.panels import PANELS
from console.tables import UserBranchRow
from integrations.tables import ServiceRow
from tests.console.conftest import NOW, PASSWORD, House
from tests.console.history import BRAZIL, History, at

PAGE = "/console/insights"
MARCH = f"{PAGE}?from=2026-03-02&to=2026-03-15"
Enter = Callable[[Role], FlaskClient]


@pytest.fixture
def enter(house: House, sign_in: Callable[..., str]) -> Enter:
    def as_(role: Role) -> FlaskClient:
        add_user(house.database, role, PASSWORD, role, clock=house.clock)
        client = house.app().test_client()
        sign_in(client, role)
        return client

    return as_


@pytest.fixture
def history(house: House) -> History:
    return History(house.database)


def _tile(page: str, words: str) -> str:
    return page.split(f"<dt>{words}</dt><dd>", 1)[1].split("<", 1)[0]


def _rows(answer: str) -> list[list[str]]:
    assert answer[0] == "\N{ZERO WIDTH NO-BREAK SPACE}"
    return list(csv.reader(io.StringIO(answer[1:])))


@pytest.mark.parametrize(
    ("role", "status"),
    [("manager", 200), ("admin", 200), ("auditor", 200), ("reception", 403), ("trainer", 403)],
)
def test_who_answers_for_how_it_goes_sees_the_figures(enter: Enter, role: str, status: int) -> None:
    client = enter(Role(role))
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}/weeks.csv").status_code == status


@pytest.mark.parametrize(
    ("language", "empty", "missed", "what"),
    [
        ("es", "no hubo nada que contar", "No asistieron", "Las canceladas y las que nadie marcó"),
        ("pt", "não houve nada para contar", "Faltaram", "As canceladas e as que ninguém marcou"),
        ("en", "there was nothing to count", "No-shows", "those that nobody marked"),
    ],
)
def test_figures_and_their_meaning_are_told_in_the_readers_language(
    enter: Enter, history: History, language: str, empty: str, missed: str, what: str
) -> None:
    client = enter(Role.MANAGER)
    client.set_cookie("consulta_language", language)
    page = client.get(PAGE).text
    assert page.count(empty) == len(PANELS)
    assert _tile(page, missed) == "–"
    for day, status in ((2, "no_show"), (3, "completed"), (4, "completed"), (5, "completed")):
        history.visit(at(day, 9), status)
    page = client.get(PAGE).text
    assert _tile(page, missed) == "25%"
    assert what in page
    assert page.count("<svg class=") > page.count(empty)


def test_days_channel_language_and_branch_are_in_the_address(
    enter: Enter, history: History
) -> None:
    client = enter(Role.MANAGER)
    history.visit(at(2, 9), "no_show", channel="whatsapp")
    history.visit(at(2, 10), "completed", patient=history.patient("en"))
    history.visit(at(2, 9, zone=BRAZIL), "completed", branch="paulista")
    for asked, missed in (
        ("", "33%"),
        ("&channel=whatsapp", "100%"),
        ("&channel=sms", "0%"),
        ("&language=en", "0%"),
        ("&branch=roma", "50%"),
    ):
        page = client.get(f"{MARCH}{asked}").text
        assert _tile(page, "No asistieron") == missed, asked
    assert _tile(client.get(f"{PAGE}?from=2026-03-03&to=2026-03-05").text, "No asistieron") == "–"
    history.visit(at(2, 9) - timedelta(days=10), "no_show")
    assert _tile(client.get(f"{PAGE}?days=7").text, "No asistieron") == "33%"
    assert _tile(client.get(f"{PAGE}?days=28").text, "No asistieron") == "50%"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("days=3", 400),
        ("from=2026-03-05&to=2026-03-04", 400),
        ("from=2024-01-01&to=2026-03-04", 400),
        ("from=yesterday", 400),
        ("channel=fax", 400),
        ("language=fr", 400),
        ("branch=nowhere", 404),
    ],
)
def test_what_cannot_be_asked_is_refused(enter: Enter, asked: str, status: int) -> None:
    assert enter(Role.MANAGER).get(f"{PAGE}?{asked}").status_code == status


def test_somebody_of_one_branch_sees_its_figures_alone(
    enter: Enter, history: History, house: House
) -> None:
    client = enter(Role.MANAGER)
    with house.database.begin() as session:
        session.add(UserBranchRow(user_name="manager", branch="paulista"))
    history.visit(at(2, 9), "no_show")
    history.visit(at(2, 9, zone=BRAZIL), "completed", branch="paulista")
    page = client.get(MARCH).text
    assert _tile(page, "No asistieron") == "0%"
    assert "Roma" not in page
    assert client.get(f"{MARCH}&branch=roma").status_code == 404
    assert client.get(f"{PAGE}/weeks.csv?branch=roma").status_code == 404


def test_a_table_can_be_taken_along(enter: Enter, history: History) -> None:
    client = enter(Role.MANAGER)
    history.visit(at(2, 9), "no_show")
    history.visit(at(3, 9), "completed")
    answer = client.get(f"{PAGE}/weeks.csv?from=2026-03-02&to=2026-03-08")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert 'filename="weeks-2026-03-02-2026-03-08.csv"' in answer.headers["Content-Disposition"]
    assert _rows(answer.text)[1:] == [["2026-03-02", "1", "1", "0", "0", "0.5"]]
    for name in PANELS:
        assert client.get(f"{PAGE}/{name}.csv").status_code == 200, name
    assert client.get(f"{PAGE}/everything.csv").status_code == 404


def test_a_name_that_looks_like_a_formula_is_not_run(
    enter: Enter, history: History, house: House
) -> None:
    history.visit(at(2, 9))
    with house.database.begin() as session:
        session.get_one(ServiceRow, "derma").names = dict.fromkeys(("es", "pt", "en"), "=1+1")
    rows = _rows(enter(Role.MANAGER).get(f"{PAGE}/services.csv").text)
    assert rows[1][0] == "'=1+1"


def test_charts_carry_no_style_and_no_markup_of_others(enter: Enter, history: History) -> None:
    history.visit(at(2, 9), "no_show")
    page = enter(Role.MANAGER).get(MARCH).text
    assert " style=" not in page
    drawn = charts.bars("<b>", [charts.Bar("<script>", 1, "&")])
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_broken_line_has_a_gap_where_nothing_was_counted() -> None:
    drawn = charts.line("weeks", [("1", 0.1), ("2", None), ("3", 0.3)])
    assert drawn.count("<polyline") == 2
    assert drawn.count("<circle") == 2
    assert ">40%<" in drawn


def test_spans_are_told_as_people_do(enter: Enter, history: History) -> None:
    opened = NOW - timedelta(hours=9)
    for number, minutes in enumerate((1, 5, 130)):
        talk = history.talk(opened, f"+52550000000{number}")
        history.handoff(talk, opened, taken_at=opened + timedelta(minutes=minutes))
    client = enter(Role.MANAGER)
    page = client.get(PAGE).text
    assert "5 min" in page
    assert "2 h 10 min" in page
    assert _rows(client.get(f"{PAGE}/waits.csv").text)[1][1:] == ["3", "300", "7800"]
