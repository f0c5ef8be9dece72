"""What did not arrive: why, saying it again, striking it out."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from conversations.model import Choice, Delivery, Message
from conversations.outgoing import Post
from conversations.tables import MessageRow
from tests.console.conftest import CLINIC, token_of

if TYPE_CHECKING:
    from tests.console.conftest import House

ANA, BETO = "+525500000001", "+525500000002"
PAGE = "/console/undelivered"


def _lost(house: "House", code: str, text: str = "Su cita", **more: object) -> Message:
    """A message to Ana that the provider could not deliver."""
    channel = str(more.pop("channel", "sms"))
    values = {"state": Delivery.UNDELIVERED, "error_code": code, "next_attempt_at": None, **more}
    talk = house.conversations.reach(ANA, channel, CLINIC, house.patients, house.time.now)
    said = house.conversations.say(
        talk.id,
        text,
        author=str(values.pop("author", "bot")),
        at=house.time.now,
        choices=values.pop("choices", ()),  # type: ignore[arg-type]
        post=Post(channel, ANA, "", ANA),
    )
    house.correct(said, **values)
    return said


def _act(staff: FlaskClient, act: str, message: Message) -> tuple[int, str]:
    form = {"csrf_token": token_of(staff.get(PAGE).text), "id": message.id, "act": act}
    answer = staff.post(PAGE, data=form)
    return answer.status_code, answer.text


def _said_again(house: "House") -> list[tuple[str, str, str | None]]:
    thread = house.conversations.thread(ANA)
    return [(each.channel, each.text, each.instead_of) for each in thread if each.instead_of]


def test_nothing_was_lost(staff: FlaskClient) -> None:
    page = staff.get(PAGE).text
    assert "Todo llegó" in page
    assert 'class="count"' not in page


@pytest.mark.parametrize(
    ("language", "why", "again", "done"),
    [
        ("es", "el teléfono está apagado o sin señal", "Enviar de nuevo", "Atendido"),
        ("pt", "o telefone está desligado ou sem sinal", "Enviar de novo", "Atendido"),
        ("en", "the phone is off or has no signal", "Send again", "Seen to"),
    ],
)
def test_what_was_lost_is_told_with_its_reason_in_plain_words(
    house: "House", staff: FlaskClient, language: str, why: str, again: str, done: str
) -> None:
    house.patient("Ana Torres", ANA)
    _lost(house, "30003", "Le esperamos mañana")
    staff.set_cookie("consulta_language", language)
    page = staff.get(PAGE).text
    for words in ("Ana Torres", "Le esperamos mañana", why, again, done):
        assert words in page
    assert '<b class="count">1</b>' in staff.get("/console/agenda").text


def test_the_newest_is_first_and_what_is_old_or_arrived_is_not_there(
    house: "House", staff: FlaskClient
) -> None:
    _lost(house, "30005", "viejo", at=house.time.now - timedelta(days=15))
    _lost(house, "", "llegó", state=Delivery.DELIVERED)
    _lost(house, "30005", "temprano")
    house.time.pass_(minutes=2)
    _lost(house, "opted_out", "despues", state=Delivery.WITHHELD)
    page = staff.get(PAGE).text
    assert page.index("despues") < page.index("temprano")
    assert "viejo" not in page
    assert "llegó</span>" not in page


def test_a_message_is_sent_again_once_and_the_thread_says_so(
    house: "House", staff: FlaskClient
) -> None:
    lost = _lost(house, "30008", "Su cita")
    assert _act(staff, "again", lost)[0] == 303
    assert _act_blind(house, staff, "again", lost) == 409
    assert _said_again(house) == [("sms", "Su cita", lost.id)]
    assert "Todo llegó" in staff.get(PAGE).text
    thread = staff.get(f"/console/conversations/{lost.conversation_id}").text
    assert "Se volvió a enviar por SMS" in thread
    assert "En lugar de un mensaje que no llegó" in thread


def _act_blind(house: "House", staff: FlaskClient, act: str, message: Message) -> int:
    """As from a page that was open before: its form has a token, the message is gone."""
    token = token_of(staff.get("/console/agenda").text)
    return staff.post(PAGE, data={"csrf_token": token, "id": message.id, "act": act}).status_code


def test_what_whatsapp_cannot_deliver_is_sent_again_as_a_text(
    house: "House", staff: FlaskClient
) -> None:
    lost = _lost(house, "63024", channel="whatsapp", elsewhere="text")
    assert _act(staff, "again", lost)[0] == 303
    assert [channel for channel, _, _ in _said_again(house)] == ["sms"]


def test_a_landline_is_not_texted_again(house: "House", staff: FlaskClient) -> None:
    lost = _lost(house, "30006", elsewhere="voice")
    status, page = _act_anyway(staff, lost)
    assert status == 409
    assert "Mejor llamar" in page
    assert _said_again(house) == []


def _act_anyway(staff: FlaskClient, message: Message) -> tuple[int, str]:
    assert "Enviar de nuevo" not in staff.get(PAGE).text
    return _act(staff, "again", message)


def test_nothing_is_sent_again_to_who_has_stopped_us(house: "House", staff: FlaskClient) -> None:
    house.patients.set_consent(ANA, given=False, channel="sms", words="STOP", at=house.time.now)
    lost = _lost(house, "21610", state=Delivery.WITHHELD)
    status, page = _act_anyway(staff, lost)
    assert status == 409
    assert "la persona pidió no recibir mensajes" in page
    assert _said_again(house) == []


@pytest.mark.parametrize("change", ["cancelled", "passed", "none"])
def test_a_reminder_is_sent_again_only_while_its_visit_stands(
    house: "House", staff: FlaskClient, change: str
) -> None:
    ana = house.patient("Ana Torres", ANA)
    visit = house.visit(ana, "roma", house.time.now + timedelta(minutes=10))
    carried = json.dumps({"visit": str(visit.ref)})
    choice = Choice("Confirmar", f"/confirm_appointment{carried}")
    lost = _lost(house, "30003", author="outreach", choices=(choice,))
    if change == "cancelled":
        house.schedule.cancel(visit.ref, house.change("c"))
    if change == "passed":
        house.time.pass_(minutes=12)
    status, page = _act(staff, "again", lost)
    assert status == (303 if change == "none" else 409)
    assert ("cambió o ya pasó" in page) == (change != "none")
    assert len(_said_again(house)) == (change == "none")


def test_what_was_seen_to_leaves_the_page_and_its_alert(house: "House", staff: FlaskClient) -> None:
    lost = _lost(house, "30005")
    house.conversations.alert(lost.conversation_id, "delivery", house.time.now)
    assert _act(staff, "seen", lost)[0] == 303
    assert "Todo llegó" in staff.get(PAGE).text
    assert not house.conversations.open_handoffs()
    assert _act_blind(house, staff, "seen", lost) == 409
    with house.database.read() as session:
        row = session.query(MessageRow).filter_by(id=lost.id).one()
        assert (row.seen_to_by, row.seen_to_at) == ("reception", house.time.now)


def test_a_form_of_another_site_changes_nothing(house: "House", staff: FlaskClient) -> None:
    lost = _lost(house, "30003")
    assert staff.post(PAGE, data={"id": lost.id, "act": "again"}).status_code == 400
    assert _act(staff, "burn", lost)[0] == 400
    assert _said_again(house) == []


def test_what_stands_in_for_it_is_shown_when_that_is_lost_too(
    house: "House", staff: FlaskClient
) -> None:
    first = _lost(house, "63016", "por WhatsApp", channel="whatsapp")
    house.time.pass_(minutes=1)
    _lost(house, "30005", "por SMS", instead_of=first.id)
    page = staff.get(PAGE).text
    assert "por SMS" in page
    assert "por WhatsApp" not in page
