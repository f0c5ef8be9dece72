"""When patients may be written to, where, how often, and never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.outreach.world import DAY, World, start_of

HOUR = timedelta(hours=1)


def test_what_falls_due_at_night_waits_for_eight_in_the_morning(world: World) -> None:
    start = world.at(DAY, 22)
    world.visit(world.ana, start)
    night = start - 24 * HOUR
    assert not world.remind(night)
    assert not world.remind(world.at(DAY, 7, 59))
    assert world.remind(world.at(DAY, 8))


def test_nobody_is_reminded_within_the_last_hour(world: World) -> None:
    start = world.at(DAY, 8, 45)
    world.visit(world.ana, start)
    assert not world.remind(world.at(DAY, 8))
    assert not world.told(world.ana)


def test_eight_in_the_morning_is_the_branch_s_own(world: World) -> None:
    start = world.at(DAY, 7, 15, branch="frontera")
    world.visit(world.ana, start, branch="frontera")
    assert not world.remind(world.at(DAY - timedelta(1), 8, 30, "centro"))
    assert world.remind(world.at(DAY - timedelta(1), 8, 0, "frontera"))


@pytest.mark.parametrize(("day", "wall"), [(date(2026, 3, 8), 14), (date(2026, 11, 1), 16)])
def test_a_day_has_24_hours_also_where_the_clocks_change(
    world: World, day: date, wall: int
) -> None:
    visit = world.visit(world.ana, world.at(day, 15, branch="broadway"), branch="broadway")
    due = world.at(day - timedelta(1), wall, branch="broadway")
    assert world.remind(visit.start - 72 * HOUR)
    assert not world.remind(due.astimezone(UTC) - timedelta(seconds=1))
    assert world.remind(due.astimezone(UTC))
    assert "a las 3:00 p.m." in world.told(world.ana)[-1].text


def test_eight_in_the_morning_is_the_new_one_after_the_clocks_changed(world: World) -> None:
    day = date(2026, 3, 8)
    patient = world.register("Emma Clark", "en", "+12025550143")
    world.visit(patient, world.at(day, 9, 30, branch="broadway"), branch="broadway")
    assert not world.remind(datetime(2026, 3, 8, 11, 59, tzinfo=UTC))
    assert world.remind(datetime(2026, 3, 8, 12, 0, tzinfo=UTC))


def test_a_visit_just_after_midnight_is_told_with_its_own_day(world: World) -> None:
    start = world.at(DAY, 0, 30)
    world.visit(world.ana, start)
    world.remind(world.at(DAY - timedelta(1), 8))
    (message,) = world.told(world.ana)
    assert "mañana, jueves 12 de marzo a las 12:30 a.m." in message.text


def test_an_address_hears_of_one_visit_a_day_the_nearest_first(world: World) -> None:
    near = world.visit(world.ana, world.at(DAY, 10))
    far = world.visit(world.ana, world.at(DAY + timedelta(2), 10))
    morning = world.at(DAY - timedelta(1), 10)
    assert [each["about"] for each in world.remind(morning)] == [near.id]
    assert not world.remind(morning + HOUR)
    assert [each["about"] for each in world.remind(world.at(DAY, 8))] == [near.id]
    assert [each["about"] for each in world.remind(world.at(DAY + timedelta(1), 10))] == [far.id]


def test_an_address_hears_of_three_a_week(world: World) -> None:
    for ahead in range(6):
        world.visit(world.ana, world.at(DAY + timedelta(ahead), 10))
    begun = [world.remind(world.at(DAY + timedelta(ahead - 1), 10)) for ahead in range(6)]
    assert [len(each) for each in begun] == [1, 1, 1, 0, 0, 0]


def test_who_opted_out_hears_nothing(any_world: World) -> None:
    world = any_world
    visit = world.visit(world.ana, start_of(world))
    world.services.patients.set_consent(
        "+525500000001", given=False, channel="sms", words="ALTO", at=visit.start - 90 * HOUR
    )
    assert not any(world.remind(visit.start - hours * HOUR) for hours in (72, 24, 2))
    assert not world.told(world.ana)


def test_a_stop_between_saying_and_sending_is_obeyed(world: World) -> None:
    visit = world.visit(world.ana, start_of(world))
    at = visit.start - 24 * HOUR
    world.remind(at)
    world.services.patients.set_consent(
        "+525500000001", given=False, channel="sms", words="ALTO", at=at
    )
    world.send(at)
    assert not world.post.sent
    assert world.told(world.ana)[0].state == "withheld"


def test_whatsapp_is_used_within_its_24_hours_and_a_text_message_after(world: World) -> None:
    start = start_of(world)
    world.visit(world.ana, start)
    world.hears("+525500000001", start - 73 * HOUR, "whatsapp")
    world.remind(start - 72 * HOUR)
    world.remind(start - 24 * HOUR)
    assert [message.channel for message in world.told(world.ana)] == ["whatsapp", "sms"]
    world.send(start - 24 * HOUR)
    assert [(sent.channel, sent.to) for sent in world.post.sent] == [
        ("whatsapp", "whatsapp:+525500000001"),
        ("sms", "+525500000001"),
    ]


def test_who_has_just_written_is_not_interrupted(world: World) -> None:
    start = start_of(world)
    world.visit(world.ana, start)
    at = start - 24 * HOUR
    world.hears("+525500000001", at - timedelta(minutes=9))
    assert not world.remind(at)
    assert world.remind(at + timedelta(minutes=1))


def test_whom_only_whatsapp_reaches_hears_nothing_outside_its_window(world: World) -> None:
    patient = world.register("João Pereira", "pt", "BR.1502")
    start = start_of(world)
    world.visit(patient, start)
    assert not world.remind(start - 24 * HOUR)


# --- once ----------------------------------------------------------------------------------------


def test_a_crash_between_saying_and_sending_loses_and_doubles_nothing(any_world: World) -> None:
    world = any_world
    visit = world.visit(world.ana, start_of(world))
    at = visit.start - 24 * HOUR
    world.remind(at)  # and here the worker died
    assert not world.remind(at + timedelta(seconds=3))
    world.send(at + timedelta(seconds=3))
    world.send(at + timedelta(seconds=6))
    assert [sent.to for sent in world.post.sent] == ["+525500000001"]


def test_a_reminder_survives_a_provider_that_is_away(world: World) -> None:
    visit = world.visit(world.ana, start_of(world))
    at = visit.start - 24 * HOUR
    world.remind(at)
    world.post.away = True
    world.send(at)
    world.post.away = False
    assert not world.remind(at + timedelta(minutes=1))
    world.send(at + timedelta(minutes=1))
    assert len(world.post.sent) == 1


def test_one_that_cannot_be_reminded_of_keeps_none_of_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.visit(world.ana, world.at(DAY, 15))
    second = world.visit(world.beto, world.at(DAY, 15, 30))
    reach = world.services.conversations.reach

    def broken(to: str, *others: object) -> object:
        if to == "+525500000001":
            raise RuntimeError
        return reach(to, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(world.services.conversations, "reach", broken)
    begun = world.remind(second.start - 24 * HOUR)
    assert [each["about"] for each in begun] == [second.id]
    monkeypatch.undo()
    assert [each["about"] for each in world.remind(second.start - 23 * HOUR)] == [first.id]
