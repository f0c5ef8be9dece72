"""What the staff do with a thread beside answering: notes, tags, done, unread, print, export."""

import csv
import io
import json
import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from clinic.patients import Patient
from console.access import audit
from console.access.users import add_user
from console.inbox import notes
from console.tables import UserBranchRow
from conversations.model import ConversationState
from conversations.threads import PAGE, Thread, Threads
from tests.console.conftest import PASSWORD, House, token_of

ANA, STRANGER = "+525500000001", "+5511988887777"
SignIn = Callable[..., str]


@pytest.fixture
def desk(any_house: House, sign_in: SignIn) -> FlaskClient:
    """The reception at work, on either database."""
    return _at_work(any_house, sign_in, "reception", "reception")


def _at_work(house: House, sign_in: SignIn, name: str, role: str) -> FlaskClient:
    add_user(house.database, name, PASSWORD, role, clock=house.clock)
    client = house.app().test_client()
    sign_in(client, name)
    return client


def _thread(house: House, patient: Patient) -> Thread:
    return Threads(house.database).of_patient(patient.id)


def _send(client: FlaskClient, path: str, **form: str) -> tuple[int, str]:
    token = token_of(client.get("/console/account").text)
    answer = client.post(f"/console{path}", data={"csrf_token": token, **form})
    return answer.status_code, answer.location or answer.text


def _note(client: FlaskClient, thread: str, text: str) -> tuple[int, str]:
    return _send(client, f"/threads/{thread}/notes", text=text, note=secrets.token_hex(16))


def test_a_note_stands_in_the_thread_with_its_author_and_reaches_nobody_else(
    any_house: House, desk: FlaskClient
) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "hola")
    status, where = _note(desk, _thread(any_house, ana).id, "prefiere que la llamen\npor la tarde")
    assert (status, where) == (303, f"/console/patients/{ana.id}#notes")
    page = desk.get(f"/console/patients/{ana.id}").text
    noted = page.split('class="noted"', 1)[1]
    assert "prefiere que la llamen" in noted
    assert "reception" in noted
    assert [each.text for each in any_house.conversations.patient_thread(ana.id)] == ["hola"]
    assert audit.read(any_house, limit=5, action="note_added")[0].details == {}


def test_somebody_of_whom_nothing_was_said_yet_can_have_a_note(
    any_house: House, desk: FlaskClient
) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    assert desk.get(f"/console/patients/{ana.id}").status_code == 200
    assert _note(desk, _thread(any_house, ana).id, "viene de parte de Beto")[0] == 303
    assert "viene de parte de Beto" in desk.get(f"/console/patients/{ana.id}").text
    assert "Ana Torres" not in desk.get("/console/inbox").text, "nothing was said"


def test_a_note_sent_twice_is_kept_once(any_house: House, desk: FlaskClient) -> None:
    thread = _thread(any_house, any_house.patient("Ana Torres", ANA)).id
    for _ in range(2):
        _send(desk, f"/threads/{thread}/notes", text="una vez", note="a" * 32)
    assert len(notes.notes_of(any_house, thread)) == 1


@pytest.mark.parametrize(
    ("text", "token", "why"),
    [
        (" \u202e\n", "a" * 32, "La nota está vacía"),
        ("x" * 10_000, "a" * 32, "máximo 2000 caracteres"),
        ("bien", "<script>", "La nota está vacía"),
    ],
)
def test_a_note_that_cannot_be_kept_comes_back_with_the_reason(
    any_house: House, desk: FlaskClient, text: str, token: str, why: str
) -> None:
    thread = _thread(any_house, any_house.patient("Ana Torres", ANA)).id
    status, page = _send(desk, f"/threads/{thread}/notes", text=text, note=token)
    assert status == 400
    assert why in page
    assert not notes.notes_of(any_house, thread)
    if len(text) > 100:
        assert text in page, "what was typed is not lost"


def test_markup_in_notes_and_tags_is_shown_and_never_run(
    any_house: House, desk: FlaskClient
) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    thread = _thread(any_house, ana).id
    _note(desk, thread, "<script>alert(1)</script> {{ 7*7 }}")
    _send(desk, f"/threads/{thread}/tags", tag="<b>X</b>", does="add")
    page = desk.get(f"/console/patients/{ana.id}").text
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>x" not in page


def test_its_author_or_a_manager_takes_a_note_back_and_nobody_else(
    any_house: House, desk: FlaskClient, sign_in: SignIn
) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    thread = _thread(any_house, ana).id
    for text in ("la primera", "la segunda"):
        _note(desk, thread, text)
    first, second = [each.id for each in notes.notes_of(any_house, thread)]
    colleague = _at_work(any_house, sign_in, "lucero", "reception")
    assert _send(colleague, f"/notes/{first}")[0] == 403
    assert "Retirar" not in colleague.get(f"/console/patients/{ana.id}").text
    assert _send(desk, f"/notes/{first}")[0] == 303
    boss = _at_work(any_house, sign_in, "eva", "manager")
    assert _send(boss, f"/notes/{second}")[0] == 303
    page = desk.get(f"/console/patients/{ana.id}").text
    assert "la primera" not in page
    assert "la segunda" not in page
    assert "Retirada por reception" in page
    assert "Retirada por eva" in page
    status, page = _send(desk, f"/notes/{first}")
    assert status == 409
    assert "ya se había retirado" in page


