"""What the desk does with a visit: marked, moved, cancelled, booked; never from an old page."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from clinic.appointments import Appointment, AppointmentStatus
from console.access import audit
from console.tables import UserBranchRow
from integrations.scheduling.tellings import Tellings
from tests.console.conftest import House, token_of

ANA, JOAO = "+525500000001", "+5511900000001"
CARLA = {
    "name": "Carla Gómez",
    "born": "1990-05-01",
    "phone": "+525500000003",
    "language": "es",
    "branch": "roma",
}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _send(staff: FlaskClient, path: str, **form: object) -> tuple[int, str]:
    token = token_of(staff.get("/console/account").text)
    answer = staff.post(path, data={"csrf_token": token, **form})
    return answer.status_code, answer.text


def _now(house: House, visit: Appointment) -> Appointment:
    return house.schedule.appointment(visit.id)


def _actions(house: House) -> list[str]:
    return [each.action for each in audit.read(house, limit=20)]


def test_who_arrives_is_marked_and_a_mistake_is_put_right(house: House, staff: FlaskClient) -> None:
    soon = house.time.now + timedelta(minutes=5)
    visit = house.visit(house.patient("Ana Torres", ANA), "roma", soon)
    house.time.pass_(minutes=10)
    path = f"/console/visits/{visit.id}"
    assert "Se retrasa" in staff.get(path).text
    assert _send(staff, path, version=1, does="no_show")[0] == 303
    assert _now(house, visit).status is AppointmentStatus.NO_SHOW
    assert _send(staff, path, version=2, does="arrived")[0] == 303
    assert _send(staff, path, version=3, does="completed")[0] == 303
    entries = house.schedule.history(visit.id)
    assert [each.event for each in entries] == ["booked", "no_show", "arrived", "completed"]
    assert {(each.change.actor, each.change.channel) for each in entries[1:]} == {
        ("staff:reception", "console")
    }
    assert _actions(house).count("visit_marked") == 3


def test_arriving_is_one_tap_on_the_agenda(house: House, staff: FlaskClient) -> None:
    visit = house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + HOUR)
    page = staff.get("/console/agenda?branch=roma").text
    form = page.split(f'action="/console/visits/{visit.id}"', 1)[1].split("</form>", 1)[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    answer = staff.post(f"/console/visits/{visit.id}", data=fields)
    assert answer.location == "/console/agenda?branch=roma"
    assert _now(house, visit).status is AppointmentStatus.ARRIVED


def test_nobody_has_missed_what_has_not_begun(house: House, staff: FlaskClient) -> None:
    visit = house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + HOUR)
    status, page = _send(staff, f"/console/visits/{visit.id}", version=1, does="no_show")
    assert status == 409
    assert "aún no empieza" in page
    assert _now(house, visit).version == 1


def test_a_visit_is_cancelled_with_its_reason_and_the_patient_is_to_be_told(
    house: House, staff: FlaskClient
) -> None:
    visit = house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + DAY)
    path = f"/console/visits/{visit.id}"
    form = {"version": 1, "does": "cancel", "reason": "El médico no está", "tell": "1"}
    assert _send(staff, path, **form)[0] == 303
    assert _send(staff, path, **form)[0] == 303, "sent twice it is one change"
    last = house.schedule.history(visit.id)[-1]
    assert (last.version, last.event, last.change.reason) == (2, "cancelled", "El médico no está")
    assert [each.event for each in Tellings(house.database).due(house.time.now)] == ["cancelled"]


def test_unticked_nobody_is_told(house: House, staff: FlaskClient) -> None:
    visit = house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + DAY)
    _send(staff, f"/console/visits/{visit.id}", version=1, does="cancel", reason="x")
    assert _now(house, visit).status is AppointmentStatus.CANCELLED
    assert not Tellings(house.database).due(house.time.now)


def test_who_unticks_it_at_the_second_try_tells_nobody(house: House, staff: FlaskClient) -> None:
    ana, beto = house.patient("Ana Torres", ANA), house.patient("Beto Ruiz", "+525500000002")
    visit = house.visit(ana, "roma", house.time.now + DAY)
    slot = house.slot("roma", house.time.now + 2 * DAY)
    others = house.schedule.book(slot, "derma", beto.id, house.change("faster"))
    path = f"/console/visits/{visit.id}/move"
    assert _send(staff, path, version=1, slot=slot, tell="1")[0] == 409
    house.schedule.cancel(others.ref, house.change("free again"))
    assert _send(staff, path, version=1, slot=slot)[0] == 303
    assert not Tellings(house.database).due(house.time.now)


def test_a_stale_page_explains_itself_and_changes_nothing(house: House, staff: FlaskClient) -> None:
    visit = house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + DAY)
    house.schedule.confirm(visit.ref, house.change("by the patient"))
    form = {"version": 1, "does": "cancel", "reason": "x", "tell": "1"}
    status, page = _send(staff, f"/console/visits/{visit.id}", **form)
    assert status == 409
    assert "cambió desde que abrió la página" in page
    assert "Confirmada</span>" in page
    assert _now(house, visit).status is AppointmentStatus.CONFIRMED
    assert not Tellings(house.database).due(house.time.now)
    assert "visit_cancelled" not in _actions(house)


def test_a_visit_is_moved_to_a_free_time(house: House, staff: FlaskClient) -> None:
    visit = house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + DAY)
    slot = house.slot("roma", house.time.now + 2 * DAY)
    path = f"/console/visits/{visit.id}/move"
    assert f'value="{slot}"' in staff.get(path).text
    assert _send(staff, path, version=1, slot=slot, tell="1")[0] == 303
    assert _now(house, visit).start == house.time.now + 2 * DAY
    assert [each.event for each in Tellings(house.database).due(house.time.now)] == ["rescheduled"]
    assert "visit_moved" in _actions(house)


def test_a_time_taken_meanwhile_leads_to_the_others(house: House, staff: FlaskClient) -> None:
    ana, beto = house.patient("Ana Torres", ANA), house.patient("Beto Ruiz", "+525500000002")
    visit = house.visit(ana, "roma", house.time.now + DAY)
    taken, other = (house.slot("roma", house.time.now + days * DAY) for days in (2, 3))
    house.schedule.book(taken, "derma", beto.id, house.change("faster"))
    status, page = _send(staff, f"/console/visits/{visit.id}/move", version=1, slot=taken)
    assert status == 409
    assert "se acaba de ocupar" in page
    assert f'value="{other}"' in page
    assert _now(house, visit).version == 1


def test_who_wants_no_messages_is_shown_before(house: House, staff: FlaskClient) -> None:
    visit = house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + DAY)
    house.patients.set_consent(ANA, given=False, channel="sms", words="ALTO", at=house.time.now)
    page = staff.get(f"/console/visits/{visit.id}").text
    assert f"No quiere mensajes en: {ANA}" in page
    assert 'name="tell"' not in page


def test_a_new_patient_is_booked_once(house: House, staff: FlaskClient) -> None:
    slot = house.slot("roma", house.time.now + DAY)
    form = {**CARLA, "phone": "55 0000 0003"}
    assert _send(staff, "/console/book/patient", **form)[0] == 303
    (carla,) = house.patients.at_address("+525500000003")
    page = staff.get(f"/console/book?patient={carla.id}&branch=roma&service=derma").text
    assert f'value="{slot}"' in page
    found = re.search(r'name="form" value="(\w+)"', page)
    assert found
    booking = {"form": found[1], "patient": carla.id, "branch": "roma", "service": "derma"}
    for _ in range(2):
        assert _send(staff, "/console/book/visit", slot=slot, tell="1", **booking)[0] == 303
    (visit,) = house.schedule.appointments(carla.id)
    assert visit.slot_id == slot
    assert [each.event for each in Tellings(house.database).due(house.time.now)] == ["booked"]


@pytest.mark.parametrize(
    "wrong", [{"name": "123"}, {"born": "2999-01-01"}, {"phone": "1"}, {"language": "fr"}]
)
def test_a_patient_without_a_name_birth_date_phone_or_language_is_not_kept(
    house: House, staff: FlaskClient, wrong: dict[str, str]
) -> None:
    status, page = _send(staff, "/console/book/patient", **{**CARLA, **wrong})
    assert status == 400
    assert "Falta un dato" in page
    assert not house.patients.search("Carla", 5)


def test_a_patient_is_searched_for_and_never_named_in_an_address(
    house: House, staff: FlaskClient
) -> None:
    ana = house.patient("Ana Torres", ANA)
    _, page = _send(staff, "/console/book", words="ana")
    assert f"/console/book?patient={ana.id}" in page


def test_a_patient_is_booked_again_where_they_were_seen_last(
    house: House, staff: FlaskClient
) -> None:
    ana = house.patient("Ana Torres", "+525500000001")
    house.visit(ana, "roma", house.time.now + DAY)
    page = staff.get(f"/console/book?patient={ana.id}").text
    assert re.search(r'<option value="roma"\s+selected', page)


def test_another_branchs_visits_and_times_are_not_there(house: House, staff: FlaskClient) -> None:
    ana, joao = house.patient("Ana Torres", ANA), house.patient("João Pereira", JOAO)
    mine = house.visit(ana, "roma", house.time.now + DAY)
    visit = house.visit(joao, "paulista", house.time.now + DAY)
    slot = house.slot("paulista", house.time.now + 2 * DAY)
    with house.database.begin() as session:
        session.add(UserBranchRow(user_name="reception", branch="roma"))
    path = f"/console/visits/{visit.id}"
    assert staff.get(path).status_code == 404
    assert staff.get(f"{path}/move").status_code == 404
    assert staff.get("/console/agenda/sheet?branch=paulista").status_code == 404
    assert _send(staff, path, version=1, does="cancel")[0] == 404
    assert _send(staff, f"/console/visits/{mine.id}/move", version=1, slot=slot)[0] == 404
    booking = {"form": "0" * 32, "patient": ana.id, "service": "derma", "slot": slot}
    assert _send(staff, "/console/book/visit", **booking)[0] == 404
    assert _now(house, visit).version == _now(house, mine).version == 1


@pytest.mark.parametrize("form", [{}, {"does": "booked"}, {"does": "cancel", "version": "x"}])
def test_a_form_without_sense_is_refused(
    house: House, staff: FlaskClient, form: dict[str, str]
) -> None:
    visit = house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + DAY)
    assert _send(staff, f"/console/visits/{visit.id}", **form)[0] == 400


def test_who_said_to_be_late_is_late_before_the_time(house: House, staff: FlaskClient) -> None:
    house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + HOUR)
    talk = house.hear(ANA, "voy tarde").conversation_id
    assert "Se retrasa</span>" not in staff.get("/console/agenda").text
    house.conversations.hand_off(talk, "late", house.clock())
    page = staff.get("/console/agenda?state=late").text
    assert "Se retrasa</span>" in page
    assert "Ana Torres" in page


def test_a_state_and_a_practitioner_narrow_the_day(house: House, staff: FlaskClient) -> None:
    first = house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + HOUR)
    house.visit(house.patient("João Pereira", JOAO), "paulista", house.time.now + HOUR)
    house.schedule.confirm(first.ref, house.change("yes"))
    confirmed = staff.get("/console/agenda?state=confirmed").text
    assert "Ana Torres" in confirmed
    assert "João Pereira" not in confirmed
    by = staff.get("/console/agenda?practitioner=derma-paulista").text
    assert "Ana Torres" not in by
    assert "João Pereira" in by


def test_the_week_counts_visits_and_free_times(house: House, staff: FlaskClient) -> None:
    house.visit(house.patient("Ana Torres", ANA), "roma", house.time.now + HOUR)
    house.slot("roma", house.time.now + 2 * HOUR)
    page = staff.get("/console/agenda?view=week&branch=roma").text
    assert "Lun 2 mar 2026" in page
    assert page.count("<li") >= 7
    assert "1 horarios libres" in page
    assert "<b>1</b> Sin confirmar" in page


def test_the_day_sheet_leaves_out_what_was_cancelled(house: House, staff: FlaskClient) -> None:
    ana, joao = house.patient("Ana Torres", ANA), house.patient("João Pereira", JOAO)
    house.visit(ana, "roma", house.time.now + HOUR)
    gone = house.visit(joao, "roma", house.time.now + 2 * HOUR)
    house.schedule.cancel(gone.ref, house.change("no"))
    page = staff.get("/console/agenda/sheet?branch=roma").text
    assert "Ana Torres" in page
    assert "João Pereira" not in page
