"""Answering in a thread: who may, where to, what is refused, and what is kept when it is."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from channels.base import takes_templates
from console.access import audit
from console.access.staff import change_member
from console.access.users import Role, add_user
from console.inbox.canned import add_demo
from conversations.model import ConversationState, Message
from outreach.templates import templates_of
from tests.channels.double import Twilio
from tests.console.conftest import NOW, PASSWORD, House, channels_at, token_of

ANA, STRANGER = "+525500000001", "+5511988887777"
SMS, WHATSAPP = f"sms:{ANA}", f"whatsapp:{ANA}"


class Desk:
    """Somebody at work in the thread of one conversation."""

    def __init__(self, client: FlaskClient, talk: str) -> None:
        self.client = client
        self.talk = talk

    def page(self) -> str:
        return self.client.get(f"/console/conversations/{self.talk}", follow_redirects=True).text

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page())
        assert found, name
        return found[1]

    def post(self, act: str, **form: str) -> tuple[int, str]:
        path = f"/console/conversations/{self.talk}/{act}"
        answer = self.client.post(path, data={"csrf_token": token_of(self.page()), **form})
        return answer.status_code, answer.text

    def take(self, **form: str) -> int:
        return self.post("take", **form)[0]

    def form(self, text: str, way: str = SMS, **more: str) -> dict[str, str]:
        """The box as it stands now, filled in."""
        hidden = {name: self.field(name) for name in ("token", "seen")}
        return {**hidden, "text": text, "way": way, "do": "send", **more}

    def send(self, text: str, way: str = SMS, **more: str) -> tuple[int, str]:
        return self.post("reply", **self.form(text, way, **more))


def _said(house: House, talk: str) -> list[Message]:
    return [each for each in house.conversations.messages(talk) if each.direction == "out"]


@pytest.fixture
def heard(house: House) -> Message:
    house.patient("Ana Torres", ANA)
    message = house.hear(ANA, "quiero hablar con una persona")
    house.conversations.hand_off(message.conversation_id, "wish", house.time.now)
    return message


@pytest.fixture
def desk(staff: FlaskClient, heard: Message) -> Desk:
    return Desk(staff, heard.conversation_id)


@pytest.fixture
def colleague(house: House, sign_in: Callable[..., str], heard: Message) -> Desk:
    add_user(house.database, "sol", PASSWORD, "reception", clock=house.clock)
    client = house.app().test_client()
    sign_in(client, "sol")
    return Desk(client, heard.conversation_id)


def test_taken_answered_and_given_back(house: House, desk: Desk) -> None:
    assert desk.take() == 303
    assert house.conversations.conversation(desk.talk).state is ConversationState.PERSON
    assert desk.send("Con gusto le ayudo")[0] == 303
    (said,) = _said(house, desk.talk)
    assert (said.text, said.author, said.channel) == (
        "Con gusto le ayudo",
        "staff:reception",
        "sms",
    )
    assert "Con gusto le ayudo" in desk.page()
    assert desk.post("back", tell="on")[0] == 303
    assert house.conversations.conversation(desk.talk).state is ConversationState.BOT
    assert "asistente" in _said(house, desk.talk)[-1].text
    done = [each.action for each in audit.read(house, limit=20, user_name="reception")]
    assert {"conversation_taken", "reply_sent", "conversation_given_back"} <= set(done)


def test_a_form_sent_twice_is_said_once(house: House, desk: Desk) -> None:
    desk.take()
    form = desk.form("Con gusto")
    assert [desk.post("reply", **form)[0] for _ in range(2)] == [303, 303]
    assert len(_said(house, desk.talk)) == 1


def test_nobody_answers_what_they_have_not_taken(house: House, desk: Desk) -> None:
    form = {"token": "0" * 32, "seen": "", "text": "Con gusto", "way": SMS, "do": "send"}
    status, page = desk.post("reply", **form)
    assert status == 409
    assert "tómela antes de responder" in page
    assert "Con gusto" in page, "what was written is kept"
    assert not _said(house, desk.talk)


def test_a_colleagues_thread_is_shown_as_theirs_and_taken_only_when_confirmed(
    house: House, desk: Desk, colleague: Desk
) -> None:
    desk.take()
    form = desk.form("Le confirmo enseguida")
    assert "La tiene reception" in colleague.page()
    assert colleague.take() == 409, "from the queue, without knowing"
    assert colleague.take(holder="reception") == 303
    status, page = desk.post("reply", **form)
    assert status == 409
    assert "La tiene sol: nada se envió" in page
    assert "Le confirmo enseguida" in page
    assert not _said(house, desk.talk)
    (taken,) = audit.read(house, limit=5, action="conversation_taken_from")
    assert taken.details == {"holder": "reception"}


def test_what_came_while_writing_is_shown_before_the_reply_goes(house: House, desk: Desk) -> None:
    desk.take()
    form = desk.form("¿Le va bien el jueves?")
    house.time.pass_(minutes=1)
    house.hear(ANA, "ya no hace falta")
    house.hear(ANA, "gracias")
    status, page = desk.post("reply", **form)
    assert status == 409
    assert "Llegaron 2 mensajes mientras escribía" in page
    assert "ya no hace falta" in page
    assert "¿Le va bien el jueves?" in page
    assert not _said(house, desk.talk)
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    assert desk.post("reply", **{**form, "seen": seen[1]})[0] == 303
    assert len(_said(house, desk.talk)) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Escriba algo"),
        ("\u202e\u200f \x00", "Escriba algo"),
        ("x" * 10_000, "Son 10000 caracteres y caben"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_the_reason_and_kept(
    house: House, desk: Desk, text: str, problem: str
) -> None:
    desk.take()
    status, page = desk.send(text)
    assert status == 409
    assert problem in page
    assert text.strip("\u202e\u200f \x00") in page
    assert not _said(house, desk.talk)


def test_markup_and_marks_that_reorder_are_plain_words(house: House, desk: Desk) -> None:
    desk.take()
    assert desk.send("<script>alert(1)</script> \u202eabc\r\nfin")[0] == 303
    (said,) = _said(house, desk.talk)
    assert said.text == "<script>alert(1)</script> abc\nfin"
    assert "<script>alert" not in desk.page()


@pytest.mark.parametrize("way", ["", "sms:+525599999999", "pigeon:+525500000001"])
def test_only_a_way_of_the_patients_own_is_taken(house: House, desk: Desk, way: str) -> None:
    desk.take()
    assert desk.send("hola", way)[0] == 409
    assert not _said(house, desk.talk)


def test_a_form_that_is_not_ours_is_refused(desk: Desk) -> None:
    desk.take()
    assert desk.send("hola", token="../../x")[0] == 400


def test_the_window_of_whatsapp_is_told_and_text_messages_stay_open(
    house: House, desk: Desk
) -> None:
    house.hear(f"whatsapp:{ANA}", "hola", channel="whatsapp")
    desk.take()
    house.time.pass_(minutes=25)
    assert "WhatsApp cierra en 23 h 35 min" in desk.page()
    for message in house.conversations.messages(desk.talk):
        house.correct(message, at=message.at - timedelta(hours=25))
    assert "Elija SMS" in desk.page()
    assert desk.send("hola", WHATSAPP)[0] == 409
    assert desk.send("hola", SMS)[0] == 303
    assert [each.channel for each in _said(house, desk.talk)] == ["sms"]


def test_after_the_window_an_approved_invitation_asks_the_patient_to_write(
    house: House, desk: Desk
) -> None:
    house.hear(f"whatsapp:{ANA}", "hola", channel="whatsapp")
    desk.take()
    for message in house.conversations.messages(desk.talk):
        house.correct(message, at=message.at - timedelta(hours=25))
    assert desk.send("Sí hay lugar", WHATSAPP, do="invite")[0] == 409, "none is approved"
    with Twilio() as twilio:
        house.channels = channels_at(twilio.url)
        whatsapp = house.channels["whatsapp"]
        assert takes_templates(whatsapp)
        assert whatsapp.templates.push(templates_of(house.settings.clinic_name)) == {}
        twilio.review("approved")
        whatsapp.templates.approvals()
        assert "tiene una respuesta a su mensaje" in desk.page()
        status, page = desk.send("Sí hay lugar", WHATSAPP, do="invite")
        assert status == 200
        assert "Sí hay lugar" in page, "it is kept for when the patient has written"
        house.patients.set_consent(ANA, given=False, channel="sms", words="STOP", at=NOW)
        assert desk.send("Sí hay lugar", WHATSAPP, do="invite")[0] == 409
    (said,) = _said(house, desk.talk)
    assert "tiene una respuesta a su mensaje" in said.text


def test_who_stopped_us_is_answered_only_after_writing_again(house: House, desk: Desk) -> None:
    desk.take()
    house.time.pass_(minutes=1)
    house.patients.set_consent(ANA, given=False, channel="sms", words="STOP", at=house.time.now)
    status, page = desk.send("¿Sigue ahí?")
    assert status == 409
    assert "Pidió no recibir mensajes" in page
    house.time.pass_(minutes=5)
    house.hear(ANA, "¿me cambian la cita?")
    assert desk.send("Claro que sí")[0] == 303


def test_the_size_is_counted_as_it_will_be_sent(desk: Desk) -> None:
    desk.take()
    page = desk.post("reply", **desk.form("¿Está bien así?", do="count"))[1]
    assert "15 de 1600 caracteres como se enviará" in page
    assert "se cobra como 1 SMS" in page
    page = desk.post("reply", **desk.form("ж" * 80, do="count"))[1]
    assert "se cobra como 2 SMS" in page


def test_a_canned_reply_fills_the_box_in_the_patients_language(house: House, desk: Desk) -> None:
    add_demo(house.database)
    desk.take()
    page = desk.page()
    greeting = re.search(r'<option value="(\w+)">Saludo', page)
    assert greeting
    assert re.search(r'<option value="\w+" disabled>Próxima cita', page), "no visit is known"
    filled = desk.post("reply", **desk.form("Buenas.", do="fill", canned=greeting[1]))[1]
    assert "Buenas.\nHola, Ana: le atiende una persona" in filled
    assert not _said(house, desk.talk)


def test_a_number_that_nobody_is_known_by_is_answered_too(house: House, staff: FlaskClient) -> None:
    message = house.hear(STRANGER, "bom dia")
    desk = Desk(staff, message.conversation_id)
    desk.take()
    assert desk.send("Bom dia!", f"sms:{STRANGER}")[0] == 303


def test_other_branches_and_forged_ids_are_not_there(
    house: House, sign_in: Callable[..., str], heard: Message
) -> None:
    (ana,) = house.patients.at_address(ANA)
    house.visit(ana, "roma", house.time.now + timedelta(hours=1))
    add_user(house.database, "paula", PASSWORD, "reception", clock=house.clock)
    change_member(
        house.database, "paula", role=Role.RECEPTION, disabled=False, branches={"paulista"}
    )
    client = house.app().test_client()
    token = token_of(sign_in(client, "paula"))
    for talk in (heard.conversation_id, "nobody"):
        for act in ("take", "back", "reply"):
            path = f"/console/conversations/{talk}/{act}"
            assert client.post(path, data={"csrf_token": token}).status_code == 404


def test_an_auditor_reads_and_does_not_answer(
    house: House, sign_in: Callable[..., str], heard: Message
) -> None:
    add_user(house.database, "audit", PASSWORD, "auditor", clock=house.clock)
    client = house.app().test_client()
    sign_in(client, "audit")
    desk = Desk(client, heard.conversation_id)
    assert 'id="reply"' not in desk.page()
    assert desk.take() == 403
