"""The outbox and the providers' receipts."""

from itertools import permutations

import pytest

from conversations.model import Delivery, Message, Receipt
from conversations.outbox import MAX_ATTEMPTS
from conversations.ports import SendFailed
from tests.conversations_core.world import ANA, CLINIC, World


def _queued(world: World, text: str = "Recordatorio", author: str = "outreach") -> Message:
    talk = world.store.reach(ANA, "sms", CLINIC, world.patients, world.now)
    return world.store.say(talk.id, text, author=author, at=world.now)


def _now(world: World, message: Message) -> Message:
    return next(each for each in world.store.thread(ANA) if each.id == message.id)


def test_a_queued_message_is_sent_once_and_keeps_the_providers_id(any_world: World) -> None:
    world = any_world
    message = _queued(world)
    assert message.state == Delivery.QUEUED
    assert world.deliveries.send_due(world.now) == 1
    assert world.deliveries.send_due(world.now) == 0
    sent = _now(world, message)
    assert (sent.state, sent.provider_id) == (Delivery.ACCEPTED, f"SM{1:032d}")


def test_a_failure_that_may_pass_is_tried_again_later_and_later(world: World) -> None:
    message = _queued(world)
    world.provider.failures = [SendFailed("20429", retryable=True) for _ in range(2)]
    world.deliveries.send_due(world.now)
    assert _now(world, message).state == Delivery.QUEUED
    assert world.deliveries.send_due(world.now) == 0
    world.later(seconds=5)
    world.deliveries.send_due(world.now)
    world.later(seconds=9)
    assert world.deliveries.send_due(world.now) == 0
    world.later(seconds=1)
    world.sweep()
    assert _now(world, message).state == Delivery.ACCEPTED


def test_a_failure_that_does_not_pass_ends_as_failed(world: World) -> None:
    message = _queued(world)
    world.provider.failures = [SendFailed("20429", retryable=True) for _ in range(99)]
    for _ in range(20):
        world.deliveries.send_due(world.now)
        world.later(hours=1)
    assert len(world.provider.failures) == 99 - MAX_ATTEMPTS
    failed = _now(world, message)
    assert (failed.state, failed.error_code) == (Delivery.FAILED, "20429")


def test_a_number_that_takes_no_messages_fails_at_once_without_an_alert(world: World) -> None:
    message = _queued(world)
    world.provider.failures = [SendFailed("21211")]
    world.deliveries.send_due(world.now)
    failed = _now(world, message)
    assert (failed.state, failed.error_code) == (Delivery.FAILED, "21211")
    assert world.alerts() == []


def test_our_own_mistake_is_told_to_the_staff(world: World) -> None:
    message = _queued(world)
    world.provider.failures = [SendFailed("21606", ours=True)]
    world.deliveries.send_due(world.now)
    assert _now(world, message).state == Delivery.FAILED
    assert world.alerts() == [("alert", "delivery")]


def test_a_channel_without_a_sender_is_our_mistake(world: World) -> None:
    talk = world.store.reach(ANA, "pigeon", CLINIC, world.patients, world.now)
    message = world.store.say(talk.id, "hola", author="outreach", at=world.now)
    world.deliveries.send_due(world.now)
    assert _now(world, message).error_code == "no_channel"
    assert world.alerts() == [("alert", "delivery")]


def test_an_opt_out_that_only_the_provider_knew_is_kept(world: World) -> None:
    message = _queued(world)
    world.provider.failures = [SendFailed("21610", opted_out=True)]
    world.deliveries.send_due(world.now)
    assert _now(world, message).state == Delivery.WITHHELD
    assert world.patients.opted_out(ANA)


def test_outreach_to_who_opted_out_is_withheld_and_an_answer_is_not(world: World) -> None:
    world.patients.set_consent(ANA, given=False, channel="sms", words="STOP", at=world.now)
    message = _queued(world)
    world.says("¿a qué hora es mi cita?")
    assert _now(world, message).state == Delivery.WITHHELD
    assert world.provider.texts == ["answer to ¿a qué hora es mi cita?"]


@pytest.mark.parametrize("failure", [SendFailed("timeout", unknown=True), RuntimeError("broke")])
def test_a_message_that_may_have_been_taken_is_never_sent_again(
    world: World, failure: Exception
) -> None:
    message = _queued(world)
    world.provider.failures = [failure]
    for _ in range(3):
        world.deliveries.send_due(world.now)
        world.later(minutes=10)
        world.deliveries.reconcile(world.now)
    assert _now(world, message).state == Delivery.SENDING
    assert world.provider.sent == []
    world.later(hours=1)
    world.deliveries.reconcile(world.now)
    assert _now(world, message).state == Delivery.FAILED
    assert world.alerts() == [("alert", "delivery")]
    world.deliveries.apply(Receipt("SMlate", Delivery.SENT, message.id))
    late = _now(world, message)
    assert (late.state, late.provider_id, late.error_code) == (Delivery.SENT, "SMlate", None)


