"""Night, day and week are the patient's, and a time is told with its city where clocks differ."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clinic.languages import Language
from clinic.patients import Patient
from conversations.model import Message
from tests.outreach.world import DAY, World
from understanding.phone_zones import zone_of

HOUR = timedelta(hours=1)
NEW_YORK, MADRID, TIJUANA = "+12125550143", "+34612345678", "+526641234567"


def emma(world: World, number: str = NEW_YORK, language: Language = "en") -> Patient:
    return world.register("Emma Clark", language, number)


def said(world: World, patient: Patient) -> Message:
    (message,) = world.told(patient)
    return message


@pytest.mark.parametrize(
    ("address", "branch", "zone"),
    [
        (NEW_YORK, "centro", "America/New_York"),
        (NEW_YORK, "broadway", "America/New_York"),
        ("+13105550143", "broadway", "America/New_York"),
        ("+18005550100", "centro", "America/Adak"),
        (TIJUANA, "centro", "America/Mexico_City"),
        ("+525500000001", "frontera", "America/Tijuana"),
        ("+525500000001", "broadway", "America/Mexico_City"),
        ("+50255512345", "centro", "America/Guatemala"),
        ("+8835100012345", "centro", "America/Mexico_City"),
        ("BR.1502", "centro", "America/Mexico_City"),
    ],
)
def test_a_number_of_another_country_has_clocks_of_its_own(
    world: World, address: str, branch: str, zone: str
) -> None:
    assert zone_of(address, world.branch(branch)).key == zone


def test_eight_in_the_morning_is_the_patient_s_own(world: World) -> None:
    patient = emma(world)
    world.visit(patient, world.at(DAY, 7, 30))
    # New York is already on summer time: two hours ahead of Mexico City.
    assert not world.remind(world.at(DAY - timedelta(1), 5, 59))
    assert world.remind(world.at(DAY - timedelta(1), 6, 0))


def test_nine_in_the_evening_is_the_patient_s_own(world: World) -> None:
    patient = emma(world)
    world.visit(patient, world.at(DAY, 19, 30))
    assert not world.remind(world.at(DAY - timedelta(1), 19, 30))
    assert world.remind(world.at(DAY, 6, 0))


def test_a_patient_far_away_is_reminded_while_the_branch_sleeps(any_world: World) -> None:
    patient = emma(any_world, MADRID)
    visit = any_world.visit(patient, any_world.at(DAY, 8))
    assert any_world.remind(visit.start - 2 * HOUR)  # six in the morning, one in the afternoon


def test_the_night_in_which_the_clocks_go_forward_ends_an_hour_earlier(world: World) -> None:
    patient = emma(world)
    world.visit(patient, world.at(date(2026, 3, 8), 13))
    world.visit(world.ana, world.at(date(2026, 3, 8), 13, branch="frontera"), branch="frontera")
    assert not world.remind(datetime(2026, 3, 8, 11, 59, tzinfo=UTC))
    assert len(world.remind(datetime(2026, 3, 8, 12, 0, tzinfo=UTC))) == 1
    assert len(world.told(patient)) == 1
    assert len(world.remind(datetime(2026, 3, 8, 15, 0, tzinfo=UTC))) == 1  # eight in Tijuana
    assert len(world.told(world.ana)) == 1


def test_a_day_of_one_reminder_is_the_patient_s_day(world: World) -> None:
    patient = emma(world, "+819012345678")  # fifteen hours ahead of Mexico City
    first = world.visit(patient, world.at(DAY, 19))
    second = world.visit(patient, world.at(DAY + timedelta(1), 19))
    assert world.remind(first.start - 24 * HOUR)  # ten in the morning of the 12th in Tokyo
    assert not world.remind(first.start - 21 * HOUR)
    same_day_at_the_branch = second.start - 46 * HOUR
    assert not world.remind(same_day_at_the_branch)
    assert world.remind(world.at(DAY, 17))  # eight in the morning of the 13th in Tokyo


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "jueves 12 de marzo a las 4:00 p.m., hora de Mexico_City, sucursal Centro."),
        ("pt", "quinta-feira, 12 de março às 16:00, horário de Mexico_City, unidade Centro."),
        ("en", "Thursday, March 12 at 4:00 PM, Mexico_City time, Centro branch."),
    ],
)
def test_a_time_is_told_with_its_city_where_the_patient_s_clocks_differ(
    world: World, language: Language, text: str
) -> None:
    patient = emma(world, language=language)
    visit = world.visit(patient, world.at(DAY, 16))
    world.remind(visit.start - 24 * HOUR)
    assert said(world, patient).text.splitlines()[0].endswith(f": {text}")


def test_a_time_is_told_alone_where_two_zones_show_the_same(world: World) -> None:
    patient = emma(world, "+50255512345")
    visit = world.visit(patient, world.at(DAY, 16))
    world.remind(visit.start - 24 * HOUR)
    assert "tomorrow, Thursday, March 12 at 4:00 PM, Centro" in said(world, patient).text