def test_tags_are_put_suggested_and_taken_off(any_house: House, desk: FlaskClient) -> None:
    ana, beto = any_house.patient("Ana Torres", ANA), any_house.patient("Beto Ruiz", STRANGER)
    here, there = _thread(any_house, ana).id, _thread(any_house, beto).id
    for tag in ("  Seguro   GNP ", "seguro gnp"):
        assert _send(desk, f"/threads/{here}/tags", tag=tag, does="add")[0] == 303
    assert notes.tags_of(any_house, here) == ["seguro gnp"]
    assert '<option value="seguro gnp">' in desk.get(f"/console/patients/{beto.id}").text
    assert _send(desk, f"/threads/{here}/tags", tag="seguro gnp", does="remove")[0] == 303
    assert not notes.tags_of(any_house, here)
    assert _send(desk, f"/threads/{there}/tags", tag="x" * 41)[0] == 400
    assert _send(desk, f"/threads/{there}/tags", tag=" ")[0] == 400
    for number in range(10):
        _send(desk, f"/threads/{there}/tags", tag=f"t{number}")
    status, page = _send(desk, f"/threads/{there}/tags", tag="uno más")
    assert status == 400
    assert "como máximo 10 etiquetas" in page


def test_done_ends_the_waiting_until_more_is_said(any_house: House, desk: FlaskClient) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    talk = any_house.hear(ANA, "quiero hablar con alguien").conversation_id
    any_house.conversations.hand_off(talk, "wish", any_house.time.now)
    thread = _thread(any_house, ana)
    assert _send(desk, f"/threads/{thread.id}/done", last=str(thread.last))[0] == 303
    state = any_house.conversations.conversation(talk).state
    assert state is ConversationState.BOT
    assert not any_house.conversations.open_handoffs()
    assert "Ana Torres" in desk.get("/console/inbox?state=done").text
    any_house.time.pass_(minutes=1)
    any_house.hear(ANA, "otra cosa")
    assert "Ana Torres" not in desk.get("/console/inbox?state=done").text
    assert "Ana Torres" in desk.get("/console/inbox?state=bot").text


def test_a_thread_that_a_colleague_leads_or_that_has_news_is_not_done(
    any_house: House, desk: FlaskClient
) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    talk = any_house.hear(ANA, "hola").conversation_id
    before = _thread(any_house, ana)
    any_house.time.pass_(minutes=1)
    any_house.hear(ANA, "y algo más")
    status, page = _send(desk, f"/threads/{before.id}/done", last=str(before.last))
    assert status == 409
    assert "Llegó algo nuevo" in page
    assert "y algo más" in page
    any_house.conversations.take_over(talk, "lucero", any_house.time.now)
    last = str(_thread(any_house, ana).last)
    status, page = _send(desk, f"/threads/{before.id}/done", last=last)
    assert status == 409
    assert "La conversación la lleva lucero" in page
    assert any_house.conversations.conversation(talk).state is ConversationState.PERSON
    assert _send(desk, f"/threads/{before.id}/done", last="x")[0] == 400


def test_a_thread_can_be_made_unread_again(any_house: House, desk: FlaskClient) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "hola")
    desk.get(f"/console/patients/{ana.id}")
    assert _send(desk, f"/threads/{_thread(any_house, ana).id}/unread")[0] == 303
    assert "Ana Torres" in desk.get("/console/inbox?unread=1").text


def test_visits_that_changed_stand_in_the_thread(any_house: House, desk: FlaskClient) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "hola")
    visit = any_house.visit(ana, "roma", any_house.time.now + timedelta(days=1))
    later = any_house.slot("roma", any_house.time.now + timedelta(days=2))
    any_house.time.pass_(minutes=3)
    any_house.schedule.reschedule(visit.ref, later, any_house.change("move"))
    page = " ".join(desk.get(f"/console/patients/{ana.id}").text.split())
    assert "Agendada:</b> Consulta de dermatología, Roma" in page
    assert "Cambió de fecha:</b>" in page
    assert "de Vie 6 mar 2026 10:00 a Sáb 7 mar 2026 10:00" in page
    assert "Paciente · SMS · <time" in page


def test_what_happened_between_two_pages_stands_in_one_of_them(
    any_house: House, desk: FlaskClient
) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "mensaje primero")
    any_house.time.pass_(minutes=1)
    _note(desk, _thread(any_house, ana).id, "entre dos páginas")
    any_house.time.pass_(minutes=1)
    for number in range(PAGE):
        any_house.time.pass_(seconds=1)
        any_house.hear(ANA, f"mensaje {number}")
    page = desk.get(f"/console/patients/{ana.id}").text
    assert "mensaje primero" not in page
    older = page.split(">Ver mensajes anteriores<", 1)[0].rsplit('href="', 1)[1].split('"')[0]
    assert "mensaje primero" in desk.get(older).text
    assert (page + desk.get(older).text).count("entre dos páginas") == 1


