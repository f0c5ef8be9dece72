"""A reminder that nobody answers goes on: from WhatsApp to a text message, and to a call."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from clinic.appointments import Appointment
from conversations.model import Delivery, Message
from conversations.outgoing import Post
from tests.outreach.world import DAY, World, start_of

HOUR = timedelta(hours=1)
ANA = "+525500000001"


@pytest.fixture
def asked(world: World) -> tuple[World, Appointment, datetime]:
    """Ana was asked by WhatsApp, at ten in the morning of the day before, and it arrived."""
    return ask(world)


def ask(world: World) -> tuple[World, Appointment, datetime]:
    visit = world.visit(world.ana, world.at(DAY, 10))
    at = visit.start - 24 * HOUR
    world.hears(ANA, at - HOUR, "whatsapp")
    world.remind(at)
    world.send(at)
    world.receipt(told(world)[0], Delivery.DELIVERED)
    return world, visit, at


def told(world: World) -> list[Message]:
    return world.told(world.ana)


def channels(world: World) -> list[str]:
    return [message.channel for message in told(world)]


def look(world: World, *times: datetime) -> Sequence[int]:
    """How much was begun at each look; what was begun is sent."""
    begun = []
    for at in times:
        begun.append(len(world.remind(at)))
        world.send(at)
    return begun


def test_an_unanswered_reminder_goes_on_to_a_text_message_and_to_a_call(any_world: World) -> None:
    world, visit, at = ask(any_world)
    minute = timedelta(minutes=1)
    times = (at + 4 * HOUR - minute, at + 4 * HOUR, at + 8 * HOUR - minute, at + 8 * HOUR)
    assert look(world, *times) == [0, 1, 0, 1]
    assert channels(world) == ["whatsapp", "sms", "voice"]
    assert [sent.channel for sent in world.post.sent] == ["whatsapp", "sms", "voice"]
    assert [sent.to for sent in world.post.sent[1:]] == [ANA, ANA]
    assert look(world, at + 10 * HOUR, world.at(DAY, 8)) == [0, 1]  # the last, two hours before
    key = f"reminder:{visit.id}:{visit.slot_id}:24"
    said = [world.services.conversations.said_for(key + more) for more in ("", ":sms", ":voice")]
    assert [each and each.channel for each in said] == ["whatsapp", "sms", "voice"]


def test_what_goes_on_is_told_as_an_escalation(asked: tuple[World, Appointment, datetime]) -> None:
    world, visit, at = asked
    (begun,) = world.remind(at + 4 * HOUR)
    assert (begun["kind"], begun["about"]) == ("escalation", visit.id)


def test_a_call_is_spoken_and_offers_to_confirm_move_or_cancel(
    asked: tuple[World, Appointment, datetime],
) -> None:
    world, visit, at = asked
    look(world, at + 4 * HOUR, at + 8 * HOUR)
    call = told(world)[-1]
    assert call.text == (
        "Clínica Aurora le recuerda su cita: mañana, jueves 12 de marzo a las 10 de la mañana, "
        "sucursal Centro."
    )
    assert [choice.title for choice in call.choices] == [
        "Confirmar",
        "Cambiar fecha",
        "Cancelar la cita",
    ]
    assert str(visit.ref) in call.choices[0].payload
    assert world.post.sent[-1].sender == world.services.account.voice_from


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_who_has_written_since_is_left_in_peace(
    asked: tuple[World, Appointment, datetime], channel: str
) -> None:
    world, _, at = asked
    world.hears(ANA, at + 3 * HOUR, channel, "Gracias, luego veo")
    assert look(world, at + 4 * HOUR, at + 9 * HOUR) == [0, 0]


def test_a_visit_that_was_confirmed_or_moved_since_does_not_go_on(world: World) -> None:
    _, visit, at = ask(world)
    confirmed = world.services.schedule.confirm(visit.ref, world.change(at, "staff:demo"))
    assert look(world, at + 4 * HOUR) == [0]
    world.move(confirmed, world.at(DAY, 12), at + 5 * HOUR)
    assert look(world, at + 6 * HOUR) == [0]


def test_a_message_that_was_read_waits_longer(asked: tuple[World, Appointment, datetime]) -> None:
    world, _, at = asked
    world.receipt(told(world)[0], Delivery.READ)
    assert look(world, at + 4 * HOUR, at + 8 * HOUR) == [0, 1]


@pytest.mark.parametrize("state", [Delivery.FAILED, Delivery.UNDELIVERED])
def test_one_that_did_not_arrive_goes_on_at_once(world: World, state: Delivery) -> None:
    visit = world.visit(world.ana, start_of(world))
    at = visit.start - 24 * HOUR
    look(world, at)
    world.receipt(told(world)[0], state, "30005")
    assert look(world, at + timedelta(minutes=1)) == [1]
    assert channels(world) == ["sms", "voice"]


def test_one_that_another_has_said_again_by_text_message_is_not_said_there_twice(
    asked: tuple[World, Appointment, datetime],
) -> None:
    world, visit, at = asked
    first = told(world)[0]
    world.receipt(first, Delivery.FAILED, "63016")
    world.services.conversations.say(
        first.conversation_id,
        first.text,
        author="outreach",
        at=at,
        post=Post("sms", ANA, "", ANA),
        key=f"reminder:{visit.id}:{visit.slot_id}:24:sms",
    )
    world.send(at)
    assert look(world, at + 4 * HOUR) == [1]
    assert channels(world)[-1] == "voice"


def test_it_does_not_go_on_at_night_nor_within_the_last_hour(world: World) -> None:
    visit = world.visit(world.ana, world.at(DAY, 19))
    at = visit.start - 24 * HOUR
    world.hears(ANA, at - HOUR, "whatsapp")
    look(world, at)
    assert look(world, world.at(DAY - timedelta(1), 23), world.at(DAY, 8)) == [0, 1]


def test_the_reminder_of_the_last_hours_stays_where_it_is(world: World) -> None:
    world.rule("escalation", "sms 1, voice 1")
    visit = world.visit(world.ana, start_of(world))
    world.hears(ANA, visit.start - 3 * HOUR, "whatsapp")
    look(world, visit.start - 2 * HOUR)
    world.receipt(told(world)[0], Delivery.FAILED, "63016")
    assert look(world, visit.start - HOUR) == [0]


def test_who_refused_calls_is_not_called(any_world: World) -> None:
    world, _, at = ask(any_world)
    world.refuse_calls(ANA, at)
    assert look(world, at + 4 * HOUR, at + 9 * HOUR) == [1, 0]
    assert channels(world) == ["whatsapp", "sms"]


def test_who_opted_out_since_hears_no_more(asked: tuple[World, Appointment, datetime]) -> None:
    world, _, at = asked
    world.services.patients.set_consent(ANA, given=False, channel="sms", words="ALTO", at=at)
    assert look(world, at + 4 * HOUR, at + 9 * HOUR) == [0, 0]


def test_an_identity_without_a_number_goes_on_to_another_number_of_the_patient(
    world: World,
) -> None:
    patient = world.register("João Pereira", "pt", "BR.1502")
    visit = world.visit(patient, start_of(world))
    at = visit.start - 24 * HOUR
    world.hears("BR.1502", at - HOUR, "whatsapp")
    world.services.patients.attach(patient.id, "+525500000077")
    look(world, at)
    assert look(world, at + 4 * HOUR) == [1]
    assert [sent.channel for sent in world.post.sent] == ["whatsapp", "sms"]
    assert world.post.sent[-1].to == "+525500000077"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("off", ["whatsapp"]),
        ("sms 2", ["whatsapp", "sms"]),
        ("voice 6", ["whatsapp", "voice"]),
    ],
)
def test_a_clinic_says_how_it_goes_on(world: World, value: str, expected: list[str]) -> None:
    world.rule("escalation", value, "consult")
    _, _, at = ask(world)
    look(world, *(at + hours * HOUR for hours in range(2, 10)))
    assert channels(world) == expected
