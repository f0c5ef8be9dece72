"""Whom a freed slot suits, in which order they are asked, and for how long an offer holds."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.appointments import Appointment, AppointmentStatus
from clinic.offering import expires_at, in_order, is_mid_talk, next_group_at, suits
from clinic.waitlist import ANYTHING, FreedSlot, Waiting, WeekTime, Wishes, visit_to_move

ROMA = ZoneInfo("America/Mexico_City")
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
START = NOW + timedelta(hours=24)
"""Wednesday at nine in the morning at Roma."""
FREED = FreedSlot(
    1, NOW, "slot", START, START + timedelta(minutes=30), "consult", "roma", "perez", "ana"
)


def waiting(wishes: Wishes = ANYTHING) -> Waiting:
    return Waiting("beto", "consult", "roma", NOW, wishes)


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
    ("wishes", "suited"),
    [
        (Wishes(), True),
        (Wishes("perez"), True),
        (Wishes("lopez"), False),
        (Wishes(notice_hours=24), True),
        (Wishes(notice_hours=25), False),
        (Wishes(times=(WeekTime((2,)),)), True),
        (Wishes(times=(WeekTime((1, 3)),)), False),
        (Wishes(times=(WeekTime(since=time(9)),)), True),
        (Wishes(times=(WeekTime(since=time(9, 1)),)), False),
        (Wishes(times=(WeekTime(until=time(9)),)), False),
        (Wishes(times=(WeekTime(until=time(9, 1)),)), True),
        (Wishes(times=(WeekTime((0,)), WeekTime((2,), time(8), time(12)))), True),
    ],
)
def test_a_slot_is_as_the_patient_asked(wishes: Wishes, suited: bool) -> None:
    assert suits(FREED, waiting(wishes), [], ROMA, NOW) is suited


def test_the_times_that_suit_are_the_branchs_own() -> None:
    nine = Wishes(times=(WeekTime(since=time(9), until=time(10)),))
    assert suits(FREED, waiting(nine), [], ROMA, NOW)
    assert not suits(FREED, waiting(nine), [], ZoneInfo("America/Sao_Paulo"), NOW)


@pytest.mark.parametrize(("day", "hour"), [(8, 15), (1, 16)])
def test_nine_in_the_morning_stays_nine_where_the_clocks_change(day: int, hour: int) -> None:
    month = 3 if day == 8 else 2
    start = datetime(2026, month, day, hour, 30, tzinfo=UTC)
    freed = replace(FREED, start=start, end=start + timedelta(minutes=30))
    tijuana = ZoneInfo("America/Tijuana")
    eight = Wishes(times=(WeekTime(since=time(8), until=time(9)),))
    before = start - timedelta(days=2)
    assert suits(freed, waiting(eight), [], tijuana, before)


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
    assert suits(FREED, waiting(), [own], ROMA, NOW) is suited


def test_three_hours_before_a_slot_it_is_offered_to_nobody() -> None:
    short = waiting(Wishes(notice_hours=1))
    assert suits(FREED, short, [], ROMA, START - timedelta(hours=3))
    assert not suits(FREED, short, [], ROMA, START - timedelta(hours=2, minutes=59))


def test_the_order_is_priority_then_least_recently_asked_then_the_longest_wait() -> None:
    def of(name: str, waited: int, priority: int = 0, asked: int | None = None) -> Waiting:
        last = None if asked is None else NOW - timedelta(hours=asked)
        since = NOW - timedelta(hours=waited)
        return Waiting(name, "consult", "roma", since, Wishes(), priority, last)

    everybody = [
        of("asked-now", 9, asked=1),
        of("asked-before", 1, asked=5),
        of("new", 2),
        of("old", 8),
        of("later", 9, priority=-1),
        of("urgent-asked", 1, priority=2, asked=1),
        of("urgent", 1, priority=1),
    ]
    assert [each.patient_id for each in in_order(everybody)] == [
        "urgent-asked",
        "urgent",
        "old",
        "new",
        "asked-before",
        "asked-now",
        "later",
    ]


def test_a_group_is_asked_every_five_minutes() -> None:
    assert next_group_at(FREED, None, ROMA, NOW) == NOW
    before = NOW - timedelta(minutes=4, seconds=59)
    assert next_group_at(FREED, before, ROMA, NOW) == NOW + timedelta(seconds=1)
    assert next_group_at(FREED, NOW - timedelta(minutes=5), ROMA, NOW) == NOW


def test_at_night_the_next_group_waits_for_eight_in_the_morning() -> None:
    night = datetime(2026, 3, 11, 4, tzinfo=UTC)
    far = replace(FREED, start=START + timedelta(days=2))
    assert next_group_at(far, None, ROMA, night) == datetime(2026, 3, 11, 14, tzinfo=UTC)
    assert next_group_at(FREED, None, ROMA, night) is None  # at eight it would be too near


def test_a_slot_is_offered_for_two_days_and_until_three_hours_before() -> None:
    assert next_group_at(FREED, None, ROMA, START - timedelta(hours=2, minutes=59)) is None
    far = replace(FREED, start=START + timedelta(days=9))
    assert next_group_at(far, None, ROMA, NOW + timedelta(hours=48)) is not None
    assert next_group_at(far, None, ROMA, NOW + timedelta(hours=48, seconds=1)) is None


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
