"""Who went silent in the middle of a journey is asked once whether to go on."""

from datetime import datetime, timedelta

import pytest

from conversations.model import Choice, Inbound, Message
from conversations.tables import ConversationRow, MessageRow
from outreach.follow_ups.nudge import nudge_silent
from tests.outreach.world import DAY, World

ANA = "+525500000001"
MINUTE = timedelta(minutes=1)


def asked(
    world: World,
    at: datetime,
    flow: str | None = "book_form",
    text: str = "¿En qué sucursal?",
    address: str = ANA,
    *,
    heard: bool = True,
    **choices: str,
) -> str:
    """The patient has written, and the bot has asked back; the conversation."""
    if heard:
        world.hears(address, at, text="Quiero una cita")
    talk = world.services.conversations.recent(1)[0]
    offered = [Choice(title, payload) for title, payload in choices.items()]
    said = world.services.conversations.say(talk.id, text, author="bot", at=at, choices=offered)
    with world.services.database.begin() as session:
        session.query(ConversationRow).filter_by(id=talk.id).update({"flow": flow})
        session.query(MessageRow).filter_by(conversation_id=talk.id).update(
            {"next_attempt_at": None, "state": "answered"}
        )
    assert said.conversation_id == talk.id
    return talk.id


def nudged(world: World, at: datetime) -> list[str]:
    """In which conversations patients are asked now."""
    world.now[0] = at
    return [each["about"] for each in nudge_silent(world.services, at)]


def last(world: World, talk: str) -> Message:
    return world.services.conversations.messages(talk)[-1]


@pytest.mark.parametrize("flow", ["book_form", "reschedule_form", "cancel_form"])
def test_after_twenty_minutes_of_silence_the_patient_is_asked_once(
    any_world: World, flow: str
) -> None:
    world, at = any_world, any_world.at(DAY, 10)
    talk = asked(world, at, flow)
    assert nudged(world, at + 19 * MINUTE) == []
    assert nudged(world, at + 20 * MINUTE) == [talk]
    assert nudged(world, at + 21 * MINUTE) == []
    assert nudged(world, at + 41 * MINUTE) == []
    assert [choice.payload for choice in last(world, talk).choices] == [
        f'/go_on{{"talk": "{talk}"}}',
        f'/leave_it{{"talk": "{talk}"}}',
        "/talk_to_human",
    ]


def test_never_twice_in_a_talk_though_it_went_on(world: World) -> None:
    at = world.at(DAY, 10)
    talk = asked(world, at)
    assert nudged(world, at + 20 * MINUTE) == [talk]
    assert asked(world, at + 25 * MINUTE) == talk
    assert nudged(world, at + 46 * MINUTE) == []


def test_after_half_an_hour_it_would_come_out_of_nowhere(world: World) -> None:
    asked(world, world.at(DAY, 10))
    assert nudged(world, world.at(DAY, 10, 30)) == []


@pytest.mark.parametrize("flow", [None, "price_form", "check_form", "feedback_form"])
def test_a_side_question_is_left_alone(world: World, flow: str | None) -> None:
    asked(world, world.at(DAY, 10), flow)
    assert nudged(world, world.at(DAY, 10, 21)) == []


def test_what_is_no_question_is_left_alone(world: World) -> None:
    asked(world, world.at(DAY, 10), text="Un momento.")
    assert nudged(world, world.at(DAY, 10, 21)) == []


def test_while_a_person_has_the_thread_or_is_waited_for_nothing_is_asked(world: World) -> None:
    at = world.at(DAY, 10)
    talk = asked(world, at)
    world.services.conversations.hand_off(talk, "wish", at)
    assert nudged(world, at + 21 * MINUTE) == []
    world.services.conversations.take_over(talk, "demo", at)
    assert nudged(world, at + 22 * MINUTE) == []


def test_in_the_evening_nothing_is_asked(world: World) -> None:
    asked(world, world.at(DAY, 20, 45))
    assert nudged(world, world.at(DAY, 21, 6)) == []


def test_who_has_opted_out_is_not_asked(world: World) -> None:
    at = world.at(DAY, 10)
    asked(world, at)
    world.services.patients.set_consent(ANA, given=False, channel="sms", words="ALTO", at=at)
    assert nudged(world, at + 21 * MINUTE) == []


def test_what_was_done_elsewhere_meanwhile_is_not_asked_about(world: World) -> None:
    at = world.at(DAY, 10)
    visit = world.visit(world.ana, world.at(DAY + timedelta(days=3), 10))
    asked(world, at, "reschedule_form")
    world.move(visit, world.at(DAY + timedelta(days=5), 10), at + 5 * MINUTE)
    assert nudged(world, at + 21 * MINUTE) == []


def test_a_number_that_nobody_is_known_by_is_asked_too(world: World) -> None:
    at = world.at(DAY, 10)
    talk = asked(world, at, address="+525500000077")
    assert nudged(world, at + 21 * MINUTE) == [talk]


def test_a_call_that_broke_off_goes_on_by_text_message(world: World) -> None:
    at = world.at(DAY, 10)
    call = Inbound("voice", "CA1-1", ANA, "+525550000100", "cambiar", at, call_id="CA1")
    world.services.conversations.receive(call, world.services.patients)
    talk = asked(world, at + MINUTE, "reschedule_form", heard=False)
    assert nudged(world, at + 21 * MINUTE) == [talk]
    assert last(world, talk).channel == "sms"


def test_on_a_day_with_a_reminder_it_is_asked_all_the_same(world: World) -> None:
    visit = world.visit(world.ana, world.at(DAY + timedelta(days=1), 10))
    assert world.remind(visit.start - timedelta(hours=24))
    talk = asked(world, world.at(DAY, 10, 5), "reschedule_form")
    assert nudged(world, world.at(DAY, 10, 26)) == [talk]
