"""Opening hours are wall time: what they mean in UTC changes with the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.catalogue import Branch, OpenHours
from clinic.hours import (
    instant,
    is_open,
    local_day,
    next_open_day,
    next_opening,
    open_for,
    open_spans,
    open_until,
    opens_next,
    slot_times,
)

TIJUANA = ZoneInfo("America/Tijuana")
SUNDAY = date(2026, 3, 8)  # Tijuana's clocks go from 02:00 to 03:00; Mexico City's stay


def branch(*hours: OpenHours, zone: str = "America/Tijuana") -> Branch:
    return Branch(
        "norte", "Norte", "Tijuana", "", "", "MX", "MXN", ZoneInfo(zone), "", tuple(hours)
    )


WEEKDAYS = branch(
    *(
        OpenHours(day, *span)
        for day in range(5)
        for span in ((time(16), time(20)), (time(8), time(14)))
    )
)


def test_wall_time_follows_the_clocks() -> None:
    assert instant(date(2026, 3, 7), time(9), TIJUANA) == datetime(2026, 3, 7, 17, tzinfo=UTC)
    assert instant(SUNDAY, time(9), TIJUANA) == datetime(2026, 3, 8, 16, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_read_as_the_one_after() -> None:
    assert instant(SUNDAY, time(2, 30), TIJUANA).astimezone(TIJUANA).time() == time(3, 30)


def test_an_hour_that_comes_twice_is_read_as_the_first() -> None:
    first = instant(date(2026, 11, 1), time(1, 30), TIJUANA)
    assert first == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


def test_the_day_is_the_branchs() -> None:
    assert local_day(datetime(2026, 3, 8, 5, tzinfo=UTC), TIJUANA) == date(2026, 3, 7)


def test_a_branch_closes_for_lunch_and_at_closing_time() -> None:
    monday = date(2026, 3, 9)
    assert [start.hour for start, _ in open_spans(WEEKDAYS, monday)] == [15, 23]
    opens, closes = open_spans(WEEKDAYS, monday)[0]
    assert is_open(WEEKDAYS, opens)
    assert not is_open(WEEKDAYS, closes)
    assert not is_open(WEEKDAYS, opens - timedelta(seconds=1))


def test_the_next_open_day_may_be_today_or_after_the_weekend() -> None:
    assert next_open_day(WEEKDAYS, date(2026, 3, 6)) == date(2026, 3, 6)
    assert next_open_day(WEEKDAYS, date(2026, 3, 7)) == date(2026, 3, 9)


def test_the_next_opening_is_after_the_instant() -> None:
    lunch = instant(date(2026, 3, 6), time(15), TIJUANA)
    evening = instant(date(2026, 3, 6), time(16), TIJUANA)
    assert next_opening(WEEKDAYS, lunch) == evening
    assert next_opening(WEEKDAYS, evening) == instant(date(2026, 3, 9), time(8), TIJUANA)


def test_a_branch_open_once_a_week_opens_again_in_a_week() -> None:
    once = branch(OpenHours(0, time(8), time(9)))
    monday = instant(date(2026, 3, 9), time(8), TIJUANA)
    assert next_opening(once, monday) == instant(date(2026, 3, 16), time(8), TIJUANA)


def test_a_branch_that_never_opens_says_so() -> None:
    with pytest.raises(ValueError, match="no opening hours"):
        next_open_day(branch(), SUNDAY)
    with pytest.raises(ValueError, match="no opening hours"):
        next_opening(branch(), datetime(2026, 3, 8, tzinfo=UTC))


def test_slots_fit_between_opening_and_closing() -> None:
    times = slot_times(branch(OpenHours(0, time(8), time(9, 50))), date(2026, 3, 9), 30)
    assert [start.astimezone(TIJUANA).strftime("%H:%M") for start, _ in times] == [
        "08:00",
        "08:30",
        "09:00",
    ]


def test_a_shift_narrows_the_hours() -> None:
    times = slot_times(WEEKDAYS, date(2026, 3, 9), 60, (time(12), time(17)))
    assert [start.astimezone(TIJUANA).hour for start, _ in times] == [12, 13, 16]


@pytest.mark.parametrize(
    ("day", "slots"), [(date(2026, 3, 8), 23), (date(2026, 3, 15), 24), (date(2026, 11, 1), 25)]
)
def test_a_day_on_which_the_clocks_change_has_the_hours_it_has(day: date, slots: int) -> None:
    always = branch(OpenHours(6, time(0), time(23, 59, 59)))
    assert len(slot_times(always, day, 60)) == slots - 1
    starts = [start for start, _ in slot_times(always, day, 60)]
    assert len(set(starts)) == len(starts)


LATER = branch(OpenHours(0, time(10), time(18)))
MONDAY = datetime(2026, 3, 9, 15, tzinfo=UTC)  # 08:00 in Tijuana: only WEEKDAYS opens


def test_of_several_branches_the_first_opening_and_the_last_closing_count() -> None:
    both = [LATER, WEEKDAYS]
    assert opens_next(both, MONDAY - timedelta(minutes=1)) == MONDAY
    assert open_until(both, MONDAY - timedelta(minutes=1)) is None
    assert open_until(both, MONDAY) == MONDAY + timedelta(hours=6)
    assert open_until(both, MONDAY + timedelta(hours=3)) == MONDAY + timedelta(hours=10)


def test_branches_that_never_open_have_no_next_opening() -> None:
    assert opens_next([branch()], MONDAY) is None


def test_somebody_is_there_since_the_opening_and_nobody_while_all_are_closed() -> None:
    evening = MONDAY - timedelta(hours=10)
    assert open_for([WEEKDAYS], evening, MONDAY - timedelta(minutes=1)) == timedelta()
    assert open_for([WEEKDAYS], evening, MONDAY + timedelta(minutes=7)) == timedelta(minutes=7)
    since = MONDAY + timedelta(hours=1)
    assert open_for([WEEKDAYS], since, since + timedelta(minutes=5)) == timedelta(minutes=5)
