"""How to prepare is told early enough, by the right reminder or by a message of its own."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from channels.sms.gsm import segments, to_gsm
from channels.texts import numbered
from clinic.appointments import Appointment
from clinic.languages import Language
from conversations.model import Message
from conversations.tables import MessageRow
from integrations.tables import ServiceRow
from tests.outreach.world import DAY, World

HOUR = timedelta(hours=1)
EVE = DAY - timedelta(1)


def fasts(world: World, hours: int) -> None:
    """The study's fasting is so long."""
    with world.services.database.begin() as session:
        row = session.get(ServiceRow, "blood")
        assert row is not None
        row.fasting_hours = hours


def study(world: World, start: datetime, booked: datetime | None = None) -> Appointment:
    return world.visit(world.ana, start, service="blood", by="centro-laboratory", booked=booked)


def confirmed(world: World, visit: Appointment) -> Appointment:
    at = visit.start - 100 * HOUR
    return world.services.schedule.confirm(visit.ref, world.change(at))


def prepares(message: Message) -> bool:
    return any("ask_preparation" in choice.payload for choice in message.choices)


def told(world: World, *times: datetime) -> list[bool]:
    """Of what was said at those times: whether each tells of the preparation."""
    for at in times:
        world.remind(at)
    return [prepares(message) for message in world.told(world.ana)]


def test_a_fasting_is_told_by_the_last_reminder_that_leaves_time_for_a_meal(world: World) -> None:
    fasts(world, 14)
    world.rule("reminders", "72 24 15")
    visit = study(world, world.at(DAY, 10))
    assert told(world, *(visit.start - hours * HOUR for hours in (72, 24))) == [False, True]


def test_a_rule_of_48_hours_is_told_by_the_reminder_of_72(world: World) -> None:
    world.rule("preparation", "48", "blood")
    visit = study(world, world.at(DAY, 9))
    assert told(world, *(visit.start - hours * HOUR for hours in (72, 24))) == [True, False]


def test_a_reminder_that_the_night_holds_back_too_long_does_not_count(world: World) -> None:
    fasts(world, 8)
    world.rule("reminders", "40 12")  # twelve hours before nine in the morning is at night
    visit = study(world, world.at(DAY, 9))
    assert told(world, visit.start - 40 * HOUR, world.at(EVE, 8)) == [True]


def test_who_has_confirmed_early_is_told_by_a_message_of_its_own_once(any_world: World) -> None:
    world = any_world
    visit = confirmed(world, study(world, world.at(DAY, 9)))
    assert told(world, *(visit.start - hours * HOUR for hours in (72, 26))) == []
    (begun,) = world.remind(world.at(EVE, 9))
    assert (begun["kind"], begun["about"]) == ("preparation", visit.id)
    assert told(world, world.at(EVE, 10), world.at(EVE, 20)) == [True]
    (message,) = world.told(world.ana)
    assert message.text.splitlines()[0] == (
        "Clínica Aurora: su cita necesita preparación. Es mañana, jueves 12 de marzo a las "
        "9:00 a.m., sucursal Centro."
    )
    assert [choice.title for choice in message.choices] == ["Cómo prepararme", "Cambiar fecha"]
    assert str(visit.ref) in message.choices[1].payload


def test_who_was_told_by_a_reminder_is_not_told_again(world: World) -> None:
    visit = study(world, world.at(DAY, 9))
    assert told(world, world.at(EVE, 9)) == [True]
    confirmed(world, visit)
    assert told(world, *(world.at(EVE, hour) for hour in range(10, 21))) == [True]


def test_who_asked_how_to_prepare_is_not_told_again(world: World) -> None:
    confirmed(world, study(world, world.at(DAY, 9)))
    world.hears("+525500000001", world.at(EVE, 6), text="¿Cómo me preparo?")
    with world.services.database.begin() as session:
        session.execute(update(MessageRow).values(intent="ask_preparation"))
    assert told(world, world.at(EVE, 9), world.at(EVE, 20)) == []


def test_it_keeps_to_one_message_a_day_and_to_the_hours_of_the_day(world: World) -> None:
    world.visit(world.ana, world.at(EVE, 12))
    confirmed(world, study(world, world.at(DAY, 9)))
    assert told(world, world.at(EVE, 10), world.at(EVE, 11)) == [False]
    assert told(world, world.at(EVE, 21), world.at(DAY, 7)) == [False]


def test_who_books_for_the_next_day_is_told_that_evening(world: World) -> None:
    study(world, world.at(DAY, 9), booked=world.at(EVE, 17))
    assert told(world, world.at(EVE, 17, 30)) == [True]


def test_on_the_day_itself_it_is_too_late(world: World) -> None:
    confirmed(world, study(world, world.at(DAY, 14)))
    assert told(world, world.at(DAY, 8)) == []


@pytest.mark.parametrize("kind", ["preparation", "reminders"])
def test_a_clinic_that_wants_none_says_nothing_of_it_unasked(world: World, kind: str) -> None:
    world.rule("preparation", "off", "blood")
    visit = study(world, world.at(DAY, 9))
    if kind == "preparation":
        visit = confirmed(world, visit)
    assert not any(told(world, world.at(EVE, 9), world.at(EVE, 20)))


def test_a_service_without_reminders_still_tells_how_to_prepare(world: World) -> None:
    world.rule("reminders", "off")
    study(world, world.at(DAY, 9))
    assert told(world, world.at(EVE, 9), world.at(EVE, 12), world.at(DAY, 8)) == [True]


def test_two_studies_of_a_day_are_told_together(world: World) -> None:
    for hour in (9, 11):
        confirmed(world, study(world, world.at(DAY, hour)))
    assert told(world, world.at(EVE, 9), world.at(EVE, 12)) == [True]
    (message,) = world.told(world.ana)
    assert "9:00 a.m." in message.text
    assert "11:00 a.m." in message.text


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_by_text_message_it_is_one_segment(world: World, language: Language) -> None:
    patient = world.register("Emma Clark", language, "+525500000009")
    visit = world.visit(patient, world.at(DAY, 9), service="blood", by="centro-laboratory")
    confirmed(world, visit)
    world.hears("+525500000009", world.at(EVE, 6))
    world.remind(world.at(EVE, 9))
    (message,) = world.told(patient)
    text = to_gsm(numbered(message.text, message.choices))
    assert segments(text) == 1, f"{len(text)}: {text}"
