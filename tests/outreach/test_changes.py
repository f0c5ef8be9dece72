"""The patient is told what the staff changed: once, neutrally, and only what happened."""

import json
from datetime import timedelta

import pytest

from clinic.appointments import Appointment, Change
from integrations.scheduling.tellings import Tellings
from outreach.changes import tell_changes
from tests.outreach.world import DAY, World


def _change(world: World, key: str = "console:1", *, tell: bool = True) -> Change:
    change = Change("staff:lucero", "console", key, world.now[0], "sala en obras")
    if tell:
        Tellings(world.services.database).wish(change)
    return change


def _visit(world: World) -> Appointment:
    world.now[0] = world.at(DAY, 9)
    return world.visit(world.ana, world.at(DAY, 16))


def _tell(world: World) -> list[dict[str, str]]:
    return tell_changes(world.services, world.now[0])


def test_who_is_moved_is_told_once_and_can_answer(any_world: World) -> None:
    world, visit = any_world, _visit(any_world)
    slot = world.slot(world.at(DAY + timedelta(days=1), 10))
    moved = world.services.schedule.reschedule(visit.ref, slot, _change(world))
    assert [each["about"] for each in _tell(world)] == [visit.id]
    assert not _tell(world)
    (message,) = world.told(world.ana)
    assert "mañana, viernes 13 de marzo a las 10:00 a.m., sucursal Centro" in message.text
    for word in ("consulta", "Hernández", "obras"):
        assert word not in message.text
    carried = [choice.payload.partition("{") for choice in message.choices]
    assert [intent for intent, _, _ in carried] == [
        *("/confirm_appointment", "/reschedule_appointment", "/cancel_appointment")
    ]
    assert {json.loads("{" + rest)["visit"] for _, _, rest in carried} == {str(moved.ref)}


def test_who_is_cancelled_may_book_another(world: World) -> None:
    visit = _visit(world)
    world.services.schedule.cancel(visit.ref, _change(world))
    _tell(world)
    (message,) = world.told(world.ana)
    assert "fue cancelada" in message.text
    assert [choice.payload for choice in message.choices] == ["/book_appointment"]


def test_nothing_is_told_without_the_wish_or_before_the_change(world: World) -> None:
    visit = _visit(world)
    _change(world, "never made")
    assert not _tell(world)
    world.services.schedule.cancel(visit.ref, _change(world, "unticked", tell=False))
    assert not _tell(world)
    assert not world.told(world.ana)


def test_what_has_changed_again_is_told_as_it_is_now(world: World) -> None:
    visit = _visit(world)
    first, second = (world.slot(world.at(DAY + timedelta(days=2), hour)) for hour in (9, 11))
    moved = world.services.schedule.reschedule(visit.ref, first, _change(world, "1"))
    world.services.schedule.reschedule(moved.ref, second, _change(world, "2"))
    assert len(_tell(world)) == 1
    (message,) = world.told(world.ana)
    assert "11:00" in message.text


def test_who_said_stop_is_not_written_to(world: World) -> None:
    visit = _visit(world)
    world.services.patients.set_consent(
        "+525500000001", given=False, channel="sms", words="ALTO", at=world.now[0]
    )
    world.services.schedule.cancel(visit.ref, _change(world))
    assert not _tell(world)
    assert not world.told(world.ana)


def test_on_a_shared_phone_the_name_says_whom_it_is_for(world: World) -> None:
    ana, visit = world.ana, _visit(world)
    world.register("Luis Torres", "es", "+525500000001")
    world.services.schedule.cancel(visit.ref, _change(world))
    _tell(world)
    (message,) = world.told(ana)
    assert "Ana: esta cita fue cancelada" in message.text


def test_a_crash_after_the_words_tells_nothing_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = _visit(world)
    world.services.schedule.cancel(visit.ref, _change(world))
    with monkeypatch.context() as patch:
        patch.setattr(Tellings, "settle", lambda _self, _key: (_ for _ in ()).throw(OSError))
        _tell(world)
    _tell(world)
    assert len(world.told(world.ana)) == 1
