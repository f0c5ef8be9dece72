"""The queue: who has taken what, what stands out, and calling back."""

from typing import TYPE_CHECKING

from flask.testing import FlaskClient

from tests.console.conftest import token_of

if TYPE_CHECKING:
    from tests.console.conftest import House

ANA, BETO = "+525500000001", "+525500000002"
PAGE = "/console/waiting"


def _asks(house: "House", address: str = ANA, reason: str = "wish") -> str:
    heard = house.hear(address, "una persona, por favor")
    house.conversations.hand_off(heard.conversation_id, reason, house.time.now)
    return heard.conversation_id


def test_somebody_takes_it_in_the_queue_and_the_others_see_who(
    house: "House", staff: FlaskClient
) -> None:
    talk = _asks(house)
    page = staff.get(PAGE).text
    path = f"/console/conversations/{talk}/take"
    assert path in page
    assert staff.post(path, data={"csrf_token": token_of(page)}).status_code == 303
    after = staff.get(PAGE).text
    assert path not in after
    assert "la tiene usted" in after
    (handoff,) = house.conversations.open_handoffs()
    assert handoff.taken_by == "reception"


def test_who_waits_too_long_in_opening_hours_stands_out_until_answered(
    house: "House", staff: FlaskClient
) -> None:
    talk = _asks(house)
    house.time.pass_(minutes=9)
    assert "espera desde hace" not in staff.get(PAGE).text
    house.time.pass_(minutes=1)
    assert "espera desde hace 10 min" in staff.get(PAGE).text
    house.conversations.say(talk, "Voy", author="staff:reception", at=house.time.now)
    assert "espera desde hace" not in staff.get(PAGE).text


def test_nobody_waits_too_long_while_the_clinic_is_closed(
    house: "House", staff: FlaskClient
) -> None:
    house.time.now = house.time.now.replace(hour=5)  # 23:00 in Mexico City, 02:00 in São Paulo
    _asks(house)
    house.time.pass_(minutes=20)
    assert "espera desde hace" not in staff.get(PAGE).text


def test_an_emergency_is_loud_in_the_page_and_in_its_title(
    house: "House", staff: FlaskClient
) -> None:
    _asks(house)
    assert "<title>Piden una persona" in staff.get(PAGE).text
    house.time.pass_(seconds=1)
    _asks(house, BETO, "emergency")
    page = staff.get(PAGE).text
    assert "<title>(1) Piden una persona" in page
    assert "Una posible emergencia espera a una persona" in page


def test_who_is_to_be_called_back_is_one_tap_away(house: "House", staff: FlaskClient) -> None:
    _asks(house, reason="call_back")
    page = staff.get(PAGE).text
    assert f'href="tel:{ANA}"' in page
    assert "Ya llamé" in page
    (handoff,) = house.conversations.open_handoffs()
    form = {"csrf_token": token_of(page), "id": handoff.id}
    assert staff.post(PAGE, data=form).status_code == 303
    assert not house.conversations.open_handoffs()


def test_what_a_colleague_has_taken_is_not_struck_out_behind_their_back(
    house: "House", staff: FlaskClient
) -> None:
    talk = _asks(house)
    house.conversations.take_over(talk, "sol", house.time.now)
    page = staff.get(PAGE).text
    (handoff,) = house.conversations.open_handoffs()
    form = {"csrf_token": token_of(page), "id": handoff.id}
    answer = staff.post(PAGE, data=form)
    assert answer.status_code == 409
    assert "La tiene sol" in answer.text
    assert house.conversations.conversation(talk).taken_by == "sol"


def test_what_the_patient_writes_after_an_answer_waits_for_the_next_one(
    house: "House", staff: FlaskClient
) -> None:
    talk = _asks(house)
    house.conversations.say(talk, "Dígame", author="staff:reception", at=house.time.now)
    house.time.pass_(minutes=15)
    assert "espera desde hace" not in staff.get(PAGE).text
    house.hear(ANA, "es por mi cita")
    house.time.pass_(minutes=11)
    assert "espera desde hace 11 min" in staff.get(PAGE).text


def test_what_the_staff_takes_by_itself_is_in_the_queue_and_waits_once_the_patient_writes(
    house: "House", staff: FlaskClient
) -> None:
    talk = house.hear(ANA, "¿qué cita tengo?").conversation_id
    path = f"/console/conversations/{talk}/take"
    assert staff.post(path, data={"csrf_token": token_of(staff.get(PAGE).text)}).status_code == 303
    house.time.pass_(minutes=11)
    page = staff.get(PAGE).text
    assert "el personal tomó la conversación" in page
    assert "espera desde hace" not in page
    house.hear(ANA, "¿hola?")
    house.time.pass_(minutes=11)
    assert "espera desde hace 11 min" in staff.get(PAGE).text
