"""Who is asked how a visit was, when, and with what words."""

import json
from datetime import timedelta

import pytest

from channels.sms.gsm import segments, to_gsm
from channels.texts import numbered
from clinic.appointments import AppointmentStatus
from clinic.languages import LANGUAGES, Language
from clinic.outreach_rules import Rule, RuleBook, RuleKind
from tests.outreach.after_visits import HOUR, ask, completed, marked
from tests.outreach.world import DAY, World

ANA = "+525500000001"


def test_a_completed_visit_is_asked_about_three_hours_after_its_end_and_once(
    any_world: World,
) -> None:
    world = any_world
    visit = completed(world, world.ana, world.at(DAY, 10))
    assert ask(world, visit.end + 2.9 * HOUR) == []
    assert ask(world, visit.end + 3 * HOUR) == [visit.id]
    assert ask(world, visit.end + 4 * HOUR) == []
    assert ask(world, visit.end + 27 * HOUR) == []
    (message,) = world.told(world.ana)
    assert [choice.payload for choice in message.choices] == [
        "/give_feedback" + json.dumps({"visit": str(visit.ref), "score": str(score)})
        for score in (1, 2, 3, 4, 5)
    ]


def test_a_visit_that_is_not_marked_completed_is_not_asked_about(world: World) -> None:
    visit = world.visit(world.ana, world.at(DAY, 10))
    assert ask(world, visit.end + 3 * HOUR) == []
    marked(world, visit, AppointmentStatus.NO_SHOW)
    assert ask(world, visit.end + 3 * HOUR) == []


def test_in_the_evening_the_question_waits_for_the_morning(world: World) -> None:
    visit = completed(world, world.ana, world.at(DAY, 18))
    assert ask(world, visit.end + 3 * HOUR) == []
    assert ask(world, world.at(DAY + timedelta(days=1), 8)) == [visit.id]


def test_after_three_days_nobody_is_asked(world: World) -> None:
    visit = completed(world, world.ana, world.at(DAY, 10))
    assert ask(world, visit.end + timedelta(days=3)) == []
    assert ask(world, visit.end + timedelta(days=3) - HOUR) == [visit.id]


def test_a_patient_is_asked_once_in_thirty_days(any_world: World) -> None:
    world = any_world
    visits = [
        completed(world, world.ana, world.at(DAY + timedelta(days=d), 10)) for d in (0, 9, 31)
    ]
    assert [ask(world, visit.end + 4 * HOUR) for visit in visits] == [
        [visits[0].id],
        [],
        [visits[2].id],
    ]


def test_of_two_visits_of_a_day_the_last_is_asked_about(world: World) -> None:
    first = completed(world, world.ana, world.at(DAY, 9))
    last = world.visit(world.ana, world.at(DAY, 11))
    assert ask(world, first.end + 3 * HOUR) == []
    last = marked(world, last)
    assert ask(world, last.end + 3 * HOUR) == [last.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_name_the_clinic_and_the_day_and_fit_two_text_messages(
    world: World, language: Language
) -> None:
    patient = world.register("Emma Clark", language, "+525500000009")
    visit = completed(world, patient, world.at(DAY, 10))
    world.hears("+525500000009", visit.start - 30 * HOUR)
    ask(world, visit.end + 3 * HOUR)
    (message,) = world.told(patient)
    day = {
        "es": "jueves 12 de marzo",
        "pt": "quinta-feira, 12 de março",
        "en": "Thursday, March 12",
    }
    assert "Clínica Aurora" in message.text
    assert day[language] in message.text
    assert "onsult" not in message.text, "not what the visit was for"
    assert segments(to_gsm(numbered(message.text, message.choices))) <= 2


def test_a_shared_phone_hears_whom_it_is_for(world: World) -> None:
    lucia = world.register("Lucía Rivas", "es", "+525500000006")
    world.register("Mateo Rivas", "es", "+525500000006")
    visit = completed(world, lucia, world.at(DAY, 10))
    ask(world, visit.end + 3 * HOUR)
    assert world.told(lucia)[0].text.startswith("Clínica Aurora, para Lucía: ")


def test_who_has_opted_out_is_not_asked(world: World) -> None:
    visit = completed(world, world.ana, world.at(DAY, 10))
    world.services.patients.set_consent(ANA, given=False, channel="sms", words="ALTO", at=visit.end)
    assert ask(world, visit.end + 3 * HOUR) == []


def test_who_has_just_written_is_asked_a_little_later(world: World) -> None:
    visit = completed(world, world.ana, world.at(DAY, 10))
    world.hears(ANA, visit.end + 3 * HOUR)
    assert ask(world, visit.end + 3 * HOUR + timedelta(minutes=9)) == []
    assert ask(world, visit.end + 3 * HOUR + timedelta(minutes=11)) == [visit.id]


def test_who_waits_for_a_person_is_not_asked(world: World) -> None:
    visit = completed(world, world.ana, world.at(DAY, 10))
    world.hears(ANA, visit.end)
    talk = world.services.conversations.recent(1)[0]
    world.services.conversations.hand_off(talk.id, "complaint", visit.end)
    assert ask(world, visit.end + 3 * HOUR) == []


def test_while_a_person_answers_nothing_is_asked(world: World) -> None:
    visit = completed(world, world.ana, world.at(DAY, 10))
    world.hears(ANA, visit.end)
    talk = world.services.conversations.recent(1)[0]
    world.services.conversations.take_over(talk.id, "demo", visit.end)
    assert ask(world, visit.end + 3 * HOUR) == []
    world.services.conversations.give_back(talk.id, visit.end + 3 * HOUR)
    assert ask(world, visit.end + 4 * HOUR) == [visit.id]


def test_on_a_day_with_a_reminder_nothing_is_asked_and_the_reminder_is_not_held_back(
    world: World,
) -> None:
    visit = completed(world, world.ana, world.at(DAY, 10))
    world.visit(world.ana, world.at(DAY + timedelta(days=1), 15))
    assert world.remind(world.at(DAY, 13))
    assert ask(world, world.at(DAY, 14)) == []
    assert ask(world, world.at(DAY + timedelta(days=1), 9)) == [visit.id]
    assert world.remind(world.at(DAY + timedelta(days=1), 13, 30)), "in spite of the question"


def test_a_rule_may_leave_a_service_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    book = RuleBook([Rule(RuleKind.FEEDBACK, "consult", None, "off")])
    monkeypatch.setattr(type(world.services.outreach_rules), "read", lambda _self: book)
    visit = completed(world, world.ana, world.at(DAY, 10))
    assert ask(world, visit.end + 3 * HOUR) == []


def test_other_hours_can_be_set(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.services.settings, "feedback_hours", 1)
    visit = completed(world, world.ana, world.at(DAY, 10))
    assert ask(world, visit.end + HOUR) == [visit.id]
