"""The lists of messages and calls, and how a channel finds in them what became of a message."""

from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioException

from channels import open_channels
from conversations.model import Choice, Delivery, Outbound, Receipt, Template
from conversations.ports import Finder, SendFailed
from tests.simulator.conftest import CLINIC, World

ANA, BETO = "+525500000001", "+525500000002"
CHOICES = (Choice("Confirmar", "/confirm_appointment"), Choice("Cambiar", "/reschedule"))


def _message(channel: str = "sms", text: str = "Su cita es mañana", **more: object) -> Outbound:
    to = f"whatsapp:{ANA}" if channel == "whatsapp" else ANA
    return Outbound("m1", channel, to, "", text, "es", **more)  # type: ignore[arg-type]


def _find(world: World, message: Outbound, *taken: str, minutes: int = 1) -> Receipt | None:
    finder = open_channels(world.account)[message.channel]
    assert isinstance(finder, Finder)
    return finder.find(message, world.clock.now - timedelta(minutes=minutes), taken)


def _send(world: World, message: Outbound) -> str:
    return open_channels(world.account)[message.channel].send(message)


def _send_unheard(world: World, message: Outbound) -> None:
    """Twilio takes it, and we never hear of it."""
    world.twilio.state.behaviour.lose = 1
    with pytest.raises(SendFailed) as lost:
        _send(world, message)
    assert lost.value.unknown


def _sent_states(world: World, count: int) -> None:
    state = world.twilio.state
    assert state.wait(lambda: sum(m.sent is not None for m in state.messages.values()) >= count, 5)


def test_messages_are_filtered_by_both_ends_and_by_the_day_they_were_sent(world: World) -> None:
    client = world.client()
    for to in (ANA, BETO):
        client.messages.create(to=to, from_=CLINIC, body="hola")
    _sent_states(world, 2)
    world.twilio.state.behaviour.sent_after = 60
    client.messages.create(to=ANA, from_=CLINIC, body="todavía en cola")
    today = world.clock.now.date()
    before, after = today - timedelta(days=1), today + timedelta(days=1)
    assert len(client.messages.list(to=ANA, from_=CLINIC)) == 2
    assert len(client.messages.list(to=ANA, date_sent_after=today)) == 1
    assert len(client.messages.list(date_sent=today)) == 2
    assert len(client.messages.list(date_sent_after=before, date_sent_before=after)) == 2
    assert client.messages.list(date_sent_after=after) == []
    assert client.messages.list(date_sent_before=before) == []
    with pytest.raises(TwilioException):
        client.messages.list(date_sent="someday")


def test_calls_are_filtered_by_the_day_they_began(world: World) -> None:
    client, today = world.client(), world.clock.now.date()
    world.voice("/voice", "<Response><Hangup/></Response>")
    client.calls.create(to=ANA, from_=CLINIC, url=f"{world.url}/voice")
    state = world.twilio.state
    (call,) = state.calls.values()
    with state.touching(call):
        call.started = world.clock.now
    assert len(client.calls.list(to=ANA, start_time_after=today)) == 1
    assert len(client.calls.list(to=ANA, start_time=today)) == 1
    assert client.calls.list(to=BETO, start_time_after=today) == []
    assert client.calls.list(start_time_after=today + timedelta(days=1)) == []


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
@pytest.mark.parametrize("choices", [(), CHOICES])
def test_what_twilio_took_is_found_and_not_taken_for_another(
    world: World, channel: str, choices: tuple[Choice, ...]
) -> None:
    message = _message(channel, choices=choices)
    assert _find(world, message) is None
    known = _send(world, message)
    assert _find(world, message, known) is None
    _send_unheard(world, message)
    found = _find(world, message, known)
    assert found is not None
    assert found.provider_id not in {"", known}
    assert found.message_id == "m1"
    assert _find(world, message, known, found.provider_id) is None
    assert _find(world, _message(channel, "Otra cosa")) is None


def test_what_still_queues_at_twilio_is_found_too(world: World) -> None:
    world.twilio.state.behaviour.sent_after = 60
    _send_unheard(world, _message())
    found = _find(world, _message())
    assert found is not None
    assert found.state is Delivery.ACCEPTED


def test_what_was_sent_before_is_another_message(world: World) -> None:
    _send(world, _message())
    world.clock.now += timedelta(minutes=10)
    assert _find(world, _message()) is None


def test_a_failure_that_the_list_shows_is_told_with_its_code(world: World) -> None:
    with world.twilio.state.changing():
        world.twilio.state.conditions[ANA] = "landline"
    _send_unheard(world, _message())
    state = world.twilio.state
    assert state.wait(lambda: any(m.error_code for m in state.messages.values()), 5)
    found = _find(world, _message())
    assert found is not None
    assert (found.state, found.error_code) == (Delivery.UNDELIVERED, "30006")
    assert found.elsewhere == "voice"


def test_a_split_text_is_found_by_its_end_and_incomplete_without_it(world: World) -> None:
    message = _message(text="Primera frase. " * 200)
    _send_unheard_at(world, message, piece=1)
    cut = _find(world, message)
    assert cut is not None
    assert (cut.state, cut.error_code) == (Delivery.FAILED, "incomplete")
    known = _send(world, message)
    whole = _find(world, message)
    assert whole is not None
    assert whole.provider_id == known


def _send_unheard_at(world: World, message: Outbound, piece: int) -> None:
    """Only the pieces up to this one go out."""
    world.twilio.state.behaviour.lose = 1
    with pytest.raises(SendFailed):
        _send(world, message)
    assert len(world.twilio.state.messages) == piece


def test_another_of_the_same_split_text_does_not_look_like_its_beginning(world: World) -> None:
    message = _message(text="Primera frase. " * 200)
    known = _send(world, message)
    assert _find(world, message, known) is None


def test_approved_words_are_whatever_nothing_else_explains(world: World) -> None:
    message = _message("whatsapp", template=Template("recall", ("Ana",)))
    assert _find(world, message) is None
    _send_unheard(world, _message("whatsapp", "Como Twilio la muestra"))
    found = _find(world, message)
    assert found is not None
    assert _find(world, message, found.provider_id) is None


def test_a_list_that_lags_shows_it_later(world: World) -> None:
    world.twilio.state.behaviour.listed_after = 20
    _send_unheard(world, _message())
    assert _find(world, _message()) is None
    world.clock.now += timedelta(seconds=30)
    assert _find(world, _message()) is not None


def test_a_list_that_cannot_be_read_says_nothing(world: World) -> None:
    world.twilio.state.behaviour.refuse = [20500]
    with pytest.raises(SendFailed):
        _find(world, _message())


def test_a_text_that_twilio_does_not_show_yet_leaves_it_open(world: World) -> None:
    _send_unheard(world, _message("whatsapp", choices=CHOICES))
    state = world.twilio.state
    with state.changing():
        next(iter(state.messages.values())).body = ""
    with pytest.raises(SendFailed) as open_:
        _find(world, _message("whatsapp", choices=CHOICES))
    assert open_.value.unknown
