"""Hours of its own for a service and a branch, how many go out at once, and what is sent late."""

from datetime import timedelta

import pytest

from clinic.appointments import Appointment
from tests.outreach.world import DAY, World, start_of

HOUR = timedelta(hours=1)


def reminded_at(world: World, visit: Appointment, *hours: int) -> list[int]:
    """At which of those hours before the visit something was begun."""
    return [each for each in hours if world.remind(visit.start - each * HOUR)]


def confirmed(world: World, visit: Appointment) -> Appointment:
    return world.services.schedule.confirm(visit.ref, world.change(visit.start - 100 * HOUR))


def test_a_service_at_a_branch_has_hours_of_its_own(any_world: World) -> None:
    world = any_world
    world.rule("reminders", "48 3", branch="centro")
    world.rule("reminders", "96 1", "consult", "centro")
    consult = world.visit(world.ana, start_of(world))
    study = world.visit(world.beto, start_of(world), service="blood", by="centro-laboratory")
    told = [each["about"] for each in world.remind(consult.start - 96 * HOUR)]
    assert told == [consult.id]
    told = [each["about"] for each in world.remind(study.start - 48 * HOUR)]
    assert told == [study.id]


def test_a_service_whose_reminders_are_off_is_not_reminded_of_nor_told_with_others(
    world: World,
) -> None:
    world.rule("reminders", "off", "blood")
    study = world.visit(world.ana, world.at(DAY, 17), service="blood", by="centro-laboratory")
    world.rule("preparation", "off", "blood")
    assert reminded_at(world, study, 72, 24, 2) == []
    world.visit(world.ana, world.at(DAY, 15))
    world.remind(world.at(DAY, 13))
    (message,) = world.told(world.ana)
    assert "3:00 p.m." in message.text
    assert "5:00 p.m." not in message.text


def test_a_confirmed_visit_gets_the_earlier_ones_only_where_the_cadence_says_so(
    world: World,
) -> None:
    world.rule("reminders", "72 24 2 all", branch="frontera")
    start = start_of(world)
    there = confirmed(world, world.visit(world.ana, start, branch="frontera"))
    here = confirmed(world, world.visit(world.beto, start))
    told = [[each["about"] for each in world.remind(start - hours * HOUR)] for hours in (72, 24, 2)]
    assert told[:2] == [[there.id], [there.id]]
    assert set(told[2]) == {there.id, here.id}


def test_what_an_outage_left_goes_out_little_by_little_the_nearest_visits_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.services.settings, "reminders_per_look", 2)
    visits = [
        world.visit(
            world.register(f"Ana Torres {number}", "es", f"+52550003000{number}"),
            world.at(DAY, 16) - number * HOUR,
        )
        for number in range(5)
    ]
    looks = [world.remind(world.at(DAY - timedelta(1), 18)) for _ in range(4)]
    told = [[each["about"] for each in look] for look in looks]
    expected = [visit.id for visit in reversed(visits)]
    assert told == [expected[:2], expected[2:4], expected[4:], []]


# --- what changed between writing and sending ----------------------------------------------------


def test_a_visit_moved_before_its_reminder_was_sent_sends_no_old_time(any_world: World) -> None:
    world = any_world
    visit = world.visit(world.ana, start_of(world))
    at = visit.start - 24 * HOUR
    world.remind(at)
    later = world.at(DAY + timedelta(days=8), 10)
    world.move(visit, later, at)
    world.send(at)
    assert not world.post.sent
    (message,) = world.told(world.ana)
    assert (message.state, message.error_code) == ("failed", "changed")
    assert world.remind(later - 72 * HOUR)
    world.send(later - 72 * HOUR)
    (sent,) = world.post.sent
    assert "10:00 a.m." in sent.text


def test_a_visit_cancelled_before_its_reminder_was_sent_is_not_reminded_of(world: World) -> None:
    visit = world.visit(world.ana, start_of(world))
    at = visit.start - 24 * HOUR
    world.remind(at)
    world.services.schedule.cancel(visit.ref, world.change(at))
    world.send(at)
    assert not world.post.sent


def test_a_reminder_that_a_provider_away_kept_until_the_visit_began_is_not_sent(
    world: World,
) -> None:
    visit = world.visit(world.ana, start_of(world))
    world.remind(visit.start - 2 * HOUR)
    world.send(visit.start + timedelta(minutes=1))
    assert not world.post.sent
