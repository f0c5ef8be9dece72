"""The waitlist: who waits, freed slots as they are offered, the report, and what staff change."""

import csv
import io
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from clinic.patients import Patient
from clinic.waitlist import FreedSlot, Offer, OfferOutcome, WeekTime, Wishes
from console.outreach.waitlist_page import harmless_cell
from tests.console.conftest import token_of

if TYPE_CHECKING:
    from tests.console.conftest import House

ANA, BETO, CARLA = "+525500000001", "+525500000002", "+525500000003"
DERMA = ("derma", "roma")
HOUR = timedelta(hours=1)


def _waits(house: "House", name: str, address: str, wishes: Wishes | None = None) -> Patient:
    patient = house.patient(name, address)
    house.waitlist.join(patient.id, *DERMA, house.time.now, wishes or Wishes())
    return patient


def _freed(house: "House") -> FreedSlot:
    """Ana gives up her visit of tomorrow at ten."""
    ana = house.patient("Ana Torres", ANA)
    visit = house.visit(ana, "roma", house.time.now + 24 * HOUR)
    house.schedule.cancel(visit.ref, house.change("given-up"))
    house.time.pass_(seconds=1)
    return house.waitlist.all_freed(house.time.now - HOUR, house.time.now)[0]


def _offer(house: "House", freed: FreedSlot, *patients: Patient) -> list[Offer]:
    ids = [each.id for each in patients]
    now = house.time.now
    return list(house.waitlist.offer(freed, ids, now, now + HOUR / 2, None))


def _send(staff: FlaskClient, patient: Patient, way: str = "", **form: object) -> str:
    page = staff.get(f"/console/patients/{patient.id}").text
    form["csrf_token"] = token_of(page)
    path = f"/console/patients/{patient.id}/waitlist{way}"
    return staff.post(path, data=form, follow_redirects=True).text


# --- the page -------------------------------------------------------------------------------------


def test_nobody_waits_and_nothing_is_free(staff: FlaskClient) -> None:
    page = staff.get("/console/waitlist").text
    assert "Nadie espera un lugar." in page
    assert "No se ha liberado ningún lugar." in page


def test_who_waits_is_shown_in_the_order_in_which_they_are_asked(
    house: "House", staff: FlaskClient
) -> None:
    _waits(house, "Ana Torres", ANA)
    house.time.pass_(minutes=1)
    beto = _waits(house, "Beto Ruiz", BETO)
    page = staff.get("/console/waitlist").text
    assert page.index("Ana Torres") < page.index("Beto Ruiz")
    house.waitlist.prioritise(beto.id, *DERMA, 2)
    page = staff.get("/console/waitlist").text
    assert page.index("Beto Ruiz") < page.index("Ana Torres")
    assert "Prioridad 2" in page


def test_what_they_ask_for_is_in_the_language_of_the_page(
    house: "House", staff: FlaskClient
) -> None:
    times = (WeekTime((1, 3), time(12), time(19)),)
    _waits(house, "Beto Ruiz", BETO, Wishes("derma-roma", times, 48))
    page = staff.get("/console/waitlist").text
    for words in ("Unidad de dermatología", "martes y jueves por la tarde", "2 días"):
        assert words in page
    staff.set_cookie("consulta_language", "en")
    page = staff.get("/console/waitlist").text
    assert "Tuesday and Thursday in the afternoon" in page


def test_a_freed_slot_shows_its_offers_and_when_the_next_are_asked(
    house: "House", staff: FlaskClient
) -> None:
    beto, carla = _waits(house, "Beto Ruiz", BETO), _waits(house, "Carla Gómez", CARLA)
    freed = _freed(house)
    page = staff.get("/console/waitlist").text
    assert "Falta preguntar a más" in page
    assert "Vie 6 mar 2026 · 10:00" in page
    (offer,) = _offer(house, freed, beto)
    page = staff.get("/console/waitlist").text
    assert "Ofreciéndose" in page
    assert "Sin respuesta aún" in page
    assert "siguiente grupo: 5 mar, 10:05 (faltan 1)" in page
    house.waitlist.accepted(offer, house.time.now)
    house.schedule.book(freed.slot_id, "derma", beto.id, house.change("accepted"))
    page = staff.get("/console/waitlist").text
    assert "Ocupado desde la lista" in page
    assert "siguiente grupo" not in page
    assert carla.id in page


def test_nobody_is_left_to_ask_whom_the_slot_does_not_suit(
    house: "House", staff: FlaskClient
) -> None:
    _waits(house, "Beto Ruiz", BETO, Wishes(times=(WeekTime((0,)),)))
    _freed(house)
    assert "Ya no se ofrece" in staff.get("/console/waitlist").text


def test_one_branch_shows_no_other(house: "House", staff: FlaskClient) -> None:
    _waits(house, "Beto Ruiz", BETO)
    _freed(house)
    assert "Beto Ruiz" in staff.get("/console/waitlist?branch=roma").text
    page = staff.get("/console/waitlist?branch=paulista").text
    assert "Beto Ruiz" not in page
    assert "No se ha liberado ningún lugar." in page
    assert staff.get("/console/waitlist?branch=nowhere").status_code == 404


# --- the report -----------------------------------------------------------------------------------


