"""Calls that we place: when they ring, whose they are, and what their keys choose."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from clinic.consents import Purpose
from conversations.call_log import CallLog, QuietCall
from conversations.deliveries import Deliveries
from conversations.gates import STOP_CALLS
from conversations.model import Answer, Choice, Delivery, Inbound, Message, Receipt
from conversations.outgoing import Post
from conversations.ports import SendFailed
from tests.conversations_core.world import ANA, CLINIC, FAMILY, World, says

CONFIRM = Choice("Confirmar", '/confirm_appointment{"visit": "v1:1"}')
CANCEL = Choice("Cancelar", '/cancel_appointment{"visit": "v1:1"}')
TEXT = "Clínica Aurora le recuerda su cita: mañana a las 10."


class Exchange:
    """The world's outbox with a telephone, and when it may ring."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.from_when: datetime | None = world.now
        self.log = CallLog(world.database, world.patients)
        senders = {"sms": world.provider, "voice": world.provider}
        self.deliveries = Deliveries(
            world.database,
            senders,
            world.patients,
            spoken=["voice"],
            when_to_call=self._when_to_call,
        )

    def _when_to_call(
        self, _address: str, choices: Sequence[Choice], now: datetime
    ) -> datetime | None:
        assert CONFIRM in choices
        return self.from_when and max(self.from_when, now)

    def queue(self, address: str = ANA, key: str | None = None) -> Message:
        """As outreach does."""
        world = self.world
        talk = world.store.reach(address, "sms", CLINIC, world.patients, world.now)
        return world.store.say(
            talk.id,
            TEXT,
            author="outreach",
            at=world.now,
            choices=[CONFIRM, CANCEL],
            post=Post("voice", address, CLINIC, address),
            key=key,
        )

    def send(self) -> list[str]:
        """On which channels something went out now."""
        before = len(self.world.provider.sent)
        self.deliveries.send_due(self.world.now)
        return [each.channel for each in self.world.provider.sent[before:]]

    def call(self, step: int = 0, text: str = "", address: str = ANA) -> Inbound:
        inbound = self.world.inbound(text, address, "voice", call_id="CA1")
        return replace(inbound, provider_id=f"CA1:{step}")

    def take(self, message: Message, address: str = ANA) -> Answer:
        self.log.note(self.call(address=address), message.id)
        answer = self.log.take(message.id, self.call(address=address))
        self.tell(Delivery.ANSWERED, message)
        assert answer is not None
        return answer

    def tell(self, state: Delivery, message: Message) -> None:
        self.deliveries.apply(Receipt("CA1", state, message.id))

    def end(self, message: Message | None = None) -> None:
        self.log.note(self.call(), message.id if message else None, over=True)

    def state(self, message: Message, address: str = ANA) -> str:
        return next(m.state for m in self.world.store.thread(address) if m.id == message.id)

    def quiet(self) -> Sequence[QuietCall]:
        now = self.world.now
        return self.log.quiet(now - timedelta(hours=12), now)


