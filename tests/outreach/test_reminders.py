"""Which visits are reminded of, when, where and with what."""

import json
from datetime import timedelta

import pytest

from channels.sms.gsm import segments, to_gsm
from channels.texts import numbered
from clinic.appointments import Appointment
from clinic.languages import Language
from conversations.model import Message
from tests.outreach.world import DAY, World, start_of

HOUR = timedelta(hours=1)


def payloads(message: Message) -> list[str]:
    return [choice.payload for choice in message.choices]


def test_a_visit_is_reminded_of_three_days_one_day_and_two_hours_before(any_world: World) -> None:
    start = start_of(any_world)
    visit = any_world.visit(any_world.ana, start)
    for hours, begun in ((73, 0), (72, 1), (71, 0), (25, 0), (24, 1), (3, 0), (2, 1), (1, 0)):
        said = any_world.remind(start - hours * HOUR)
        assert [each["about"] for each in said] == [visit.id] * begun, f"{hours} hours before"
    assert len(any_world.told(any_world.ana)) == 3


def test_what_was_begun_is_told_by_ids_alone(world: World) -> None:
    start = start_of(world)
    visit = world.visit(world.ana, start)
    at = start - 24 * HOUR
    assert world.remind(at) == [
        {"kind": "reminder", "to": world.ana.id, "about": visit.id, "at": at.isoformat()}
    ]


def test_the_choices_carry_the_visit_and_its_version(world: World) -> None:
    visit = world.visit(world.ana, start_of(world))
    world.remind(visit.start - 24 * HOUR)
    (message,) = world.told(world.ana)
    assert [choice.title for choice in message.choices] == [
        "Confirmar",
        "Cambiar fecha",
        "Cancelar la cita",
    ]
    carried = json.dumps({"visit": str(visit.ref)})
    assert payloads(message) == [
        f"/{intent}{carried}"
        for intent in ("confirm_appointment", "reschedule_appointment", "cancel_appointment")
    ]


def test_a_text_tells_clinic_day_time_and_branch_and_not_what_for(world: World) -> None:
    world.visit(world.ana, start_of(world), service="blood", by="centro-laboratory")
    world.hears("+525500000001", start_of(world) - 50 * HOUR)
    world.remind(start_of(world) - 24 * HOUR)
    (message,) = world.told(world.ana)
    assert message.text == (
        "Clínica Aurora le recuerda su cita: mañana, jueves 12 de marzo a las 4:00 p.m., "
        "sucursal Centro."
    )
    assert message.channel == "sms"


EXPECTED: dict[Language, str] = {
    "pt": "Clínica Aurora lembra sua consulta: amanhã, quinta-feira, 12 de março às 16:00, "
    "unidade Centro.",
    "en": "Clínica Aurora reminds you of your appointment: tomorrow, Thursday, March 12 at "
    "4:00 PM, Centro branch.",
}


@pytest.mark.parametrize("language", EXPECTED)
def test_a_patient_is_reminded_in_their_language(world: World, language: Language) -> None:
    patient = world.register("Emma Clark", language, "+525500000009")
    world.visit(patient, start_of(world))
    world.remind(start_of(world) - 24 * HOUR)
    (message,) = world.told(patient)
    assert message.text.splitlines()[0] == EXPECTED[language]


def test_how_to_stop_is_told_in_the_first_message_to_an_address_only(world: World) -> None:
    world.visit(world.ana, start_of(world))
    world.remind(start_of(world) - 72 * HOUR)
    world.remind(start_of(world) - 24 * HOUR)
    first, second = world.told(world.ana)
    assert first.text.endswith("Para no recibir más mensajes escriba ALTO.")
    assert "ALTO" not in second.text


def test_a_confirmed_visit_is_reminded_of_at_the_last_alone(world: World) -> None:
    visit = world.visit(world.ana, start_of(world))
    world.services.schedule.confirm(visit.ref, world.change(visit.start - 100 * HOUR))
    assert not world.remind(visit.start - 72 * HOUR)
    assert not world.remind(visit.start - 24 * HOUR)
    assert world.remind(visit.start - 2 * HOUR)
    (message,) = world.told(world.ana)
    assert [choice.title for choice in message.choices] == ["Cambiar fecha", "Cancelar la cita"]


def test_a_cancelled_visit_is_not_reminded_of(world: World) -> None:
    visit = world.visit(world.ana, start_of(world))
    world.services.schedule.cancel(visit.ref, world.change(visit.start - 100 * HOUR))
    assert not any(world.remind(visit.start - hours * HOUR) for hours in (72, 24, 2))


def test_a_moved_visit_is_reminded_of_at_its_new_time(any_world: World) -> None:
    world = any_world
    visit = world.visit(world.ana, start_of(world))
    world.remind(visit.start - 72 * HOUR)
    later = world.at(DAY + timedelta(days=8), 10)
    moved = world.move(visit, later, visit.start - 30 * HOUR)
    assert not world.remind(visit.start - 24 * HOUR)
    (begun,) = world.remind(later - 72 * HOUR)
    assert begun["about"] == visit.id
    assert str(moved.ref) in payloads(world.told(world.ana)[-1])[0]


