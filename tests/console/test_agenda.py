"""The agenda: every branch in its own wall time, states in words."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

if TYPE_CHECKING:
    from tests.console.conftest import House

HOUR = timedelta(hours=1)
ANA, JOAO = "+525500000001", "+5511900000001"


def test_the_agenda_shows_todays_visits_in_the_branchs_wall_time(
    house: "House", staff: FlaskClient
) -> None:
    ana, joao = house.patient("Ana Torres", ANA), house.patient("João Pereira", JOAO)
    house.visit(ana, "roma", house.time.now + timedelta(hours=1))
    house.visit(joao, "paulista", house.time.now + timedelta(hours=1))
    page = staff.get("/console/agenda").text
    assert "Jueves 5 de marzo de 2026" in page
    assert ">11:00</time>" in page, "Mexico City is six hours behind UTC"
    assert ">14:00</time>" in page, "São Paulo is three hours behind UTC"
    assert "hora local 10:00" in page


def test_a_visit_late_in_the_evening_belongs_to_the_day_of_its_branch(
    house: "House", staff: FlaskClient
) -> None:
    house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + timedelta(hours=13))
    assert "Ana Torres" in staff.get("/console/agenda?day=2026-03-05").text, "23:00 in Mexico"
    assert "Ana Torres" not in staff.get("/console/agenda?day=2026-03-06").text


def test_the_name_leads_to_the_patients_thread(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    house.visit(ana, "roma", house.time.now + timedelta(hours=1))
    page = staff.get("/console/agenda?branch=roma").text
    assert f'href="/console/patients/{ana.id}"' in page


def test_states_are_told_in_words_and_counted(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    first = house.visit(ana, "roma", house.time.now + timedelta(hours=1))
    second = house.visit(ana, "roma", house.time.now + timedelta(hours=2))
    house.visit(ana, "roma", house.time.now + timedelta(hours=3))
    house.schedule.confirm(first.ref, house.change("c1"))
    house.schedule.cancel(second.ref, house.change("c2"))
    page = staff.get("/console/agenda?branch=roma").text
    for word in ("Confirmada</span>", "Cancelada</span>", "Sin confirmar</span>"):
        assert word in page
    assert "<dt>Esperadas</dt><dd>2</dd>" in page
    assert "<dt>Canceladas</dt><dd>1</dd>" in page


def test_one_branch_shows_no_other(house: "House", staff: FlaskClient) -> None:
    house.visit(house.patient("João Pereira", JOAO), "paulista", house.time.now + HOUR)
    assert "João Pereira" not in staff.get("/console/agenda?branch=roma").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("day=2026-02-30", 400),
        ("day=tomorrow", 400),
        ("day=9999-12-31", 400),
        ("day=0001-01-01", 400),
        ("branch=nowhere", 404),
    ],
)
def test_an_address_without_sense_is_explained(staff: FlaskClient, query: str, status: int) -> None:
    answer = staff.get(f"/console/agenda?{query}")
    assert answer.status_code == status
    assert "Ir al inicio" in answer.text


def test_the_last_day_has_no_day_after(staff: FlaskClient) -> None:
    page = staff.get("/console/agenda?day=2100-12-31").text
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page


@pytest.mark.parametrize(
    ("preferred", "title"),
    [
        ("pt-BR,pt;q=0.9", "Quinta-feira, 5 de março de 2026"),
        ("en-GB", "Thursday, March 5, 2026"),
        ("fr", "Jueves 5 de marzo de 2026"),
    ],
)
def test_the_page_speaks_the_browsers_language_until_one_is_chosen(
    staff: FlaskClient, preferred: str, title: str
) -> None:
    page = staff.get("/console/agenda", headers={"Accept-Language": preferred}).text
    assert title in page


def test_a_name_is_shown_and_never_run(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("<script>alert(1)</script> Ana \u202eTorres", ANA)
    house.visit(ana, "roma", house.time.now + timedelta(hours=1))
    page = staff.get("/console/agenda").text
    assert "<script>" not in page
    assert "\u202e" not in page
