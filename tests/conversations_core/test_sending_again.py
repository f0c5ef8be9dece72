"""What follows when a message did not arrive, may have, or may not go out yet."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from conversations.deliveries import Deliveries
from conversations.model import Choice, Delivery, Load, Message, Outbound, Receipt, Template
from conversations.outbox import MAX_ATTEMPTS
from conversations.outgoing import Post
from conversations.pace import InProcessPace
from conversations.ports import SendFailed
from tests.conversations_core.world import (
    ANA,
    ANA_WHATSAPP,
    CLINIC,
    EMMA,
    Provider,
    World,
)

HANDSET_OFF = (timedelta(minutes=10), timedelta(hours=1))


def _queued(
    world: World,
    text: str = "Recordatorio",
    *,
    author: str = "outreach",
    to: str = ANA,
    channel: str = "sms",
    key: str | None = None,
    choices: tuple[Choice, ...] = (),
) -> Message:
    talk = world.store.reach(to, channel, CLINIC, world.patients, world.now)
    post = Post(channel, to, CLINIC, talk.address)
    return world.store.say(
        talk.id, text, author=author, at=world.now, post=post, key=key, choices=choices
    )


def _all(world: World, address: str = ANA) -> list[tuple[str, str]]:
    return [(each.channel, each.state) for each in world.store.thread(address)]


def _lost(world: World, message: Message, code: str, **more: object) -> None:
    """The provider took it and then tells that it did not arrive."""
    world.deliveries.send_due(world.now)
    receipt = Receipt("", Delivery.UNDELIVERED, message.id, code, **more)  # type: ignore[arg-type]
    assert world.deliveries.apply(receipt)


# By another channel


@pytest.mark.parametrize("author", ["bot", "staff:reception", "outreach"])
@pytest.mark.parametrize("late", [False, True])
def test_what_whatsapp_cannot_deliver_follows_as_a_text_to_the_number_once(
    any_world: World, author: str, late: bool
) -> None:
    world = any_world
    choices = (Choice("Confirmar", "/confirm_appointment"),)
    message = _queued(world, author=author, to=ANA_WHATSAPP, channel="whatsapp", choices=choices)
    if late:
        for _ in range(2):
            _lost(world, message, "63016", elsewhere="text")
    else:
        world.provider.failures = [SendFailed("63003", elsewhere="text")]
    world.deliveries.send_due(world.now)
    last = world.provider.sent[-1]
    assert (last.channel, last.to, last.text, last.choices) == ("sms", ANA, message.text, choices)
    assert [channel for channel, _ in _all(world)] == ["whatsapp", "sms"]
    followed = world.store.thread(ANA)[-1]
    assert (followed.instead_of, followed.author) == (message.id, author)


def test_the_text_has_the_key_of_what_it_stands_for(world: World) -> None:
    keyed = _queued(world, to=ANA_WHATSAPP, channel="whatsapp", key="reminder:v:s:24")
    other = _queued(world, "otra", to=ANA_WHATSAPP, channel="whatsapp")
    world.provider.failures = [SendFailed("63016", elsewhere="text") for _ in range(2)]
    world.deliveries.send_due(world.now)
    for key, first in (("reminder:v:s:24:sms", keyed), (f"instead:{other.id}:sms", other)):
        said = world.store.said_for(key)
        assert said is not None
        assert said.instead_of == first.id


def test_what_another_has_said_by_text_is_not_said_again(world: World) -> None:
    message = _queued(world, to=ANA_WHATSAPP, channel="whatsapp", key="reminder:v:s:24")
    _queued(world, "por SMS", key="reminder:v:s:24:sms")
    _lost(world, message, "63016", elsewhere="text")
    world.deliveries.send_due(world.now)
    assert [each.text for each in world.provider.sent if each.channel == "sms"] == ["por SMS"]


@pytest.mark.parametrize("to", ["whatsapp:BR.1502", ANA_WHATSAPP])
def test_who_has_no_number_or_has_stopped_us_gets_no_text(world: World, to: str) -> None:
    world.patients.set_consent(ANA, given=False, channel="sms", words="STOP", at=world.now)
    message = _queued(world, author="bot", to=to, channel="whatsapp")
    _lost(world, message, "63003", elsewhere="text")
    assert world.deliveries.send_due(world.now) == 0


def test_a_landline_is_marked_for_a_call_and_not_texted_again(world: World) -> None:
    message = _queued(world)
    _lost(world, message, "30006", elsewhere="voice")
    assert world.deliveries.send_due(world.now) == 0
    assert _all(world) == [("sms", Delivery.UNDELIVERED)]


# Again, after a while


def test_a_phone_that_is_off_is_tried_again_later_and_then_no_more(any_world: World) -> None:
    world = any_world
    _queued(world)
    for wait in (timedelta(0), *HANDSET_OFF):
        world.now += wait - timedelta(seconds=1)
        assert world.deliveries.send_due(world.now) == 0 or not wait
        world.now += timedelta(seconds=1)
        world.deliveries.send_due(world.now)
        _lost(world, world.store.thread(ANA)[-1], "30003", again=HANDSET_OFF)
    world.later(days=2)
    assert world.deliveries.send_due(world.now) == 0
    assert _all(world) == [("sms", Delivery.UNDELIVERED)] * 3
    assert world.provider.texts == ["Recordatorio"] * 3


def test_what_waits_for_a_phone_to_be_on_holds_no_answer_back(world: World) -> None:
    _lost(world, _queued(world), "30003", again=HANDSET_OFF)
    world.says("hola")
    assert world.provider.texts[-1] == "answer to hola"


def test_what_arrived_after_all_is_not_said_again(world: World) -> None:
    message = _queued(world)
    _lost(world, message, "30003", again=HANDSET_OFF)
    world.deliveries.apply(Receipt("", Delivery.DELIVERED, message.id))
    world.later(hours=2)
    world.deliveries.send_due(world.now)
    assert world.provider.texts == ["Recordatorio"]


def test_words_that_are_no_longer_true_are_not_said_late(world: World) -> None:
    true = [True]
    senders = {"sms": world.provider}
    world.deliveries = Deliveries(
        world.database,
        senders,
        world.patients,
        still_true=lambda _choices, _said, _now: true[0],
        clock=lambda: world.now,
    )
    _lost(world, _queued(world), "30003", again=HANDSET_OFF)
    true[0] = False
    world.later(minutes=10)
    world.deliveries.send_due(world.now)
    assert world.provider.texts == ["Recordatorio"]
    late = world.store.thread(ANA)[-1]
    assert (late.state, late.error_code) == (Delivery.FAILED, "changed")


# Not sure


class Listed(Provider):
    """A provider that can be asked what it took."""

    def __init__(self) -> None:
        super().__init__()
        self.has: Receipt | None = None
        self.trouble: Exception | None = None
        self.asked: list[tuple[Outbound, datetime, Collection[str]]] = []

    def find(self, message: Outbound, since: datetime, taken: Collection[str]) -> Receipt | None:
        self.asked.append((message, since, taken))
        if self.trouble:
            raise self.trouble
        return self.has


@pytest.fixture
def listed(world: World) -> Listed:
    """A message is sent, and whether it was taken is not known."""
    provider = world.provider = Listed()
    world.deliveries = Deliveries(
        world.database, {"sms": provider}, world.patients, clock=lambda: world.now
    )
    provider.failures = [SendFailed("timeout", unknown=True)]
    return provider


def test_what_the_provider_has_is_accepted_with_its_id_and_state(
    world: World, listed: Listed
) -> None:
    message = _queued(world)
    world.deliveries.send_due(world.now)
    listed.has = Receipt("SMfound", Delivery.DELIVERED, message.id)
    world.later(seconds=30)
    world.deliveries.reconcile(world.now)
    found = world.store.thread(ANA)[0]
    assert (found.state, found.provider_id) == (Delivery.DELIVERED, "SMfound")
    assert found.error_code is None
    assert listed.sent == []


def test_what_the_provider_surely_has_not_is_sent_again(world: World, listed: Listed) -> None:
    _queued(world)
    world.deliveries.send_due(world.now)
    for _ in range(6):  # its list may lag
        assert listed.sent == []
        world.later(seconds=31)
        world.deliveries.reconcile(world.now)
        world.deliveries.send_due(world.now)
    assert listed.texts == ["Recordatorio"]
    assert _all(world) == [("sms", Delivery.ACCEPTED)]


def test_a_message_whose_worker_died_is_asked_for_and_sent(world: World, listed: Listed) -> None:
    message = _queued(world)
    listed.failures = [KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        world.deliveries.send_due(world.now)
    world.later(minutes=4)
    world.deliveries.reconcile(world.now)
    assert listed.asked == []
    world.later(minutes=2)
    world.deliveries.reconcile(world.now)
    world.deliveries.send_due(world.now)
    assert [each.id for each, _, _ in listed.asked] == [message.id]
    assert listed.texts == ["Recordatorio"]


def test_what_is_lost_again_and_again_fails_in_the_end(world: World, listed: Listed) -> None:
    listed.failures = [SendFailed("timeout", unknown=True) for _ in range(99)]
    _queued(world)
    for _ in range(MAX_ATTEMPTS + 2):
        world.deliveries.send_due(world.now)
        world.later(minutes=4)
        world.deliveries.reconcile(world.now)
    assert len(listed.failures) == 99 - MAX_ATTEMPTS
    assert _all(world) == [("sms", Delivery.FAILED)]
    assert world.alerts() == [("alert", "delivery")]


def test_without_a_list_nothing_is_sent_again_and_after_an_hour_staff_are_told(
    world: World, listed: Listed
) -> None:
    listed.trouble = SendFailed("20503", retryable=True)
    _queued(world)
    world.deliveries.send_due(world.now)
    for _ in range(14):
        world.later(minutes=4)
        world.deliveries.reconcile(world.now)
    assert _all(world) == [("sms", Delivery.SENDING)]
    assert world.alerts() == []
    world.later(minutes=5)
    world.deliveries.reconcile(world.now)
    assert listed.sent == []
    assert _all(world) == [("sms", Delivery.FAILED)]
    assert world.alerts() == [("alert", "delivery")]


def test_two_workers_that_ask_at_once_send_again_once(world: World, listed: Listed) -> None:
    _queued(world)
    world.deliveries.send_due(world.now)
    world.later(minutes=4)
    other = Deliveries(world.database, {"sms": listed}, world.patients, clock=lambda: world.now)

    def meanwhile(message: Outbound, since: datetime, taken: Collection[str]) -> Receipt | None:
        listed.find = lambda *_: None  # type: ignore[method-assign]
        other.reconcile(world.now)
        other.send_due(world.now)
        return None

    listed.find = meanwhile  # type: ignore[method-assign]
    world.deliveries.reconcile(world.now)
    world.deliveries.send_due(world.now)
    assert listed.texts == ["Recordatorio"]


# Not yet


class Slow(Provider):
    """A provider that takes one a second from each sender."""

    def load(self, message: Outbound) -> Load:
        return Load(f"{message.channel}:{message.sender}", len(message.text.split()), 1.0)


@pytest.fixture
def slow(any_world: World) -> Slow:
    provider = any_world.provider = Slow()
    any_world.deliveries = Deliveries(
        any_world.database,
        {"sms": provider, "whatsapp": provider},
        any_world.patients,
        pace=InProcessPace(lambda: any_world.now),
        clock=lambda: any_world.now,
    )
    return provider


def test_what_has_no_room_stays_queued_without_an_attempt_and_goes_out_in_its_time(
    any_world: World, slow: Slow
) -> None:
    world = any_world
    for number in range(20):
        _queued(world, f"n{number}", to=f"+5255000001{number:02d}")
    sent = [world.deliveries.send_due(world.now)]
    for _ in range(15):
        world.later(seconds=1)
        world.deliveries.send_due(world.now)
        sent.append(len(slow.sent))
    assert len(slow.texts) == 20
    assert sent[1:4] == [7, 8, 9]
    assert slow.texts == sorted(slow.texts, key=lambda text: int(text[1:]))
    assert {state for n in range(20) for _, state in _all(world, f"+5255000001{n:02d}")} == {
        Delivery.ACCEPTED
    }


def test_answers_go_before_what_the_clinic_begins_and_other_senders_do_not_wait(
    any_world: World, slow: Slow
) -> None:
    world = any_world
    for number in range(8):
        _queued(world, f"campaña {number}", to=f"+5255000001{number:02d}")
    world.deliveries.send_due(world.now)
    begun = len(slow.sent)
    assert begun < 8
    _queued(world, "respuesta", author="bot", to=EMMA)
    _queued(world, "por WhatsApp", to=ANA_WHATSAPP, channel="whatsapp")
    world.deliveries.send_due(world.now)
    assert slow.texts[begun:] == ["respuesta", "por WhatsApp"]


def test_a_conversation_keeps_its_order_when_it_must_wait(any_world: World, slow: Slow) -> None:
    world = any_world
    for number in range(4):
        _queued(world, " ".join([f"n{number}"] * 4), author="bot")
    for _ in range(30):
        world.deliveries.send_due(world.now)
        world.later(seconds=1)
    assert [text.split()[0] for text in slow.texts] == ["n0", "n1", "n2", "n3"]


def test_a_storm_of_too_many_requests_costs_no_attempts_and_loses_nothing(
    any_world: World, slow: Slow
) -> None:
    world = any_world
    slow.failures = [SendFailed("20429", retryable=True, slow=True) for _ in range(8)]
    for number in range(3):
        _queued(world, f"n{number}", to=f"+5255000001{number:02d}")
    for _ in range(20):
        world.deliveries.send_due(world.now)
        world.later(seconds=60)
    assert slow.texts == ["n0", "n1", "n2"]
    assert world.alerts() == []


def test_a_storm_of_hours_fails_and_is_told_to_the_staff(any_world: World, slow: Slow) -> None:
    world = any_world
    slow.failures = [SendFailed("63018", retryable=True, slow=True) for _ in range(999)]
    _queued(world)
    for _ in range(34):
        world.deliveries.send_due(world.now)
        world.later(minutes=10)
    assert _all(world) == [("sms", Delivery.FAILED)]
    assert world.alerts() == [("alert", "delivery")]


def test_a_receipt_that_says_too_fast_lets_the_sender_rest_too(
    any_world: World, slow: Slow
) -> None:
    world = any_world
    first = _queued(world)
    world.deliveries.send_due(world.now)
    world.deliveries.apply(Receipt("", Delivery.FAILED, first.id, "30001", slow=True))
    _queued(world, "otra", author="bot", to=EMMA)
    world.deliveries.send_due(world.now)
    assert slow.texts == ["Recordatorio"]
    world.later(seconds=3)
    world.deliveries.send_due(world.now)
    assert slow.texts == ["Recordatorio", "otra"]


def test_a_template_goes_along_when_it_is_said_again(world: World) -> None:
    talk = world.store.reach(ANA, "sms", CLINIC, world.patients, world.now)
    said = world.store.say(
        talk.id, "hola", author="outreach", at=world.now, template=Template("recall", ("Ana",))
    )
    _lost(world, said, "30008", again=(timedelta(minutes=5),))
    world.later(minutes=5)
    world.deliveries.send_due(world.now)
    assert [each.template for each in world.provider.sent] == [Template("recall", ("Ana",))] * 2
