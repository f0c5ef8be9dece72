"""Answers within a call: at once or soon, and never as a message."""

import time
from threading import Event

from conversations.model import Choice, ConversationState, Delivery, Reception
from conversations.ports import EngineFailed
from tests.conversations_core.world import ANA, EMMA, World, says, waits_for

CONFIRM = Choice("Confirmar", '/confirm_appointment{"visit": "v1:1"}')


def test_a_call_is_answered_at_once_and_noted_as_spoken(any_world: World) -> None:
    world = any_world
    answer = world.calls("quiero una cita")
    assert answer.finished
    assert [each.text for each in answer.utterances] == ["answer to quiero una cita"]
    assert world.store.thread(ANA)[-1].state == Delivery.SPOKEN
    world.work()
    assert world.provider.sent == []


def test_a_call_begins_with_a_turn_of_ours(world: World) -> None:
    world.engine.replies["/greet"] = says("Hola, ¿en qué te ayudo?", CONFIRM)
    answer = world.calls("", opening="/greet")
    assert [each.text for each in answer.utterances] == ["Hola, ¿en qué te ayudo?"]
    assert world.engine.heard == ["/greet"]
    opened = world.store.thread(ANA)[0]
    assert (opened.text, opened.payload, opened.state) == ("", "/greet", Reception.ANSWERED)
    assert opened.provider_id == "in1"
    world.calls("1")
    assert world.engine.asked[-1].payload == CONFIRM.payload


def test_an_opening_and_words_are_two_turns_answered_together(world: World) -> None:
    answer = world.calls("quiero una cita", opening="/greet")
    assert [each.text for each in answer.utterances] == [
        "answer to /greet",
        "answer to quiero una cita",
    ]


def test_a_repeated_webhook_is_answered_with_the_same_words(world: World) -> None:
    inbound = world.inbound("hola", channel="voice", call_id="CA1")
    first = world.turns.answer_now(inbound, 30.0)
    again = world.turns.answer_now(inbound, 30.0)
    assert first.utterances == again.utterances
    assert first.turn == again.turn
    assert len(world.engine.asked) == 1


def test_a_slow_engine_is_held_and_collected(world: World) -> None:
    release = Event()
    world.engine.before = waits_for(release)
    inbound = world.inbound("hola", channel="voice", call_id="CA1")
    began = time.monotonic()
    answer = world.turns.answer_now(inbound, 0.3)
    assert time.monotonic() - began < 2
    assert (answer.finished, answer.utterances) == (False, ())
    assert world.turns.collect(answer.turn, 0.1).finished is False
    release.set()
    answer = world.turns.collect(answer.turn, 5.0)
    assert [each.text for each in answer.utterances] == ["answer to hola"]
    assert world.store.thread(ANA)[-1].state == Delivery.SPOKEN
    assert len(world.engine.asked) == 1


def test_what_the_caller_did_not_wait_for_is_not_spoken(world: World) -> None:
    release = Event()
    world.engine.before = waits_for(release)
    answer = world.turns.answer_now(world.inbound("hola", channel="voice", call_id="CA1"), 0.2)
    release.set()
    world.turns.close()
    assert world.store.thread(ANA)[-1].state == Delivery.QUEUED
    world.work()
    assert world.provider.sent == []
    world.later(minutes=6)
    world.turns.sweep(world.now)
    last = world.store.thread(ANA)[-1]
    assert (last.state, last.error_code) == (Delivery.FAILED, "unheard")
    assert answer.finished is False


def test_a_caller_hears_that_the_engine_is_down_and_the_staff_take_it_up(world: World) -> None:
    world.down()
    answer = world.calls("quiero cancelar")
    assert answer.finished
    assert "falla nuestra" in answer.utterances[0].text
    assert world.alerts() == [("handoff", "failure")]
    world.engine.trouble = EngineFailed("status 500")
    assert "falla nuestra" in world.calls("¿hola?").utterances[0].text


def test_a_caller_does_not_wait_behind_a_text_that_waits_for_the_engine(world: World) -> None:
    world.down()
    world.says("hola")
    answer = world.calls("¿bueno?")
    assert answer.finished
    world.up()
    answer = world.calls("¿bueno? sigo aquí")
    assert answer.utterances[0].text == "answer to ¿bueno? sigo aquí"


def test_zero_in_a_call_asks_for_a_person(world: World) -> None:
    world.calls("0")
    assert world.engine.asked[-1].payload == "/talk_to_human"


def test_a_star_repeats_what_was_said_with_its_choices(world: World) -> None:
    world.engine.replies["hola"] = says("¿Confirmas?", CONFIRM)
    world.calls("hola")
    for _ in range(2):
        answer = world.calls("*")
        assert answer.utterances[0].text == "¿Confirmas?"
        assert answer.utterances[0].choices == (CONFIRM,)
    world.calls("1")
    assert world.engine.heard == ["hola", CONFIRM.payload]


def test_a_star_never_repeats_what_was_texted(world: World) -> None:
    world.says("hola")
    world.calls("*")
    assert world.engine.heard == ["hola", "*"]


def test_a_caller_whose_conversation_a_person_has_is_left_to_them(world: World) -> None:
    talk = world.says("hola")
    world.store.take_over(talk.id, "laura", world.now)
    answer = world.calls("¿bueno?")
    assert (answer.finished, answer.utterances) == (True, ())
    assert answer.state is ConversationState.PERSON


def test_a_text_that_arrives_during_a_call_is_answered_by_text(world: World) -> None:
    world.arrives("mi dirección es otra")
    answer = world.calls("¿bueno?")
    world.work()
    assert [each.text for each in answer.utterances] == ["answer to ¿bueno?"]
    assert world.provider.texts == ["answer to mi dirección es otra"]


def test_calls_of_two_people_do_not_wait_for_each_other(world: World) -> None:
    release = Event()
    world.engine.before = waits_for(release)
    first = world.turns.answer_now(world.inbound("hola", channel="voice", call_id="CA1"), 0.1)
    world.engine.before = lambda: None
    second = world.turns.answer_now(world.inbound("hi", EMMA, "voice", call_id="CA2"), 30.0)
    assert (first.finished, second.finished) == (False, True)
    release.set()