def test_messages_of_one_conversation_go_out_in_order(any_world: World) -> None:
    world = any_world
    first, second = _queued(world, "uno"), _queued(world, "dos")
    world.provider.failures = [SendFailed("20429", retryable=True)]
    world.deliveries.send_due(world.now)
    assert world.provider.sent == []
    world.says("hello", "+12025550143")
    assert world.provider.texts == ["answer to hello"]
    world.later(seconds=5)
    world.deliveries.send_due(world.now)
    assert world.provider.texts[1:] == ["uno", "dos"]
    assert {_now(world, each).state for each in (first, second)} == {Delivery.ACCEPTED}


def test_an_uncertain_message_does_not_hold_the_next(world: World) -> None:
    _queued(world, "uno")
    _queued(world, "dos")
    world.provider.failures = [SendFailed("timeout", unknown=True)]
    world.deliveries.send_due(world.now)
    assert world.provider.texts == ["dos"]


RANKED = [
    ((Delivery.ACCEPTED, Delivery.SENT, Delivery.DELIVERED), Delivery.DELIVERED),
    ((Delivery.ACCEPTED, Delivery.SENT, Delivery.DELIVERED, Delivery.READ), Delivery.READ),
    ((Delivery.ACCEPTED, Delivery.SENT, Delivery.UNDELIVERED), Delivery.UNDELIVERED),
    ((Delivery.ACCEPTED, Delivery.FAILED), Delivery.FAILED),
    ((Delivery.SENT, Delivery.UNDELIVERED, Delivery.DELIVERED), Delivery.DELIVERED),
    ((Delivery.FAILED, Delivery.READ), Delivery.READ),
    ((Delivery.SENT, Delivery.SENT, Delivery.DELIVERED), Delivery.DELIVERED),
]


@pytest.mark.parametrize(
    ("order", "end"),
    [(order, end) for states, end in RANKED for order in sorted(set(permutations(states)))],
)
def test_receipts_in_any_order_end_right(
    world: World, order: tuple[Delivery, ...], end: Delivery
) -> None:
    message = _queued(world)
    world.deliveries.send_due(world.now)
    for state in order:
        code = "30003" if state in {Delivery.FAILED, Delivery.UNDELIVERED} else None
        assert world.deliveries.apply(Receipt(f"SM{1:032d}", state, message.id, code))
    settled = _now(world, message)
    assert settled.state == end
    assert (settled.error_code is None) == (end not in {Delivery.FAILED, Delivery.UNDELIVERED})


def test_a_receipt_before_we_noted_the_acceptance_counts(world: World) -> None:
    message = _queued(world)
    send = world.provider.send

    def deliver_at_once(outbound: object) -> str:
        provider_id = send(outbound)  # type: ignore[arg-type]
        world.deliveries.apply(Receipt(provider_id, Delivery.DELIVERED, message.id))
        return provider_id

    world.provider.send = deliver_at_once  # type: ignore[method-assign, assignment]
    world.deliveries.send_due(world.now)
    assert _now(world, message).state == Delivery.DELIVERED


def test_a_receipt_finds_its_message_by_the_providers_id_too(world: World) -> None:
    message = _queued(world)
    world.deliveries.send_due(world.now)
    assert world.deliveries.apply(Receipt(f"SM{1:032d}", Delivery.DELIVERED))
    assert _now(world, message).state == Delivery.DELIVERED


def test_a_receipt_of_nothing_is_no_error(world: World) -> None:
    assert world.deliveries.apply(Receipt("SMnone", Delivery.SENT)) is False
    assert world.deliveries.apply(Receipt("SMnone", Delivery.SENT, "0" * 32)) is False


def test_a_receipt_may_tell_of_an_opt_out(world: World) -> None:
    message = _queued(world)
    world.deliveries.send_due(world.now)
    receipt = Receipt("SM1", Delivery.FAILED, message.id, "21610", opted_out=True)
    assert world.deliveries.apply(receipt)
    assert _now(world, message).state == Delivery.WITHHELD
    assert world.patients.opted_out(ANA)


def test_no_transaction_is_open_while_the_provider_is_called(world: World) -> None:
    _queued(world)
    send = world.provider.send

    def check(outbound: object) -> str:
        with world.database.begin():  # would wait for ever within another transaction
            pass
        return send(outbound)  # type: ignore[arg-type]

    world.provider.send = check  # type: ignore[method-assign, assignment]
    assert world.deliveries.send_due(world.now) == 1
