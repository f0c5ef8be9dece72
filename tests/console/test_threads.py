"""A patient's thread: all channels in one line of time, and what became of every message."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from clinic.consents import Purpose
from conversations.call_log import TAKEN
from conversations.model import Choice, Delivery, Media
from conversations.outgoing import Post
from conversations.threads import PAGE

if TYPE_CHECKING:
    from tests.console.conftest import House

ANA, STRANGER = "+525500000001", "+5511988887777"


def test_a_thread_goes_on_from_channel_to_channel(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    house.hear(ANA, "primero por SMS")
    house.time.pass_(minutes=5)
    house.hear(f"whatsapp:{ANA}", "luego por WhatsApp", channel="whatsapp")
    page = staff.get(f"/console/patients/{ana.id}").text
    assert page.index("primero por SMS") < page.index("luego por WhatsApp")
    assert "SMS</span>" in page
    assert "WhatsApp</span>" in page


def test_what_was_understood_and_offered_is_shown(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    message = house.hear(ANA, "no voy a poder el jueves")
    house.correct(message, intent="cancel_appointment", confidence=0.934)
    house.conversations.say(
        message.conversation_id,
        "¿Cancelo su visita?",
        author="bot",
        at=house.time.now,
        choices=[Choice("Sí, cancelarla", "/affirm"), Choice("No, la conservo", "/deny")],
    )
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "Entendido como cancel_appointment, 93\u00a0%" in page
    assert "Sí, cancelarla" in page
    assert "/affirm" not in page, "payloads are ours alone"


@pytest.mark.parametrize("state", list(Delivery))
def test_every_delivery_state_has_plain_words(
    house: "House", staff: FlaskClient, state: Delivery
) -> None:
    ana = house.patient("Ana Torres", ANA)
    heard = house.hear(ANA, "hola")
    sent = house.conversations.say(
        heard.conversation_id, "Buenos días", author="bot", at=house.time.now
    )
    house.correct(sent, state=state)
    assert 'class="delivery' in staff.get(f"/console/patients/{ana.id}").text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("63016", "pasaron más de 24 horas"),
        ("30003", "apagado o sin señal"),
        ("99999", "código 99999 del proveedor"),
    ],
)
def test_a_failure_says_why(house: "House", staff: FlaskClient, code: str, words: str) -> None:
    ana = house.patient("Ana Torres", ANA)
    heard = house.hear(ANA, "hola")
    sent = house.conversations.say(
        heard.conversation_id, "Buenos días", author="bot", at=house.time.now
    )
    house.correct(sent, state="undelivered", error_code=code)
    assert words in staff.get(f"/console/patients/{ana.id}").text


def test_the_handoff_is_marked_from_the_wish_to_its_end(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    heard = house.hear(ANA, "quiero hablar con alguien")
    house.conversations.hand_off(heard.conversation_id, "wish", house.time.now)
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "Pasa a espera de una persona: quiere hablar con alguien" in page
    assert "Espera a una persona" in page
    house.time.pass_(minutes=3)
    house.conversations.take_over(heard.conversation_id, "reception", house.time.now)
    house.conversations.say(
        heard.conversation_id, "Aquí estoy", author="staff:reception", at=house.time.now
    )
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "Responde reception" in page
    assert "reception, personal" in page
    house.conversations.give_back(heard.conversation_id, house.time.now)
    assert "Atendido: quiere hablar" in staff.get(f"/console/patients/{ana.id}").text


def test_visits_and_consent_stand_beside(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    house.visit(ana, "roma", house.time.now + timedelta(hours=20))
    house.waitlist.join(ana.id, "derma", "roma", house.time.now)
    house.patients.set_consent(ANA, given=False, channel="sms", words="ALTO", at=house.time.now)
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "Vie 6 mar 2026 · 06:00" in page
    assert "Consulta de dermatología · Roma" in page
    assert "No quiere mensajes" in page
    assert "14 mar 1988" in page


def test_a_message_without_words_is_named(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    house.hear(ANA, "", media=(Media("https://x.example/1", "image/jpeg"),))
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "Imagen" in page
    assert "x.example" not in page


def test_what_a_patient_writes_is_shown_and_never_run(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    house.hear(ANA, "<img src=x onerror=alert(1)> {{ 7*7 }} \u202etrap\x07 \u0000" + "x" * 10_000)
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "<img" not in page
    assert "{{ 7*7 }}" in page
    assert "\u202e" not in page
    assert "\x07" not in page


def test_a_long_thread_begins_with_its_end_and_goes_on_page_by_page(
    house: "House", staff: FlaskClient
) -> None:
    ana = house.patient("Ana Torres", ANA)
    for number in range(PAGE + 3):
        house.time.pass_(seconds=1)
        house.hear(ANA, f"mensaje-{number:03}")
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "mensaje-002" not in page
    assert f"mensaje-{PAGE + 2}" in page
    older = staff.get(_link(page, "Ver mensajes anteriores")).text
    assert "mensaje-002" in older
    assert f"mensaje-{PAGE + 2}" not in older
    assert "Ver mensajes anteriores" not in older
    assert 'id="reply"' not in older, "an answer is written below the newest words"
    newer = staff.get(_link(older, "Ver mensajes posteriores")).text
    assert f"mensaje-{PAGE + 2}" in newer
    assert "Ver mensajes posteriores" not in newer


def _link(page: str, words: str) -> str:
    return page.split(f">{words}</a>", 1)[0].rsplit('href="', 1)[1].split('"', 1)[0]


def test_a_number_without_a_patient_has_its_thread_too(house: "House", staff: FlaskClient) -> None:
    heard = house.hear(STRANGER, "oi, quanto custa o hemograma?")
    page = staff.get(f"/console/conversations/{heard.conversation_id}").text
    assert STRANGER in page
    assert "oi, quanto custa" in page
    assert "Horas de São Paulo" in page, "the number is Brazilian"


def test_a_known_patients_conversation_leads_to_the_patient(
    house: "House", staff: FlaskClient
) -> None:
    ana = house.patient("Ana Torres", ANA)
    heard = house.hear(ANA, "hola")
    answer = staff.get(f"/console/conversations/{heard.conversation_id}")
    assert answer.location == f"/console/patients/{ana.id}"


def test_no_telephone_number_is_ever_in_an_address(house: "House", staff: FlaskClient) -> None:
    heard = house.hear(STRANGER, "oi")
    house.conversations.hand_off(heard.conversation_id, "wish", house.time.now)
    page = staff.get("/console/waiting").text
    links = [part.split('"', 1)[0] for part in page.split('href="')[1:]]
    assert links
    assert not any("5511988887777" in link for link in links)


def test_a_family_shares_a_number_and_not_a_thread(house: "House", staff: FlaskClient) -> None:
    shared = "+525500000006"
    lucia = house.patient("Lucía Rivas", shared)
    mateo = house.patient("Mateo Rivas", shared, date(2015, 1, 1))
    heard = house.hear(shared, "es para Mateo")
    house.conversations.identify(heard.conversation_id, mateo.id)
    assert "es para Mateo" in staff.get(f"/console/patients/{mateo.id}").text
    assert "es para Mateo" not in staff.get(f"/console/patients/{lucia.id}").text


def test_the_channel_of_an_answer_is_the_one_it_went_to(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    heard = house.hear(f"whatsapp:{ANA}", "hola", channel="whatsapp")
    house.conversations.say(
        heard.conversation_id,
        "por SMS",
        author="bot",
        at=house.time.now,
        post=Post("sms", ANA, "+525550000100", ANA),
    )
    assert "SMS</span>" in staff.get(f"/console/patients/{ana.id}").text


def test_who_wants_no_automatic_calls_is_told_apart(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    house.patients.set_consent(
        ANA, given=False, channel="voice", words="9", at=house.time.now, purpose=Purpose.CALLS
    )
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "No quiere llamadas automáticas" in page
    assert "No quiere mensajes" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Delivery.BUSY, "Ocupado"),
        (Delivery.NO_ANSWER, "Nadie contestó"),
        (Delivery.VOICEMAIL, "Buzón de voz: solo el nombre de la clínica"),
        (Delivery.ANSWERED, "Contestada, no se sabe si se oyó"),
        (Delivery.SPOKEN, "Dicho en la llamada"),
    ],
)
def test_what_became_of_a_call_is_told(
    house: "House", staff: FlaskClient, state: Delivery, words: str
) -> None:
    ana = house.patient("Ana Torres", ANA)
    talk = house.conversations.reach(ANA, "sms", "", house.patients, house.time.now)
    post = Post("voice", ANA, "", ANA)
    said = house.conversations.say(
        talk.id, "Su cita", author="outreach", at=house.time.now, post=post
    )
    house.correct(said, state=state)
    assert words in staff.get(f"/console/patients/{ana.id}").text


def test_how_a_call_began_is_told_where_nothing_was_said(
    house: "House", staff: FlaskClient
) -> None:
    ana = house.patient("Ana Torres", ANA)
    opening = house.hear(ANA, "", channel="voice", call_id="CA1")
    house.correct(opening, meant=TAKEN)
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "Contestó nuestra llamada" in page
    assert "Eligió una opción" not in page
