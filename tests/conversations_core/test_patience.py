"""Who waits for a person hears once, in opening hours, that they are not forgotten."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.catalogue import Branch, OpenHours
from conversations.patience import Patience
from tests.conversations_core.world import ANA, World

MORNING = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)  # 09:00 in Mexico City
HOURS = tuple(OpenHours(day, time(8), time(20)) for day in range(7))


@pytest.fixture
def patience(world: World) -> Patience:
    world.now = MORNING
    branch = Branch(
        code="roma",
        name="Roma",
        city="Ciudad de México",
        address="Calle 1",
        district="Roma",
        country="MX",
        currency="MXN",
        zone=ZoneInfo("America/Mexico_City"),
        phone=ANA,
        hours=HOURS,
    )
    return Patience(world.store, world.patients, lambda: [branch], timedelta(minutes=10))


def _waits(world: World, reason: str = "wish") -> str:
    talk = world.arrives("una persona, por favor").conversation_id
    world.store.hand_off(talk, reason, world.now)
    return talk


def _told(world: World, talk: str) -> int:
    return sum("olvidado" in each.text for each in world.store.messages(talk))


def test_it_is_told_once_after_so_long(world: World, patience: Patience) -> None:
    talk = _waits(world)
    world.later(minutes=9)
    patience(world.now)
    assert _told(world, talk) == 0
    for _ in range(3):
        world.later(minutes=5)
        patience(world.now)
    assert _told(world, talk) == 1


def test_who_was_answered_needs_no_such_line(world: World, patience: Patience) -> None:
    talk = _waits(world)
    world.store.say(talk, "Dígame", author="staff:lucero", at=world.now)
    world.later(minutes=30)
    patience(world.now)
    assert _told(world, talk) == 0


def test_the_night_does_not_count_and_the_morning_begins_anew(
    world: World, patience: Patience
) -> None:
    world.now = MORNING + timedelta(hours=12)  # 21:00
    talk = _waits(world)
    for hours in (1, 9, 1):  # 22:00, 07:00, and 08:00 at opening
        world.later(hours=hours)
        patience(world.now)
    assert _told(world, talk) == 0
    world.later(minutes=10)
    patience(world.now)
    assert _told(world, talk) == 1


@pytest.mark.parametrize("reason", ["emergency", "late"])
def test_who_was_told_something_else_is_left_alone(
    world: World, patience: Patience, reason: str
) -> None:
    talk = _waits(world, reason)
    world.later(minutes=30)
    patience(world.now)
    assert _told(world, talk) == 0


def test_who_has_stopped_us_is_left_alone(world: World, patience: Patience) -> None:
    talk = _waits(world)
    world.patients.set_consent(ANA, given=False, channel="sms", words="STOP", at=world.now)
    world.later(minutes=30)
    patience(world.now)
    assert _told(world, talk) == 0
