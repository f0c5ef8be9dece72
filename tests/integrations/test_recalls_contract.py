"""What every store of recalls behind `clinic.ports.Recalls` must do."""

from datetime import datetime, timedelta

from clinic.appointments import Appointment, AppointmentStatus
from tests.integrations.small_clinic import NOW, SmallClinic

LONG_AFTER = NOW + timedelta(days=365)
BEFORE = NOW + timedelta(days=30)


def seen(clinic: SmallClinic, patient: str = "") -> Appointment:
    """A visit that has taken place."""
    visit = clinic.booked(patient)
    before, clinic.now[0] = clinic.now[0], visit.end
    done = clinic.schedule.mark(visit.ref, AppointmentStatus.COMPLETED, clinic.change())
    clinic.now[0] = before
    return done


def due(clinic: SmallClinic, before: datetime = BEFORE, branch: str = "frontera") -> list[str]:
    found = clinic.recalls.due("consult", branch, before, LONG_AFTER, 10)
    return [each.id for each in found]


def test_a_completed_visit_is_due_again_once_it_is_old_enough(clinic: SmallClinic) -> None:
    visit = seen(clinic)
    assert clinic.recalls.due("consult", "frontera", BEFORE, LONG_AFTER, 10) == [visit]
    assert due(clinic, before=visit.start) == []
    assert due(clinic, branch="centro") == []
    assert clinic.recalls.due("blood", "frontera", BEFORE, LONG_AFTER, 10) == []


def test_only_the_last_visit_of_a_patient_counts(clinic: SmallClinic) -> None:
    seen(clinic)
    last = seen(clinic)
    assert due(clinic) == [last.id]
    assert due(clinic, before=last.start) == [], "the patient came again"


def test_who_comes_again_anyway_is_not_due(clinic: SmallClinic) -> None:
    visit = seen(clinic)
    coming = clinic.booked()
    assert due(clinic) == []
    clinic.schedule.cancel(coming.ref, clinic.change())
    assert due(clinic) == [visit.id]


def test_the_oldest_come_first_and_no_more_than_asked_for(clinic: SmallClinic) -> None:
    first, second = seen(clinic), seen(clinic, clinic.beto)
    assert due(clinic) == [first.id, second.id]
    assert [
        each.id for each in clinic.recalls.due("consult", "frontera", BEFORE, LONG_AFTER, 1)
    ] == [first.id]


def test_a_recall_that_is_put_off_is_due_after_that(clinic: SmallClinic) -> None:
    visit = seen(clinic)
    clinic.recalls.put_off(clinic.ana, "consult", LONG_AFTER + timedelta(days=1))
    assert due(clinic) == []
    clinic.recalls.put_off(clinic.ana, "consult", LONG_AFTER)
    assert due(clinic) == [visit.id]


def test_who_wants_no_more_recalls_gets_none_whatever_comes_later(clinic: SmallClinic) -> None:
    seen(clinic)
    clinic.recalls.put_off(clinic.ana, "consult", None)
    clinic.recalls.put_off(clinic.ana, "consult", NOW)
    assert due(clinic) == []
