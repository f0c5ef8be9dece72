"""Who is told that a visit is due again, how many a day, and how they have it stop."""

from datetime import datetime, timedelta

import pytest

from channels.sms.gsm import segments, to_gsm
from channels.texts import numbered
from clinic.languages import LANGUAGES, Language
from clinic.outreach_rules import RuleKind
from integrations.tables import OutreachRuleRow
from tests.outreach.after_visits import completed, recalled
from tests.outreach.world import DAY, World

YEAR_AGO = DAY - timedelta(days=365)


def ten(world: World, days: int) -> datetime:
    """After ten in the morning at Centro, so many days after the day."""
    return world.at(DAY + timedelta(days=days), 10, 5)


def yearly(world: World, months: int = 12) -> None:
    """Consults are due again after so many months."""
    row = OutreachRuleRow(kind=RuleKind.RECALL, service="consult", branch="", value=str(months))
    with world.services.database.begin() as session:
        session.add(row)


def test_a_visit_is_due_again_after_the_months_of_the_rule_and_told_once(any_world: World) -> None:
    world = any_world
    yearly(world)
    completed(world, world.ana, world.at(YEAR_AGO, 9))
    assert recalled(world, ten(world, 0)) == []
    assert recalled(world, ten(world, 1)) == [world.ana.id]
    assert recalled(world, ten(world, 1) + timedelta(minutes=1)) == []
    for days in (2, 31, 60, 200):
        assert recalled(world, ten(world, days)) == []
    assert recalled(world, ten(world, 370)) == [world.ana.id], "a year later, once more"


def test_without_a_rule_nobody_is_recalled(world: World) -> None:
    completed(world, world.ana, world.at(YEAR_AGO, 9))
    assert recalled(world, ten(world, 1)) == []


def test_only_in_the_morning_is_anybody_recalled(world: World) -> None:
    yearly(world)
    completed(world, world.ana, world.at(YEAR_AGO, 9))
    tomorrow = DAY + timedelta(days=1)
    assert recalled(world, world.at(tomorrow, 9, 59)) == []
    assert recalled(world, world.at(tomorrow, 10, 10)) == []
    assert recalled(world, world.at(tomorrow, 10)) == [world.ana.id]


def test_who_comes_anyway_is_not_recalled(world: World) -> None:
    yearly(world)
    completed(world, world.ana, world.at(YEAR_AGO, 9))
    world.visit(world.ana, world.at(DAY + timedelta(days=20), 10))
    assert recalled(world, ten(world, 1)) == []


def test_so_many_a_day_are_recalled_the_longest_due_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.services.settings, "recalls_a_day", 1)
    yearly(world)
    completed(world, world.ana, world.at(YEAR_AGO, 9))
    completed(world, world.beto, world.at(YEAR_AGO - timedelta(days=9), 9))
    assert recalled(world, ten(world, 1)) == [world.beto.id]
    assert recalled(world, ten(world, 1) + timedelta(minutes=5)) == []
    assert recalled(world, ten(world, 2)) == [world.ana.id]


def test_who_cannot_be_reached_keeps_nobody_else_from_being_recalled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach.follow_ups.recall._AT_A_LOOK", 1)
    yearly(world)
    completed(world, world.beto, world.at(YEAR_AGO - timedelta(days=9), 9))
    completed(world, world.ana, world.at(YEAR_AGO, 9))
    patients, at = world.services.patients, ten(world, 1)
    patients.set_consent("+525500000002", given=False, channel="sms", words="ALTO", at=at)
    assert recalled(world, at) == []
    assert recalled(world, at + timedelta(minutes=1)) == [world.ana.id]


def test_later_is_a_month_later_and_never_is_never(world: World) -> None:
    yearly(world)
    visit = completed(world, world.ana, world.at(YEAR_AGO, 9))
    assert recalled(world, ten(world, 1))
    assert recalled(world, ten(world, 3)) == []
    world.services.recalls.put_off(visit.patient_id, "consult", ten(world, 1) + timedelta(days=31))
    assert recalled(world, ten(world, 31)) == []
    assert recalled(world, ten(world, 32)) == [world.ana.id]
    world.services.recalls.put_off(visit.patient_id, "consult", None)
    assert recalled(world, ten(world, 900)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_name_no_service_and_fit_two_text_messages(
    world: World, language: Language
) -> None:
    yearly(world)
    patient = world.register("Emma Clark", language, "+525500000009")
    completed(world, patient, world.at(YEAR_AGO, 9))
    world.hears("+525500000009", world.at(DAY, 9))
    recalled(world, ten(world, 1))
    (message,) = world.told(patient)
    assert "onsult" not in message.text
    assert [choice.payload.split("{")[0] for choice in message.choices] == [
        *("/book_appointment", "/recall_later", "/no_more_recalls")
    ]
    assert segments(to_gsm(numbered(message.text, message.choices))) <= 2