def test_a_call_waits_for_the_hour_and_holds_nothing_that_is_written(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    exchange.from_when = world.now + timedelta(hours=11)
    message = exchange.queue()
    assert exchange.send() == []
    assert exchange.state(message) == Delivery.QUEUED
    world.store.say(message.conversation_id, "Hola", author="staff:laura", at=world.now)
    assert exchange.send() == ["sms"]
    world.later(hours=11)
    assert exchange.send() == ["voice"]


def test_putting_off_costs_no_try(world: World) -> None:
    exchange = Exchange(world)
    exchange.queue()
    for _ in range(10):
        exchange.from_when = world.now + timedelta(hours=1)
        assert exchange.send() == []
        world.later(hours=1)
    exchange.from_when = world.now
    world.provider.failures = [SendFailed("20429", retryable=True)]
    assert exchange.send() == []
    world.later(minutes=1)
    assert exchange.send() == ["voice"]


def test_nobody_is_called_about_what_is_no_longer_so(any_world: World) -> None:
    exchange = Exchange(any_world)
    exchange.from_when = None
    message = exchange.queue()
    assert exchange.send() == []
    assert exchange.state(message) == Delivery.FAILED


@pytest.mark.parametrize("purpose", [Purpose.CALLS, Purpose.MESSAGES])
def test_who_wants_no_calls_is_not_called(world: World, purpose: Purpose) -> None:
    exchange = Exchange(world)
    message = exchange.queue()
    world.patients.set_consent(
        ANA, given=False, channel="sms", words="no", at=world.now, purpose=purpose
    )
    assert exchange.send() == []
    assert exchange.state(message) == Delivery.WITHHELD


def test_who_wants_no_calls_still_gets_messages(world: World) -> None:
    exchange = Exchange(world)
    world.patients.set_consent(
        ANA, given=False, channel="sms", words="no", at=world.now, purpose=Purpose.CALLS
    )
    talk = world.store.reach(ANA, "sms", CLINIC, world.patients, world.now)
    world.store.say(talk.id, "Recordatorio", author="outreach", at=world.now)
    assert exchange.send() == ["sms"]


def test_nobody_is_called_twice_at_once(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    first, second = exchange.queue(), exchange.queue()
    assert exchange.send() == ["voice"]
    exchange.take(first)
    world.later(minutes=1)
    assert exchange.send() == []
    exchange.tell(Delivery.SPOKEN, first)
    exchange.end(first)
    world.later(minutes=1)
    assert exchange.send() == ["voice"]
    assert exchange.state(second) == Delivery.ACCEPTED


def test_many_workers_place_one_call_at_a_time(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    for _ in range(6):
        exchange.queue()
    barrier = Barrier(3)

    def sweep(_number: int) -> None:
        barrier.wait(10)
        exchange.deliveries.send_due(world.now)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(sweep, range(3)))
    assert len(world.provider.sent) <= 1
    world.later(minutes=1)
    exchange.send()
    assert len(world.provider.sent) == 1


def test_who_is_calling_us_is_not_called(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    exchange.log.note(exchange.call())
    exchange.queue()
    assert exchange.send() == []
    exchange.end()
    world.later(minutes=1)
    assert exchange.send() == ["voice"]


def test_a_call_of_whose_end_nothing_is_heard_does_not_hold_the_line_for_ever(
    world: World,
) -> None:
    exchange = Exchange(world)
    exchange.take(exchange.queue())
    exchange.queue()
    world.later(minutes=31)
    assert "voice" in exchange.send()


def test_the_keys_choose_among_what_the_call_was_placed_to_say(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    message = exchange.queue()
    exchange.send()
    world.engine.replies["/greet"] = says("¿Qué desea?", Choice("Precios", "/ask_price"))
    world.calls("", call="CA0", opening="/greet")  # a call of theirs in between
    answer = exchange.take(message)
    assert answer.utterances[0].text == TEXT
    assert answer.utterances[0].choices == (CONFIRM, CANCEL)
    world.turns.answer_now(exchange.call(1, "2"), 30.0)
    assert world.engine.heard[-1] == CANCEL.payload


def test_on_a_shared_phone_the_keys_choose_too(world: World) -> None:
    exchange = Exchange(world)
    message = exchange.queue(FAMILY)
    answer = exchange.take(message, FAMILY)
    assert answer.conversation.patient_id is None
    world.turns.answer_now(exchange.call(1, "1", FAMILY), 30.0)
    assert world.engine.heard == [CONFIRM.payload]


def test_a_repeated_first_step_says_the_same_once(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    message = exchange.queue()
    first, again = exchange.take(message), exchange.take(message)
    assert (first.utterances, first.turn) == (again.utterances, again.turn)
    assert [each.direction for each in world.store.thread(ANA)] == ["out", "in"]


def test_a_late_receipt_makes_a_heard_call_no_worse(world: World) -> None:
    exchange = Exchange(world)
    message = exchange.queue()
    exchange.send()
    exchange.take(message)
    exchange.tell(Delivery.SPOKEN, message)
    for late in (Delivery.ANSWERED, Delivery.BUSY, Delivery.FAILED):
        exchange.tell(late, message)
    assert exchange.state(message) == Delivery.SPOKEN


def test_a_word_left_on_a_machine_is_not_told_as_heard(world: World) -> None:
    exchange = Exchange(world)
    message = exchange.queue()
    exchange.send()
    exchange.tell(Delivery.ANSWERED, message)
    exchange.tell(Delivery.VOICEMAIL, message)
    exchange.tell(Delivery.ANSWERED, message)
    assert exchange.state(message) == Delivery.VOICEMAIL


def test_the_key_for_no_more_calls_is_kept_before_it_is_said(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    exchange.take(exchange.queue())
    world.down()
    answer = world.turns.answer_now(exchange.call(1), 30.0, STOP_CALLS)
    assert "llamadas automáticas" in answer.utterances[0].text
    assert world.patients.opted_out(ANA, Purpose.CALLS)
    assert not world.patients.opted_out(ANA)
    assert world.engine.asked == []


def test_a_call_without_an_answer_to_anything_is_quiet(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    world.engine.replies["/greet"] = says("¿Qué desea?", CONFIRM)
    exchange.log.note(exchange.call())
    world.turns.answer_now(exchange.call(), 30.0, "/greet")
    assert exchange.quiet() == []
    exchange.end()
    (quiet,) = exchange.quiet()
    assert (quiet.address, quiet.text, quiet.choices) == (ANA, None, (CONFIRM,))


def test_a_call_with_an_answer_is_not_quiet(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    exchange.log.note(exchange.call())
    world.turns.answer_now(exchange.call(), 30.0, "/greet")
    world.turns.answer_now(exchange.call(1, "hola"), 30.0)
    exchange.end()
    assert exchange.quiet() == []


def test_a_call_in_which_the_engine_failed_is_quiet(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    exchange.log.note(exchange.call())
    world.turns.answer_now(exchange.call(), 30.0, "/greet")
    world.down()
    world.turns.answer_now(exchange.call(1, "hola"), 30.0)
    exchange.end()
    assert [each.id for each in exchange.quiet()] == ["CA1"]


def test_who_wrote_since_is_left_to_that(any_world: World) -> None:
    world, exchange = any_world, Exchange(any_world)
    exchange.log.note(exchange.call())
    exchange.end()
    assert len(exchange.quiet()) == 1
    world.says("hola")
    assert exchange.quiet() == []


def test_a_call_of_ours_that_was_hung_up_on_is_quiet_with_its_choices(any_world: World) -> None:
    exchange = Exchange(any_world)
    message = exchange.queue()
    exchange.send()
    exchange.take(message)
    exchange.end(message)
    (quiet,) = exchange.quiet()
    assert (quiet.text, quiet.choices) == (TEXT, (CONFIRM, CANCEL))


@pytest.mark.parametrize("state", [Delivery.BUSY, Delivery.NO_ANSWER, Delivery.VOICEMAIL])
def test_a_call_of_ours_that_no_person_took_is_not_hung_up_on(
    any_world: World, state: Delivery
) -> None:
    exchange = Exchange(any_world)
    message = exchange.queue()
    exchange.send()
    exchange.tell(state, message)
    exchange.end(message)
    assert exchange.quiet() == []


def test_a_hidden_caller_is_not_kept(world: World) -> None:
    exchange = Exchange(world)
    exchange.log.note(exchange.call(address="anonymous"), over=True)
    assert exchange.quiet() == []
