"""Who may still change a visit, and how a visit is referred to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.appointments import (
    AlreadyConfirmed,
    Appointment,
    AppointmentStatus,
    VisitAhead,
    VisitCancelled,
    VisitClosed,
    VisitError,
    VisitPast,
    VisitRef,
    VisitStale,
    check_changeable,
    check_confirmable,
    check_markable,
)

START = datetime(2026, 3, 11, 16, 0, tzinfo=UTC)
BEFORE = START - timedelta(seconds=1)
S = AppointmentStatus


def visit(status: AppointmentStatus = S.BOOKED) -> Appointment:
    end = START + timedelta(minutes=30)
    return Appointment("a", 3, status, START, end, "slot", "roma", "blood", "lab", "ana")


@given(st.text(min_size=1), st.integers(0, 10**6))
def test_a_reference_comes_back_as_it_was(identifier: str, version: int) -> None:
    ref = VisitRef(identifier, version)
    assert VisitRef.parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["", ":", "a", "a:", ":1", "a:b", "a:-1", "a:1.0", "a:²"])
def test_anything_else_is_no_reference(text: str) -> None:
    with pytest.raises(ValueError, match="not a visit reference"):
        VisitRef.parse(text)


@pytest.mark.parametrize("status", [S.BOOKED, S.CONFIRMED])
def test_a_coming_visit_can_be_changed_until_it_begins(status: AppointmentStatus) -> None:
    check_changeable(visit(status), VisitRef("a", 3), BEFORE)
    with pytest.raises(VisitPast):
        check_changeable(visit(status), VisitRef("a", 3), START)


@pytest.mark.parametrize(
    ("status", "version", "error"),
    [
        (S.CANCELLED, 3, VisitCancelled),
        (S.CANCELLED, 2, VisitCancelled),
        (S.BOOKED, 2, VisitStale),
        (S.ARRIVED, 3, VisitClosed),
        (S.COMPLETED, 3, VisitClosed),
        (S.NO_SHOW, 3, VisitClosed),
    ],
)
def test_what_cannot_be_changed_says_why(
    status: AppointmentStatus, version: int, error: type[VisitError]
) -> None:
    with pytest.raises(error):
        check_changeable(visit(status), VisitRef("a", version), BEFORE)


def test_a_confirmed_visit_is_not_confirmed_again() -> None:
    check_confirmable(visit(), VisitRef("a", 3), BEFORE)
    with pytest.raises(AlreadyConfirmed):
        check_confirmable(visit(S.CONFIRMED), VisitRef("a", 3), BEFORE)


@pytest.mark.parametrize(
    ("status", "mark", "allowed"),
    [
        (S.BOOKED, S.ARRIVED, True),
        (S.NO_SHOW, S.ARRIVED, True),
        (S.ARRIVED, S.COMPLETED, True),
        (S.ARRIVED, S.NO_SHOW, True),
        (S.ARRIVED, S.ARRIVED, False),
        (S.COMPLETED, S.NO_SHOW, False),
        (S.COMPLETED, S.ARRIVED, False),
    ],
)
def test_staff_may_correct_themselves_until_the_visit_is_completed(
    status: AppointmentStatus, mark: AppointmentStatus, allowed: bool
) -> None:
    if allowed:
        check_markable(visit(status), VisitRef("a", 3), mark, START)
        return
    with pytest.raises(VisitClosed):
        check_markable(visit(status), VisitRef("a", 3), mark, START)


def test_nobody_has_missed_a_visit_that_is_still_to_come() -> None:
    with pytest.raises(VisitAhead):
        check_markable(visit(), VisitRef("a", 3), S.NO_SHOW, BEFORE)


@pytest.mark.parametrize("mark", [S.BOOKED, S.CONFIRMED, S.CANCELLED])
def test_staffs_mark_is_no_way_round_the_patients_changes(mark: AppointmentStatus) -> None:
    with pytest.raises(ValueError, match="not marked"):
        check_markable(visit(), VisitRef("a", 3), mark, START)