def test_what_was_due_before_the_visit_was_booked_is_left_out(world: World) -> None:
    start = start_of(world)
    world.visit(world.ana, start, booked=start - 20 * HOUR)
    assert not world.remind(start - 19 * HOUR)
    assert world.remind(start - 2 * HOUR)


def test_a_reminder_overtaken_by_a_later_one_is_left_out(world: World) -> None:
    start = start_of(world)
    world.visit(world.ana, start)
    assert len(world.remind(start - 23 * HOUR)) == 1
    assert not world.remind(start - 22 * HOUR)
    (message,) = world.told(world.ana)
    assert message.text.startswith("Clínica Aurora le recuerda su cita: mañana")


def test_other_hours_can_be_set(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.services.settings, "reminder_hours", "48,1")
    start = start_of(world)
    world.visit(world.ana, start)
    assert [bool(world.remind(start - hours * HOUR)) for hours in (72, 48, 24, 2, 1)] == [
        *(False, True, False, False, True)
    ]


# --- several visits, several people --------------------------------------------------------------


def two_on_one_day(world: World) -> tuple[Appointment, Appointment]:
    first = world.visit(world.ana, world.at(DAY, 15))
    second = world.visit(world.ana, world.at(DAY, 17), service="blood", by="centro-laboratory")
    return first, second


def test_visits_of_one_day_are_told_in_one_message(any_world: World) -> None:
    first, second = two_on_one_day(any_world)
    assert any_world.remind(second.start - 24 * HOUR)
    (message,) = any_world.told(any_world.ana)
    assert "3:00 p.m., sucursal Centro" in message.text
    assert "5:00 p.m., sucursal Centro" in message.text
    titles = [choice.title for choice in message.choices]
    assert titles[:2] == ["Confirmar 3:00 p.m.", "Confirmar 5:00 p.m."]
    assert [str(first.ref) in payloads(message)[0], str(second.ref) in payloads(message)[1]]
    assert payloads(message)[2:4] == ["/reschedule_appointment", "/cancel_appointment"]


def test_a_visit_told_with_another_is_not_told_again_by_itself(world: World) -> None:
    first, _ = two_on_one_day(world)
    assert world.remind(first.start - 24 * HOUR)
    world.services.schedule.cancel(first.ref, world.change(first.start - 20 * HOUR))
    assert not world.remind(world.at(DAY, 8))
    assert len(world.told(world.ana)) == 1


def test_a_shared_phone_hears_first_names(world: World) -> None:
    lucia = world.register("Lucía Rivas", "es", "+525500000006")
    mateo = world.register("Mateo Rivas", "es", "+525500000006")
    world.visit(mateo, world.at(DAY, 12, 30))
    world.remind(world.at(DAY, 12, 30) - 24 * HOUR)
    (message,) = world.told(mateo)
    assert message.text.startswith("Clínica Aurora recuerda la cita de Mateo. Fecha: mañana")
    assert "Rivas" not in message.text
    assert world.services.conversations.conversation(message.conversation_id).patient_id is None
    world.visit(lucia, world.at(DAY + timedelta(7), 9))
    world.visit(mateo, world.at(DAY + timedelta(7), 9), by="centro-laboratory")
    world.remind(world.at(DAY + timedelta(6), 9))
    message = world.told(mateo)[-1]
    assert "- Lucía: mañana" in message.text
    assert "- Mateo: mañana" in message.text
    assert len({choice.title for choice in message.choices}) == len(message.choices)


# --- preparation ---------------------------------------------------------------------------------


def test_how_to_prepare_is_offered_the_evening_before_at_the_latest(world: World) -> None:
    start = world.at(DAY, 9)
    world.visit(world.ana, start, service="blood", by="centro-laboratory")
    world.remind(start - 72 * HOUR)
    world.remind(start - 24 * HOUR)
    early, eve = world.told(world.ana)
    assert "ask_preparation" not in " ".join(payloads(early))
    assert eve.choices[-1].title == "Cómo prepararme"
    assert eve.choices[-1].payload == '/ask_preparation{"service": "blood"}'
    assert "Biometría" not in eve.text + str([choice.title for choice in eve.choices])


def test_a_visit_without_preparation_offers_none(world: World) -> None:
    visit = world.visit(world.ana, start_of(world))
    world.remind(visit.start - 24 * HOUR)
    (message,) = world.told(world.ana)
    assert "ask_preparation" not in " ".join(payloads(message))


# --- cost ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_a_reminder_by_text_message_is_one_segment(world: World, language: Language) -> None:
    patient = world.register("Emma Clark", language, "+525500000009")
    world.visit(patient, start_of(world))
    world.hears("+525500000009", start_of(world) - 50 * HOUR)
    world.remind(start_of(world) - 24 * HOUR)
    (message,) = world.told(patient)
    text = to_gsm(numbered(message.text, message.choices))
    assert segments(text) == 1, f"{len(text)}: {text}"