def test_a_thread_of_another_branch_is_not_there(any_house: House, desk: FlaskClient) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    any_house.visit(ana, "paulista", any_house.time.now + timedelta(days=1))
    any_house.hear(ANA, "hola")
    thread = _thread(any_house, ana)
    _note(desk, thread.id, "secreto")
    (note,) = notes.notes_of(any_house, thread.id)
    with any_house.database.begin() as session:
        session.add(UserBranchRow(user_name="reception", branch="roma"))
    for path in ("notes", "tags", "unread", "done"):
        assert _send(desk, f"/threads/{thread.id}/{path}", last="1", tag="x")[0] == 404
    assert _send(desk, f"/notes/{note.id}")[0] == 404
    for path in ("print", "export.csv", "export.json"):
        assert desk.get(f"/console/threads/{thread.id}/{path}").status_code == 404
    assert desk.get("/console/threads/nothing/print").status_code == 404


def _told(house: House, desk: FlaskClient) -> Thread:
    """A thread with words, a failure, a note, a tag and a visit."""
    ana = house.patient("Ana Torres", ANA)
    heard = house.hear(ANA, "=HYPERLINK(1) ¿puedo cambiar?")
    house.correct(heard, intent="reschedule_appointment", confidence=0.91)
    said = house.conversations.say(
        heard.conversation_id, "+52 le llamamos", author="bot", at=house.time.now
    )
    house.correct(said, state="undelivered", error_code="30003")
    house.time.pass_(minutes=1)
    house.visit(ana, "roma", house.time.now + timedelta(days=1))
    thread = _thread(house, ana)
    _note(desk, thread.id, "@nota")
    notes.add_tag(house, thread.id, "seguro")
    return _thread(house, ana)


def test_a_thread_is_exported_as_csv_in_which_nothing_is_a_formula(
    any_house: House, desk: FlaskClient
) -> None:
    thread = _told(any_house, desk)
    answer = desk.get(f"/console/threads/{thread.id}/export.csv")
    assert answer.mimetype == "text/csv"
    assert f"thread-{thread.id}.csv" in answer.headers["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert sorted(each["kind"] for each in lines) == ["message", "message", "note", "visit"]
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line.values()
    )
    first = lines[0]
    assert first["text"] == "'=HYPERLINK(1) ¿puedo cambiar?"
    assert (first["intent"], first["confidence"]) == ("reschedule_appointment", "0.91")
    assert "apagado o sin señal" in lines[1]["error"]
    noted = audit.read(any_house, limit=1)[0]
    assert (noted.action, noted.subject_id) == ("thread_exported", thread.id)


def test_a_thread_is_exported_as_json_word_for_word(any_house: House, desk: FlaskClient) -> None:
    thread = _told(any_house, desk)
    data = json.loads(desk.get(f"/console/threads/{thread.id}/export.json").data)
    assert data["who"] == "Ana Torres"
    assert data["tags"] == ["seguro"]
    texts = [each["text"] for each in data["lines"] if each["kind"] == "message"]
    assert texts == ["=HYPERLINK(1) ¿puedo cambiar?", "+52 le llamamos"]
    assert desk.get(f"/console/threads/{thread.id}/export.exe").status_code == 404


def test_an_export_has_all_of_a_long_thread(any_house: House, desk: FlaskClient) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    for number in range(7):
        any_house.time.pass_(seconds=1)
        any_house.hear(ANA, f"mensaje {number}")
    found = Threads(any_house.database).all(_thread(any_house, ana).id, size=2)
    assert [each.text for each in found] == [f"mensaje {number}" for number in range(7)]


def test_a_thread_is_printed_whole_and_that_is_noted(any_house: House, desk: FlaskClient) -> None:
    thread = _told(any_house, desk)
    page = desk.get(f"/console/threads/{thread.id}/print").text
    for words in ("Ana Torres", "¿puedo cambiar?", "apagado o sin señal", "@nota", "Agendada"):
        assert words in page
    assert "Impreso el Jueves 5 de marzo de 2026" in page
    assert audit.read(any_house, limit=1)[0].action == "thread_printed"


def test_a_number_of_nobody_known_has_notes_that_go_along_to_whom_it_becomes(
    any_house: House, desk: FlaskClient
) -> None:
    heard = any_house.hear(STRANGER, "oi, quero marcar")
    thread = Threads(any_house.database).of_conversation(heard.conversation_id)
    assert thread is not None
    assert _note(desk, thread.id, "pregunta por pediatría")[0] == 303
    assert _send(desk, f"/threads/{thread.id}/tags", tag="nueva")[0] == 303
    joao = any_house.patient("João Pereira", STRANGER)
    any_house.conversations.identify(heard.conversation_id, joao.id)
    theirs = _thread(any_house, joao)
    assert theirs.last == thread.last
    assert [each.text for each in notes.notes_of(any_house, theirs.id)] == [
        "pregunta por pediatría"
    ]
    assert notes.tags_of(any_house, theirs.id) == ["nueva"]
    assert Threads(any_house.database).by_id(thread.id) is None
