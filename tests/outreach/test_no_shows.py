"""Who missed a visit is offered another time, once, without reproach."""

from datetime import timedelta

import pytest

from channels.sms.gsm import segments, to_gsm
from channels.texts import numbered
from clinic.appointments import AppointmentStatus
from clinic.languages import LANGUAGES, Language
from tests.outreach.after_visits import HOUR, invite, marked, missed
from tests.outreach.world import DAY, World


def test_another_time_is_offered_an_hour_after_the_visit_was_marked_and_once(
    any_world: World,
) -> None:
    world = any_world
    visit = missed(world, world.ana, world.at(DAY, 10))
    assert invite(world, visit.end + 0.9 * HOUR) == []
    assert invite(world, visit.end + HOUR) == [visit.id]
    assert invite(world, visit.end + 2 * HOUR) == []
    assert invite(world, visit.end + 24 * HOUR) == []


def test_the_choices_lead_to_the_same_service_and_branch_or_leave_it_at_that(world: World) -> None:
    visit = missed(world, world.ana, world.at(DAY, 10))
    invite(world, visit.end + HOUR)
    (message,) = world.told(world.ana)
    assert [choice.payload for choice in message.choices] == [
        '/book_appointment{"service": "consult", "branch": "centro"}',
        "/not_needed",
        "/talk_to_human",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_name_clinic_and_day_and_fit_two_text_messages(
    world: World, language: Language
) -> None:
    patient = world.register("Emma Clark", language, "+525500000009")
    world.hears("+525500000009", world.at(DAY, 8))
    visit = missed(world, patient, world.at(DAY, 10))
    invite(world, visit.end + HOUR)
    (message,) = world.told(patient)
    assert "Clínica Aurora" in message.text
    assert "12" in message.text
    assert "onsulta" not in message.text.replace("falta na consulta", "")
    assert segments(to_gsm(numbered(message.text, message.choices))) <= 2


def test_at_night_it_waits_for_the_morning(world: World) -> None:
    visit = missed(world, world.ana, world.at(DAY, 20))
    assert invite(world, visit.end + HOUR) == []
    assert invite(world, world.at(DAY + timedelta(days=1), 8)) == [visit.id]


def test_who_was_there_after_all_is_not_asked(world: World) -> None:
    visit = missed(world, world.ana, world.at(DAY, 10))
    marked(world, visit, AppointmentStatus.ARRIVED, at=visit.end + 0.5 * HOUR)
    assert invite(world, visit.end + 2 * HOUR) == []


def test_who_comes_later_for_the_same_is_not_asked(world: World) -> None:
    visit = missed(world, world.ana, world.at(DAY, 10))
    later = world.visit(world.ana, world.at(DAY + timedelta(days=2), 10))
    assert invite(world, visit.end + HOUR) == []
    world.now[0] = visit.end
    world.services.schedule.cancel(later.ref, world.change(visit.end))
    assert invite(world, visit.end + HOUR) == [visit.id]


def test_a_later_visit_for_something_else_keeps_nobody_from_being_asked(world: World) -> None:
    visit = missed(world, world.ana, world.at(DAY, 10))
    other = world.at(DAY + timedelta(days=9), 10)
    world.visit(world.ana, other, service="blood", by="centro-laboratory")
    assert invite(world, visit.end + HOUR) == [visit.id]


def test_who_has_opted_out_is_not_asked(world: World) -> None:
    visit = missed(world, world.ana, world.at(DAY, 10))
    world.services.patients.set_consent(
        "+525500000001", given=False, channel="sms", words="ALTO", at=visit.end
    )
    assert invite(world, visit.end + HOUR) == []


def test_after_three_days_nobody_is_asked(world: World) -> None:
    visit = world.visit(world.ana, world.at(DAY, 10))
    marked(world, visit, AppointmentStatus.NO_SHOW, at=visit.start + timedelta(days=3))
    assert invite(world, visit.start + timedelta(days=3) + HOUR) == []
