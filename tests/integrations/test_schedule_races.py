"""Many at once: the database decides, and nobody is told what is not so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from clinic.appointments import Appointment, AppointmentStatus, SlotTaken, VisitError
from integrations.database import Database
from integrations.tables import AppointmentRow
from tests.integrations.small_clinic import SmallClinic


def at_once(count: int, act: Callable[[int], Appointment]) -> list[Appointment | VisitError]:
    """Runs `act` in so many threads that start together; errors of the clinic's are results."""
    barrier = Barrier(count)

    def run(number: int) -> Appointment | VisitError:
        barrier.wait(timeout=30)
        try:
            return act(number)
        except VisitError as refused:
            return refused

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_of_24_who_want_one_slot_exactly_one_gets_it(
    clinic: SmallClinic, database: Database
) -> None:
    slot = clinic.free()[0]
    changes = [clinic.change() for _ in range(24)]
    results = at_once(
        24, lambda number: clinic.schedule.book(slot.id, "consult", clinic.ana, changes[number])
    )
    assert sum(isinstance(result, Appointment) for result in results) == 1
    assert sum(isinstance(result, SlotTaken) for result in results) == 23
    with database.read() as session:
        booked = session.scalar(
            select(func.count()).select_from(AppointmentRow).filter_by(slot_id=slot.id)
        )
    assert booked == 1


def test_of_8_changes_of_one_visit_exactly_one_is_made(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    later = [slot.id for slot in clinic.free()[:8]]
    changes = [clinic.change() for _ in range(8)]

    def act(number: int) -> Appointment:
        if number % 3 == 0:
            return clinic.schedule.confirm(visit.ref, changes[number])
        if number % 3 == 1:
            return clinic.schedule.cancel(visit.ref, changes[number])
        return clinic.schedule.reschedule(visit.ref, later[number], changes[number])

    results = at_once(8, act)
    assert sum(isinstance(result, Appointment) for result in results) == 1
    assert [entry.version for entry in clinic.schedule.history(visit.id)] == [1, 2]


def test_of_8_visits_that_move_to_one_slot_one_moves_and_the_rest_stand(
    clinic: SmallClinic,
) -> None:
    visits = [clinic.booked() for _ in range(8)]
    target = clinic.free()[0].id
    changes = [clinic.change() for _ in range(8)]
    results = at_once(
        8, lambda number: clinic.schedule.reschedule(visits[number].ref, target, changes[number])
    )
    moved = [result for result in results if isinstance(result, Appointment)]
    assert len(moved) == 1
    for visit in visits:
        now = clinic.schedule.appointment(visit.id)
        assert now == (moved[0] if visit.id == moved[0].id else visit)


def test_two_who_want_each_others_slot_both_stay(clinic: SmallClinic) -> None:
    visits = [clinic.booked(), clinic.booked(clinic.beto)]
    changes = [clinic.change(), clinic.change()]
    results = at_once(
        2,
        lambda number: clinic.schedule.reschedule(
            visits[number].ref, visits[1 - number].slot_id, changes[number]
        ),
    )
    assert all(isinstance(result, SlotTaken) for result in results)


def test_a_freed_slot_goes_to_exactly_one_of_those_who_wait(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    changes = [clinic.change() for _ in range(9)]

    def act(number: int) -> Appointment:
        if number == 0:
            return clinic.schedule.cancel(visit.ref, changes[0])
        return clinic.schedule.book(visit.slot_id, "consult", clinic.beto, changes[number])

    at_once(9, act)
    live = [
        one
        for one in clinic.schedule.agenda("frontera", visit.start, visit.end)
        if one.status is not AppointmentStatus.CANCELLED
    ]
    assert len(live) <= 1


@pytest.mark.parametrize("act", ["book", "confirm", "cancel", "reschedule"])
def test_the_same_key_at_the_same_time_changes_once(clinic: SmallClinic, act: str) -> None:
    visit, (slot, other) = clinic.booked(), clinic.free()[1:3]
    change = clinic.change("turn-1")
    schedule = clinic.schedule
    acts: dict[str, Callable[[int], Appointment]] = {
        "book": lambda _: schedule.book(slot.id, "consult", clinic.beto, change),
        "confirm": lambda _: schedule.confirm(visit.ref, change),
        "cancel": lambda _: schedule.cancel(visit.ref, change),
        "reschedule": lambda _: schedule.reschedule(visit.ref, other.id, change),
    }
    results = at_once(8, acts[act])
    assert all(result == results[0] for result in results)
    assert isinstance(results[0], Appointment)
    made = schedule.history(results[0].id)
    assert len(made) == (1 if act == "book" else 2)


def test_the_database_itself_refuses_a_second_live_visit_in_a_slot(
    clinic: SmallClinic, database: Database
) -> None:
    visit = clinic.booked()

    def second(status: AppointmentStatus) -> None:
        with database.begin() as session:
            session.add(
                AppointmentRow(
                    id=status.value,
                    version=1,
                    status=status,
                    slot_id=visit.slot_id,
                    service="consult",
                    patient_id=clinic.beto,
                )
            )

    second(AppointmentStatus.CANCELLED)
    for status in set(AppointmentStatus) - {AppointmentStatus.CANCELLED}:
        with pytest.raises(IntegrityError):
            second(status)