def test_the_report_counts_and_says_what_it_counts(house: "House", staff: FlaskClient) -> None:
    beto, carla = _waits(house, "Beto Ruiz", BETO), _waits(house, "Carla Gómez", CARLA)
    offers = _offer(house, _freed(house), beto, carla)
    house.waitlist.accepted(offers[0], house.time.now)
    text = staff.get("/console/waitlist/report.csv").text.removeprefix("\ufeff")
    rows = {row[0]: row[1] for row in csv.reader(io.StringIO(text))}
    assert rows["Lugares liberados"] == "1"
    assert rows["Ofertas"] == "2"
    assert rows["Aceptadas"] == rows["Ya ocupadas"] == "1"
    assert rows["Ocupación"] == "100%"
    assert rows["Aceptación"] == "50%"
    page = staff.get("/console/waitlist/report").text
    assert "Ofertas aceptadas de cada cien ya terminadas." in page


def test_the_report_is_of_the_chosen_branch_and_days(house: "House", staff: FlaskClient) -> None:
    _waits(house, "Beto Ruiz", BETO)
    _freed(house)

    def freed(query: str) -> str:
        text = staff.get(f"/console/waitlist/report.csv?{query}").text
        return text.splitlines()[1].split(",")[1]

    assert freed("branch=roma") == "1"
    assert freed("branch=paulista") == "0"
    assert freed("since=2026-03-05&until=2026-03-05") == "1"
    assert freed("since=2026-03-01&until=2026-03-04") == "0"


@pytest.mark.parametrize(
    "query", ["since=yesterday", "until=2026-02-30", "since=2026-03-05&until=2026-03-04"]
)
def test_days_that_make_no_sense_are_refused(staff: FlaskClient, query: str) -> None:
    assert staff.get(f"/console/waitlist/report?{query}").status_code == 400


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless_cell(text) == f"'{text}"
    assert harmless_cell("Ana") == "Ana"


# --- a patient ------------------------------------------------------------------------------------


def test_staff_put_a_patient_on_the_list_with_what_they_ask_for(
    house: "House", staff: FlaskClient
) -> None:
    beto = house.patient("Beto Ruiz", BETO)
    page = _send(
        staff,
        beto,
        place="derma@roma",
        weekday=["1", "3"],
        since="12:00",
        until="19:00",
        notice="48",
    )
    (waits,) = house.waitlist.waits_of(beto.id)
    assert waits.wishes == Wishes(None, (WeekTime((1, 3), time(12), time(19)),), 48)
    assert "martes y jueves por la tarde" in page


def test_without_a_wish_any_time_will_do(house: "House", staff: FlaskClient) -> None:
    beto = house.patient("Beto Ruiz", BETO)
    _send(staff, beto, place="derma@roma", practitioner="derma-roma")
    assert house.waitlist.waits_of(beto.id)[0].wishes == Wishes("derma-roma", (), 0)


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"place": "derma@nowhere"}, "Elija un servicio de esa sucursal."),
        ({"place": ""}, "Elija un servicio de esa sucursal."),
        ({"place": "derma@roma", "practitioner": "derma-paulista"}, "Esa persona no hace"),
        ({"place": "derma@roma", "since": "12:00", "until": "09:00"}, "La hora final debe"),
        ({"place": "derma@roma", "since": "noon"}, "La hora final debe"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    house: "House", staff: FlaskClient, form: dict[str, str], problem: str
) -> None:
    beto = house.patient("Beto Ruiz", BETO)
    assert problem in _send(staff, beto, **form)
    assert list(house.waitlist.everybody()) == []


def test_staff_set_the_priority_and_take_off_the_list(house: "House", staff: FlaskClient) -> None:
    beto = _waits(house, "Beto Ruiz", BETO)
    _send(staff, beto, "/priority", service="derma", branch="roma", priority="3")
    assert house.waitlist.waits_of(beto.id)[0].priority == 3
    page = _send(staff, beto, "/priority", service="derma", branch="roma", priority="99")
    assert "No se pudo" in page
    assert house.waitlist.waits_of(beto.id)[0].priority == 3
    assert "No espera ningún lugar." in _send(staff, beto, "/leave", service="derma", branch="roma")
    assert list(house.waitlist.everybody()) == []


def test_every_offer_is_in_the_patients_history(house: "House", staff: FlaskClient) -> None:
    beto = _waits(house, "Beto Ruiz", BETO)
    (offer,) = _offer(house, _freed(house), beto)
    house.waitlist.close(offer.id, OfferOutcome.DECLINED, house.time.now)
    page = staff.get(f"/console/patients/{beto.id}").text
    assert "No lo quiso" in page
    assert "ofrecido el 5 mar, 10:00" in page


@pytest.mark.parametrize("way", ["", "/priority", "/leave"])
def test_a_form_without_its_token_changes_nothing(
    house: "House", staff: FlaskClient, way: str
) -> None:
    beto = _waits(house, "Beto Ruiz", BETO)
    before = house.waitlist.waits_of(beto.id)
    form = {"service": "derma", "branch": "roma", "place": "derma@roma", "priority": "5"}
    answer = staff.post(f"/console/patients/{beto.id}/waitlist{way}", data=form)
    assert answer.status_code == 400
    assert house.waitlist.waits_of(beto.id) == before
