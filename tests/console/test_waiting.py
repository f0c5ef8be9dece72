"""Who waits for a person, and striking out what was seen to."""

from typing import TYPE_CHECKING

from flask.testing import FlaskClient

from conversations.model import ConversationState

if TYPE_CHECKING:
    from tests.console.conftest import House

ANA, BETO = "+525500000001", "+525500000002"


def _strike_out(staff: FlaskClient, identifier: str) -> int:
    page = staff.get("/console/waiting").text
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    form = {"csrf_token": token, "id": identifier}
    return staff.post("/console/waiting", data=form).status_code


def test_nobody_waits(staff: FlaskClient) -> None:
    assert "Nadie espera a una persona" in staff.get("/console/waiting").text


def test_the_longest_waiting_is_first_and_emergencies_before_all(
    house: "House", staff: FlaskClient
) -> None:
    house.patient("Ana Torres", ANA)
    house.patient("Beto Ruiz", BETO)
    first = house.hear(ANA, "quiero una persona")
    house.conversations.hand_off(first.conversation_id, "wish", house.time.now)
    house.time.pass_(minutes=20)
    second = house.hear(BETO, "me duele el pecho")
    house.conversations.hand_off(second.conversation_id, "emergency", house.time.now)
    house.time.pass_(minutes=90)
    page = _fresh(staff)
    assert page.index("Beto Ruiz") < page.index("Ana Torres")
    assert "posible emergencia" in page
    assert "1 h" in page


def _fresh(staff: FlaskClient) -> str:
    """The page as of now: the hour and a half that passed has ended the session."""
    token = staff.get("/console/sign-in").text.split('name="csrf_token" value="', 1)[1]
    form = {
        "csrf_token": token.split('"', 1)[0],
        "name": "reception",
        "password": "a calm aurora morning",
        "next": "/console/waiting",
    }
    return staff.post("/console/sign-in", data=form, follow_redirects=True).text


def test_every_page_tells_how_many_wait(house: "House", staff: FlaskClient) -> None:
    heard = house.hear(ANA, "persona")
    house.conversations.hand_off(heard.conversation_id, "wish", house.time.now)
    assert '<b class="count">1</b>' in staff.get("/console/agenda").text


def test_what_was_seen_to_leaves_the_queue_and_the_bot_answers_again(
    house: "House", staff: FlaskClient
) -> None:
    heard = house.hear(ANA, "persona")
    house.conversations.hand_off(heard.conversation_id, "wish", house.time.now)
    (handoff,) = house.conversations.open_handoffs()
    assert _strike_out(staff, handoff.id) == 303
    assert not house.conversations.open_handoffs()
    state = house.conversations.conversation(heard.conversation_id).state
    assert state is ConversationState.BOT


def test_an_alert_is_struck_out_without_touching_who_answers(
    house: "House", staff: FlaskClient
) -> None:
    heard = house.hear(ANA, "hola")
    house.conversations.take_over(heard.conversation_id, "reception", house.time.now)
    house.conversations.alert(heard.conversation_id, "delivery", house.time.now)
    (alert,) = house.conversations.open_handoffs()
    assert _strike_out(staff, alert.id) == 303
    assert not house.conversations.open_handoffs()
    state = house.conversations.conversation(heard.conversation_id).state
    assert state is ConversationState.PERSON


def test_what_somebody_else_has_seen_to_is_not_there_any_more(
    house: "House", staff: FlaskClient
) -> None:
    assert _strike_out(staff, "gone") == 404


def test_a_reason_that_came_later_than_this_page_is_shown_as_it_is(
    house: "House", staff: FlaskClient
) -> None:
    heard = house.hear(ANA, "hola")
    house.conversations.hand_off(heard.conversation_id, "brand_new", house.time.now)
    assert "brand_new" in staff.get("/console/waiting").text
