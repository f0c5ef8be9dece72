"""The inbox: every thread as one line, filtered, in order, and only of one's own branches."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from console.access.users import add_user
from console.inbox import lines, notes
from console.tables import UserBranchRow
from conversations import threads
from conversations.keys import IDLE_OF_PATIENT
from conversations.model import Media
from conversations.threads import Threads
from tests.console.conftest import PASSWORD, House

ANA, BETO, CARLA, STRANGER = "+525500000001", "+525500000002", "+525500000003", "+5511988887777"
SignIn = Callable[..., str]


@pytest.fixture
def desk(any_house: House, sign_in: SignIn) -> FlaskClient:
    """The reception at work, on either database."""
    add_user(any_house.database, "reception", PASSWORD, "reception", clock=any_house.clock)
    client = any_house.app().test_client()
    sign_in(client)
    return client


def _inbox(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/console/inbox{query}")
    assert answer.status_code == 200
    return answer.text.split('id="inbox"', 1)[1]


def _who(page: str) -> list[str]:
    """The names in the list, as they stand."""
    listed = page.split('<ol class="inbox">', 1)
    return [each.split("<", 1)[0].strip() for each in listed[-1].split("<strong>")[1:]]


def _link(page: str, words: str) -> str:
    return (
        page.split(f"{words}<", 1)[0].rsplit('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    )


def test_a_thread_is_shown_by_its_last_words(any_house: House, desk: FlaskClient) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "hola")
    any_house.time.pass_(minutes=1)
    any_house.hear(f"whatsapp:{ANA}", "no voy a poder\nel jueves", channel="whatsapp")
    page = _inbox(desk)
    assert _who(page) == ["Ana Torres"]
    assert "<bdi>no voy a poder el jueves</bdi>" in page
    assert ">hola<" not in page
    assert f"/console/patients/{ana.id}#latest" in page
    assert '<span class="unseen">WhatsApp</span>' in page
    assert "Responde el asistente" in page


def test_it_says_who_of_us_said_the_last_words(any_house: House, desk: FlaskClient) -> None:
    any_house.patient("Ana Torres", ANA)
    talk = any_house.hear(ANA, "hola").conversation_id
    say = any_house.conversations.say
    say(talk, "Buenos días", author="bot", at=any_house.time.now)
    assert "Asistente:</span> <bdi>Buenos días" in _inbox(desk)
    say(talk, "Soy Lucero", author="staff:lucero", at=any_house.time.now)
    assert "lucero:</span> <bdi>Soy Lucero" in _inbox(desk)


def test_a_number_of_nobody_known_is_masked_and_leads_to_its_thread(
    any_house: House, desk: FlaskClient
) -> None:
    heard = any_house.hear(STRANGER, "oi")
    page = _inbox(desk)
    assert _who(page) == ["+55 ••• 7777"]
    assert f"/console/conversations/{heard.conversation_id}#latest" in page
    assert "11988887777" not in page


def test_what_has_no_words_is_named(any_house: House, desk: FlaskClient) -> None:
    any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "", media=(Media("https://x.example/1", "image/jpeg"),))
    assert "<bdi>Imagen</bdi>" in _inbox(desk)


def test_the_newest_words_come_first_and_more_goes_on_where_the_page_ends(
    any_house: House, desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "PAGE", 2)
    for number, name in enumerate(("Ana Torres", "Beto Ruiz", "Carla Gómez")):
        any_house.patient(name, f"+52550000000{number + 1}")
        any_house.hear(f"+52550000000{number + 1}", "hola")
        any_house.time.pass_(minutes=1)
    page = _inbox(desk)
    assert _who(page) == ["Carla Gómez", "Beto Ruiz"]
    older = desk.get(_link(page, "Ver más")).text
    assert _who(older) == ["Ana Torres"]
    assert "Volver al principio" in older
    assert "Ver más" not in older


def test_who_waits_longest_comes_first_and_says_how_long(
    any_house: House, desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "PAGE", 1)
    for name, address in (("Ana Torres", ANA), ("Beto Ruiz", BETO), ("Carla Gómez", CARLA)):
        any_house.patient(name, address)
        talk = any_house.hear(address, "quiero hablar con alguien").conversation_id
        if name != "Carla Gómez":
            any_house.conversations.hand_off(talk, "wish", any_house.time.now)
        any_house.time.pass_(minutes=7)
    page = _inbox(desk, "?sort=waiting")
    assert _who(page) == ["Ana Torres"]
    assert "espera 21 min" in page
    then = desk.get(_link(page, "Ver más")).text
    assert _who(then) == ["Beto Ruiz"]
    assert "Ver más" not in then, "who waits for nobody is not listed"


def test_a_word_of_the_staff_ends_the_waiting_and_the_next_of_the_patient_begins_it(
    any_house: House, desk: FlaskClient
) -> None:
    any_house.patient("Ana Torres", ANA)
    talk = any_house.hear(ANA, "quiero hablar con alguien").conversation_id
    store = any_house.conversations
    store.hand_off(talk, "wish", any_house.time.now)
    any_house.time.pass_(minutes=1)
    store.take_over(talk, "lucero", any_house.time.now)
    store.say(talk, "Aquí estoy", author="staff:lucero", at=any_house.time.now)
    page = _inbox(desk)
    assert "espera " not in page
    assert "Responde una persona" in page
    any_house.time.pass_(minutes=2)
    any_house.hear(ANA, "gracias, ¿y el jueves?")
    any_house.time.pass_(minutes=4)
    assert "espera 4 min" in _inbox(desk)
    store.give_back(talk, any_house.time.now)
    assert "espera " not in _inbox(desk)


def test_states_are_filters_and_what_rests_is_done(
    any_house: House, desk: FlaskClient, sign_in: SignIn
) -> None:
    store, now = any_house.conversations, any_house.time.now
    talks = {}
    for name, address in (("Ana Torres", ANA), ("Beto Ruiz", BETO), ("Carla Gómez", CARLA)):
        any_house.patient(name, address)
        talks[name] = any_house.hear(address, f"soy {name}").conversation_id
    store.hand_off(talks["Ana Torres"], "wish", now)
    store.take_over(talks["Beto Ruiz"], "reception", now)
    by_state = {
        state: _who(_inbox(desk, f"?state={state}"))
        for state in ("waiting", "person", "bot", "done")
    }
    assert by_state == {
        "waiting": ["Ana Torres"],
        "person": ["Beto Ruiz"],
        "bot": ["Carla Gómez"],
        "done": [],
    }
    assert _who(_inbox(desk, "?mine=1")) == ["Beto Ruiz"]
    any_house.time.now += IDLE_OF_PATIENT + timedelta(minutes=1)
    sign_in(desk)
    assert _who(_inbox(desk, "?state=done")) == ["Carla Gómez"], "nobody says more for long"
    assert _who(_inbox(desk, "?state=waiting")) == ["Ana Torres"]


def test_channel_branch_and_tag_are_filters(any_house: House, desk: FlaskClient) -> None:
    ana, beto = any_house.patient("Ana Torres", ANA), any_house.patient("Beto Ruiz", BETO)
    any_house.visit(ana, "roma", any_house.time.now + timedelta(days=1))
    any_house.visit(beto, "paulista", any_house.time.now + timedelta(days=1))
    any_house.hear(ANA, "hola")
    any_house.hear(f"whatsapp:{BETO}", "oi", channel="whatsapp")
    thread = Threads(any_house.database).of_patient(ana.id)
    notes.add_tag(any_house, thread.id, "seguro")
    assert _who(_inbox(desk, "?channel=sms")) == ["Ana Torres"]
    assert _who(_inbox(desk, "?branch=paulista")) == ["Beto Ruiz"]
    assert _who(_inbox(desk, "?tag=seguro")) == ["Ana Torres"]
    assert _who(_inbox(desk, "?tag=seguro&channel=whatsapp")) == []
    assert '<span class="tag">seguro</span>' in _inbox(desk)


def test_a_thread_is_unread_until_it_is_opened_and_again_when_more_is_said(
    any_house: House, desk: FlaskClient
) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "hola")
    assert _who(_inbox(desk, "?unread=1")) == ["Ana Torres"]
    assert '<li class="unread">' in _inbox(desk)
    desk.get(f"/console/patients/{ana.id}")
    assert _who(_inbox(desk, "?unread=1")) == []
    assert '<li class="unread">' not in _inbox(desk)
    any_house.time.pass_(minutes=1)
    any_house.hear(ANA, "¿siguen ahí?")
    assert _who(_inbox(desk, "?unread=1")) == ["Ana Torres"]


def test_what_a_colleague_has_read_is_still_unread_to_me(
    any_house: House, desk: FlaskClient, sign_in: SignIn
) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "hola")
    desk.get(f"/console/patients/{ana.id}")
    any_house.time.pass_(minutes=1)
    add_user(any_house.database, "lucero", PASSWORD, "reception", clock=any_house.clock)
    other = any_house.app().test_client()
    sign_in(other, "lucero")
    assert _who(_inbox(other, "?unread=1")) == [], "what was said before they came is not theirs"
    any_house.hear(ANA, "¿siguen ahí?")
    desk.get(f"/console/patients/{ana.id}")
    assert _who(_inbox(other, "?unread=1")) == ["Ana Torres"]


def test_an_old_page_of_a_thread_reads_nothing(any_house: House, desk: FlaskClient) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    first = any_house.hear(ANA, "hola")
    any_house.time.pass_(seconds=1)
    for _ in range(threads.PAGE):
        any_house.time.pass_(seconds=1)
        any_house.hear(ANA, "y otra cosa")
    desk.get(f"/console/patients/{ana.id}?at={first.id}")
    assert _who(_inbox(desk, "?unread=1")) == ["Ana Torres"]


def test_only_threads_of_ones_own_branches_are_listed_and_the_page_is_full(
    any_house: House, desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "PAGE", 2)
    with any_house.database.begin() as session:
        session.add(UserBranchRow(user_name="reception", branch="roma"))
    for number in range(6):
        address = f"+52550000001{number}"
        patient = any_house.patient(f"Paciente {number}", address)
        branch = "roma" if number < 3 else "paulista"
        start = any_house.time.now + timedelta(days=1, hours=number)
        any_house.visit(patient, branch, start)
        any_house.hear(address, "hola")
        any_house.time.pass_(minutes=1)
    page = _inbox(desk)
    assert _who(page) == ["Paciente 2", "Paciente 1"]
    assert _who(desk.get(_link(page, "Ver más")).text) == ["Paciente 0"]
    assert desk.get("/console/inbox?branch=paulista").status_code == 404
    any_house.hear(STRANGER, "oi")
    assert _who(_inbox(desk))[0] == "+55 ••• 7777", "nobody knows yet whose they are"


@pytest.mark.parametrize(
    "query",
    [
        "?after=x&sort=waiting",
        "?after=2026-03-05T16:00:00~x&sort=waiting",
        f"?after={'9' * 400}",
        "?after=%00&state=%22&channel=%27--&tag=" + "x" * 10_000,
        "?state=<script>&sort=1&tag=%E2%80%AEx",
    ],
)
def test_forged_filters_have_a_clear_answer(
    any_house: House, desk: FlaskClient, query: str
) -> None:
    any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "hola")
    page = _inbox(desk, query)
    assert "<script>" not in page
    assert "\u202e" not in page


def test_what_patients_write_is_shown_and_never_run(any_house: House, desk: FlaskClient) -> None:
    any_house.patient("Ana <b>Torres</b>", ANA)
    any_house.hear(ANA, "<img src=x onerror=alert(1)> \u202etrap" + "x" * 10_000)
    page = _inbox(desk)
    assert "<img" not in page
    assert "<b>Torres" not in page
    assert "\u202e" not in page
    assert len(page) < 20_000


def test_the_inbox_is_where_the_desk_begins(any_house: House, desk: FlaskClient) -> None:
    assert desk.get("/console/").location == "/console/inbox"


def test_an_empty_inbox_says_so(any_house: House, desk: FlaskClient) -> None:
    assert "Todavía nadie ha escrito" in _inbox(desk)
    assert "No hay conversaciones así" in _inbox(desk, "?state=waiting")
