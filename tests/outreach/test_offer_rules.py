"""Whom a freed slot suits, in which order they are asked, and for how long an offer holds."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic.appointments import Appointment, AppointmentStatus
from clinic.waitlist import FreedSlot, Waiting, visit_to_move
from outreach.offer_rules import expires_at, group_is_due, in_order, is_mid_talk, suits

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
START = NOW + timedelta(hours=24)
FREED = FreedSlot(
    1, "slot", START, START + timedelta(minutes=30), "consult", "roma", "perez", "ana"
)


def visit(hours: float, service: str = "consult", status: str = "booked") -> Appointment:
    """So many hours from NOW, for half an hour."""
    start = NOW + timedelta(hours=hours)
    return Appointment(
        id=f"visit-{hours}",
        version=1,
        status=AppointmentStatus(status),
        start=start,
        end=start + timedelta(minutes=30),
        slot_id="other",
        branch="roma",
        service=service,
        practitioner="perez",
        patient_id="beto",
    )


@pytest.mark.parametrize(
    ("waiting", "suited"),
    [
        (Waiting("beto", NOW), True),
        (Waiting("beto", NOW, practitioner="perez"), True),
        (Waiting("beto", NOW, practitioner="lopez"), False),
        (Waiting("beto", NOW, notice_hours=24), True),
        (Waiting("beto", NOW, notice_hours=25), False),
    ],
)
def test_practitioner_and_notice_are_as_the_patient_asked(waiting: Waiting, suited: bool) -> None:
    assert suits(FREED, waiting, [], NOW) is suited


@pytest.mark.parametrize(
    ("own", "suited"),
    [
        (visit(24, "scan"), False),
        (visit(23.75, "scan"), False),
        (visit(24.5, "scan"), True),
        (visit(23.5, "scan"), True),
        (visit(24, "scan", "cancelled"), True),
        (visit(48), True),
        (visit(5), False),
        (visit(5, status="cancelled"), True),
        (visit(-48), True),
    ],
)
def test_no_time_of_an_own_visit_and_none_after_a_visit_for_the_same(
    own: Appointment, suited: bool
) -> None:
    assert suits(FREED, Waiting("beto", NOW), [own], NOW) is suited


def test_three_hours_before_a_slot_it_is_offered_to_nobody() -> None:
    waiting = Waiting("beto", NOW, notice_hours=1)
    assert suits(FREED, waiting, [], START - timedelta(hours=3))
    assert not suits(FREED, waiting, [], START - timedelta(hours=2, minutes=59))


def test_who_was_never_or_least_recently_asked_goes_first_then_who_waits_longest() -> None:
    def at(hours: int) -> datetime:
        return NOW - timedelta(hours=hours)

    waiting = [
        Waiting("asked-now", at(9), last_asked=at(1)),
        Waiting("asked-before", at(1), last_asked=at(5)),
        Waiting("new", at(2)),
        Waiting("old", at(8)),
    ]
    assert [each.patient_id for each in in_order(waiting)] == [
        "old",
        "new",
        "asked-before",
        "asked-now",
    ]


def test_a_group_is_asked_every_five_minutes() -> None:
    assert group_is_due(None, NOW)
    assert not group_is_due(NOW - timedelta(minutes=4, seconds=59), NOW)
    assert group_is_due(NOW - timedelta(minutes=5), NOW)


def test_who_wrote_in_the_last_two_minutes_is_in_the_middle_of_something() -> None:
    assert not is_mid_talk(None, NOW)
    assert is_mid_talk(NOW - timedelta(minutes=1, seconds=59), NOW)
    assert not is_mid_talk(NOW - timedelta(minutes=2), NOW)


def test_an_offer_lasts_half_an_hour_and_ends_two_hours_before_the_slot() -> None:
    assert expires_at(START, NOW) == NOW + timedelta(minutes=30)
    late = START - timedelta(hours=2, minutes=10)
    assert expires_at(START, late) == START - timedelta(hours=2)


def test_the_first_later_visit_for_the_same_is_the_one_that_moves() -> None:
    visits = [visit(72), visit(48), visit(30, "scan"), visit(26, status="cancelled"), visit(12)]
    moved = visit_to_move(visits, "consult", START)
    assert moved is not None
    assert moved.start == NOW + timedelta(hours=48)
    assert visit_to_move(visits[2:], "consult", START) is None
