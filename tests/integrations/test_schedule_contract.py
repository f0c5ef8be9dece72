"""What every schedule behind `clinic.ports.Schedule` must do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clinic.appointments import (
    AlreadyConfirmed,
    Appointment,
    AppointmentStatus,
    KeyReused,
    NotOffered,
    SlotTaken,
    VisitAhead,
    VisitCancelled,
    VisitClosed,
    VisitPast,
    VisitRef,
    VisitStale,
    VisitUnknown,
)
from clinic.patients import PatientUnknown
from tests.integrations.small_clinic import NOW, SmallClinic


def test_free_slots_are_those_of_practitioners_who_do_the_service_there(
    clinic: SmallClinic,
) -> None:
    assert {slot.practitioner for slot in clinic.free("consult", "frontera")} == {"frontera-perez"}
    assert {slot.practitioner for slot in clinic.free("blood", "centro")} == {"centro-laboratory"}
    assert clinic.free("blood", "frontera") == []
    assert clinic.free("scan", "centro") == []
    assert clinic.free("nothing", "centro") == []


def test_a_slot_shorter_than_the_service_is_not_offered(clinic: SmallClinic) -> None:
    assert {slot.practitioner for slot in clinic.free("consult", "centro")} == {"centro-hernandez"}


def test_free_slots_come_earliest_first_within_the_half_open_interval(clinic: SmallClinic) -> None:
    first, second, third = clinic.free()[:3]
    assert first.start < second.start < third.start
    asked = clinic.schedule.free_slots("consult", "frontera", first.start, third.start)
    assert list(asked) == [first, second]
    limited = clinic.schedule.free_slots("consult", "frontera", first.start, third.start, limit=1)
    assert list(limited) == [first]


def test_free_slots_of_one_practitioner(clinic: SmallClinic) -> None:
    ask = clinic.schedule.free_slots
    end = NOW + timedelta(days=9)
    assert ask("consult", "centro", NOW, end, practitioner="centro-hernandez")
    assert not ask("consult", "centro", NOW, end, practitioner="frontera-perez")


def test_a_slot_that_has_begun_is_not_free(clinic: SmallClinic) -> None:
    first, second = clinic.free()[:2]
    clinic.now[0] = first.start
    assert clinic.free()[0] == second


def test_slots_keep_the_branchs_wall_time_when_its_clocks_change(clinic: SmallClinic) -> None:
    opening: dict[date, datetime] = {}
    for slot in clinic.free():
        opening.setdefault(slot.start.date(), slot.start)
    assert opening[date(2026, 3, 7)] == datetime(2026, 3, 7, 16, 0, tzinfo=UTC)
    assert opening[date(2026, 3, 8)] == datetime(2026, 3, 8, 15, 0, tzinfo=UTC)


def test_instants_are_aware_and_utc(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    for instant in (visit.start, visit.end, clinic.schedule.history(visit.id)[0].change.at):
        assert instant.tzinfo is UTC


def test_a_booked_visit_is_the_patients_and_takes_its_slot(clinic: SmallClinic) -> None:
    slot = clinic.free()[0]
    visit = clinic.schedule.book(slot.id, "consult", clinic.ana, clinic.change())
    assert (visit.version, visit.status) == (1, AppointmentStatus.BOOKED)
    assert (visit.start, visit.end, visit.slot_id) == (slot.start, slot.end, slot.id)
    assert (visit.branch, visit.practitioner) == ("frontera", "frontera-perez")
    assert (visit.service, visit.patient_id) == ("consult", clinic.ana)
    assert slot not in clinic.free()
    assert clinic.schedule.appointment(visit.id) == visit
    assert list(clinic.schedule.appointments(clinic.ana)) == [visit]
    assert list(clinic.schedule.appointments(clinic.beto)) == []


def test_a_taken_slot_cannot_be_booked(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    with pytest.raises(SlotTaken):
        clinic.schedule.book(visit.slot_id, "consult", clinic.beto, clinic.change())


def test_a_slot_that_has_begun_or_never_was_cannot_be_booked(clinic: SmallClinic) -> None:
    slot = clinic.free()[0]
    with pytest.raises(SlotTaken):
        clinic.schedule.book("no such slot", "consult", clinic.ana, clinic.change())
    clinic.now[0] = slot.start
    with pytest.raises(SlotTaken):
        clinic.schedule.book(slot.id, "consult", clinic.ana, clinic.change())


def test_a_service_that_is_not_done_there_cannot_be_booked(clinic: SmallClinic) -> None:
    slot = clinic.free()[0]
    for service in ("blood", "scan", "nothing"):
        with pytest.raises(NotOffered):
            clinic.schedule.book(slot.id, service, clinic.ana, clinic.change())


def test_nobody_can_book_for_an_unknown_patient(clinic: SmallClinic) -> None:
    slot = clinic.free()[0]
    with pytest.raises(PatientUnknown):
        clinic.schedule.book(slot.id, "consult", "nobody", clinic.change())
    assert clinic.free()[0] == slot


def test_a_confirmed_visit_says_so_and_cannot_be_confirmed_again(clinic: SmallClinic) -> None:
    visit = clinic.schedule.confirm(clinic.booked().ref, clinic.change())
    assert (visit.version, visit.status) == (2, AppointmentStatus.CONFIRMED)
    with pytest.raises(AlreadyConfirmed):
        clinic.schedule.confirm(visit.ref, clinic.change())
    assert clinic.schedule.appointment(visit.id) == visit


def test_upcoming_visits_of_all_branches_come_earliest_first(clinic: SmallClinic) -> None:
    later = clinic.schedule.confirm(clinic.booked().ref, clinic.change())
    sooner = clinic.booked(clinic.beto, "blood")
    gone = clinic.booked()
    clinic.schedule.cancel(gone.ref, clinic.change())
    ask = clinic.schedule.upcoming
    assert [visit for visit, _ in ask(NOW, NOW + timedelta(days=3))] == [sooner, later]
    assert [visit for visit, _ in ask(sooner.start, later.start)] == [sooner]
    assert list(ask(later.start + timedelta(seconds=1), NOW + timedelta(days=3))) == []


def test_an_upcoming_visit_tells_since_when_it_has_its_time(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    clinic.now[0] += timedelta(minutes=5)
    visit = clinic.schedule.confirm(visit.ref, clinic.change())
    ((_, since),) = clinic.schedule.upcoming(NOW, NOW + timedelta(days=3))
    assert since == NOW
    clinic.now[0] += timedelta(minutes=5)
    moved = clinic.schedule.reschedule(visit.ref, clinic.free()[1].id, clinic.change())
    assert list(clinic.schedule.upcoming(NOW, NOW + timedelta(days=3))) == [
        (moved, NOW + timedelta(minutes=10))
    ]


def test_a_cancelled_visit_frees_its_slot(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    cancelled = clinic.schedule.cancel(visit.ref, clinic.change())
    assert (cancelled.version, cancelled.status) == (2, AppointmentStatus.CANCELLED)
    assert clinic.free()[0].id == visit.slot_id
    again = clinic.schedule.book(visit.slot_id, "consult", clinic.beto, clinic.change())
    assert again.id != visit.id


def test_a_confirmation_can_be_undone(clinic: SmallClinic) -> None:
    confirmed = clinic.schedule.confirm(clinic.booked().ref, clinic.change())
    undone = clinic.schedule.undo(confirmed.ref, clinic.change())
    assert (undone.version, undone.status) == (3, AppointmentStatus.BOOKED)
    assert clinic.schedule.history(undone.id)[-1].event == "restored"


def test_an_undone_cancellation_leaves_the_visit_as_it_was(clinic: SmallClinic) -> None:
    confirmed = clinic.schedule.confirm(clinic.booked().ref, clinic.change())
    cancelled = clinic.schedule.cancel(confirmed.ref, clinic.change())
    clinic.schedule.give_reason(cancelled.id, "viaje", clinic.change())
    undone = clinic.schedule.undo(cancelled.ref, clinic.change())
    assert (undone.slot_id, undone.status) == (confirmed.slot_id, AppointmentStatus.CONFIRMED)
    assert undone.slot_id not in {slot.id for slot in clinic.free()}


def test_a_cancellation_is_not_undone_when_the_slot_was_given_away(clinic: SmallClinic) -> None:
    cancelled = clinic.schedule.cancel(clinic.booked().ref, clinic.change())
    clinic.schedule.book(cancelled.slot_id, "consult", clinic.beto, clinic.change())
    with pytest.raises(SlotTaken):
        clinic.schedule.undo(cancelled.ref, clinic.change())
    assert clinic.schedule.appointment(cancelled.id) == cancelled


def test_only_the_last_confirmation_or_cancellation_is_undone_and_once(clinic: SmallClinic) -> None:
    booked = clinic.booked()
    with pytest.raises(VisitClosed):
        clinic.schedule.undo(booked.ref, clinic.change())
    confirmed = clinic.schedule.confirm(booked.ref, clinic.change())
    cancelled = clinic.schedule.cancel(confirmed.ref, clinic.change())
    with pytest.raises(VisitStale):
        clinic.schedule.undo(confirmed.ref, clinic.change())
    restored = clinic.schedule.undo(cancelled.ref, clinic.change())
    with pytest.raises(VisitClosed):
        clinic.schedule.undo(restored.ref, clinic.change())


def test_a_moved_visit_keeps_its_id_and_gives_its_old_slot_back(clinic: SmallClinic) -> None:
    visit = clinic.schedule.confirm(clinic.booked().ref, clinic.change())
    later = clinic.free()[3]
    moved = clinic.schedule.reschedule(visit.ref, later.id, clinic.change())
    assert (moved.id, moved.version) == (visit.id, visit.version + 1)
    assert (moved.start, moved.status) == (later.start, AppointmentStatus.BOOKED)
    free = {slot.id for slot in clinic.free()}
    assert visit.slot_id in free
    assert later.id not in free


def test_a_visit_that_cannot_be_moved_stands_as_it_stood(clinic: SmallClinic) -> None:
    visit, others = clinic.booked(), clinic.booked(clinic.beto)
    with pytest.raises(SlotTaken):
        clinic.schedule.reschedule(visit.ref, others.slot_id, clinic.change())
    with pytest.raises(SlotTaken):
        clinic.schedule.reschedule(visit.ref, visit.slot_id, clinic.change())
    laboratory = clinic.free("blood", "centro")[0]
    with pytest.raises(NotOffered):
        clinic.schedule.reschedule(visit.ref, laboratory.id, clinic.change())
    assert clinic.schedule.appointment(visit.id) == visit
    assert len(clinic.schedule.history(visit.id)) == 1


def test_a_visit_may_move_to_another_branch(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    slot = clinic.free("consult", "centro")[0]
    moved = clinic.schedule.reschedule(visit.ref, slot.id, clinic.change())
    assert (moved.branch, moved.practitioner) == ("centro", "centro-hernandez")


@pytest.mark.parametrize("act", ["confirm", "cancel", "reschedule", "mark"])
def test_an_old_button_never_acts(clinic: SmallClinic, act: str) -> None:
    visit = clinic.booked()
    current = clinic.schedule.confirm(visit.ref, clinic.change())
    with pytest.raises(VisitStale) as stale:
        _act(clinic, act, visit.ref)
    assert stale.value.current == current
    assert clinic.schedule.appointment(visit.id) == current


@pytest.mark.parametrize("act", ["confirm", "cancel", "reschedule"])
def test_a_visit_that_has_begun_cannot_be_changed_by_the_patient(
    clinic: SmallClinic, act: str
) -> None:
    visit = clinic.booked()
    clinic.now[0] = visit.start
    with pytest.raises(VisitPast):
        _act(clinic, act, visit.ref)


@pytest.mark.parametrize("act", ["confirm", "cancel", "reschedule", "mark"])
def test_a_cancelled_visit_cannot_be_changed(clinic: SmallClinic, act: str) -> None:
    visit = clinic.booked()
    cancelled = clinic.schedule.cancel(visit.ref, clinic.change())
    for ref in (visit.ref, cancelled.ref):
        with pytest.raises(VisitCancelled):
            _act(clinic, act, ref)


@pytest.mark.parametrize("act", ["confirm", "cancel", "reschedule"])
def test_a_visit_that_is_over_cannot_be_changed(clinic: SmallClinic, act: str) -> None:
    visit = clinic.booked()
    arrived = clinic.schedule.mark(visit.ref, AppointmentStatus.ARRIVED, clinic.change())
    with pytest.raises(VisitClosed):
        _act(clinic, act, arrived.ref)


@pytest.mark.parametrize("act", ["confirm", "cancel", "reschedule", "mark", "give_reason"])
def test_an_unknown_visit_cannot_be_changed(clinic: SmallClinic, act: str) -> None:
    with pytest.raises(VisitUnknown):
        _act(clinic, act, VisitRef("no such visit", 1))


def test_an_unknown_visit_cannot_be_read(clinic: SmallClinic) -> None:
    with pytest.raises(VisitUnknown):
        clinic.schedule.appointment("no such visit")


def test_staff_mark_who_came_and_correct_themselves(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    mark = clinic.schedule.mark
    with pytest.raises(VisitAhead):
        mark(visit.ref, AppointmentStatus.NO_SHOW, clinic.change())
    clinic.now[0] = visit.start
    missed = mark(visit.ref, AppointmentStatus.NO_SHOW, clinic.change())
    came = mark(missed.ref, AppointmentStatus.ARRIVED, clinic.change())
    done = mark(came.ref, AppointmentStatus.COMPLETED, clinic.change())
    assert (done.status, done.version) == (AppointmentStatus.COMPLETED, 4)
    with pytest.raises(VisitClosed):
        mark(done.ref, AppointmentStatus.NO_SHOW, clinic.change())
    with pytest.raises(ValueError, match="not marked"):
        mark(done.ref, AppointmentStatus.CANCELLED, clinic.change())


@pytest.mark.parametrize("act", ["confirm", "cancel", "reschedule"])
def test_the_same_key_changes_once_and_answers_the_same(clinic: SmallClinic, act: str) -> None:
    visit = clinic.booked()
    slot = clinic.free()[5]
    first = _act(clinic, act, visit.ref, key="turn-1", slot=slot.id)
    again = _act(clinic, act, visit.ref, key="turn-1", slot=slot.id)
    assert first == again
    assert len(clinic.schedule.history(visit.id)) == 2


def test_the_same_key_books_once(clinic: SmallClinic) -> None:
    slot = clinic.free()[0]
    change = clinic.change("turn-1")
    first = clinic.schedule.book(slot.id, "consult", clinic.ana, change)
    assert clinic.schedule.book(slot.id, "consult", clinic.ana, change) == first
    assert len(clinic.schedule.appointments(clinic.ana)) == 1


def test_a_repeat_answers_with_the_visit_as_the_change_left_it(clinic: SmallClinic) -> None:
    slot = clinic.free()[0]
    change = clinic.change("turn-1")
    booked = clinic.schedule.book(slot.id, "consult", clinic.ana, change)
    clinic.schedule.reschedule(booked.ref, clinic.free()[2].id, clinic.change())
    assert clinic.schedule.book(slot.id, "consult", clinic.ana, change) == booked


def test_a_key_cannot_stand_for_two_changes(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    clinic.schedule.confirm(visit.ref, clinic.change("turn-1"))
    with pytest.raises(KeyReused):
        clinic.schedule.cancel(visit.ref, clinic.change("turn-1"))
    with pytest.raises(KeyReused):
        clinic.schedule.book(clinic.free()[0].id, "consult", clinic.ana, clinic.change("turn-1"))
    assert clinic.schedule.appointment(visit.id).status is AppointmentStatus.CONFIRMED


def test_a_refused_change_leaves_its_key_unused(clinic: SmallClinic) -> None:
    visit, slot = clinic.booked(), clinic.free()[0]
    with pytest.raises(SlotTaken):
        clinic.schedule.book(visit.slot_id, "consult", clinic.beto, clinic.change("turn-1"))
    assert clinic.schedule.book(slot.id, "consult", clinic.beto, clinic.change("turn-1"))


def test_history_tells_who_when_how_and_why(clinic: SmallClinic) -> None:
    visit = clinic.booked()
    visit = clinic.schedule.confirm(visit.ref, clinic.change("a"))
    visit = clinic.schedule.reschedule(visit.ref, clinic.free()[4].id, clinic.change("b", "work"))
    visit = clinic.schedule.cancel(visit.ref, clinic.change("c"))
    clinic.schedule.give_reason(visit.id, "me siento mejor", clinic.change("d"))
    clinic.schedule.give_reason(visit.id, "me siento mejor", clinic.change("d"))
    history = clinic.schedule.history(visit.id)
    assert [(entry.event, entry.version) for entry in history] == [
        ("booked", 1),
        ("confirmed", 2),
        ("rescheduled", 3),
        ("cancelled", 4),
        ("reason", 4),
    ]
    assert [entry.change.reason for entry in history[1:]] == [None, "work", None, "me siento mejor"]
    assert history[1].change == clinic.change("a")
    assert clinic.schedule.appointment(visit.id).version == 4


def test_the_agenda_has_a_branchs_visits_of_a_time_cancelled_ones_too(clinic: SmallClinic) -> None:
    first, second = clinic.booked(), clinic.booked(clinic.beto)
    clinic.booked(service="blood")
    clinic.schedule.cancel(first.ref, clinic.change())
    agenda = clinic.schedule.agenda("frontera", first.start, second.end)
    assert [visit.id for visit in agenda] == [first.id, second.id]
    assert agenda[0].status is AppointmentStatus.CANCELLED
    assert len(clinic.schedule.agenda("frontera", first.start, second.start)) == 1


def _act(
    clinic: SmallClinic, act: str, ref: VisitRef, key: str | None = None, slot: str = ""
) -> Appointment | None:
    schedule, change = clinic.schedule, clinic.change(key)
    if act == "confirm":
        return schedule.confirm(ref, change)
    if act == "cancel":
        return schedule.cancel(ref, change)
    if act == "mark":
        return schedule.mark(ref, AppointmentStatus.ARRIVED, change)
    if act == "give_reason":
        schedule.give_reason(ref.id, "because", change)
        return None
    return schedule.reschedule(ref, slot or clinic.free()[4].id, change)


def test_marked_visits_come_with_the_instant_at_which_they_were_marked(clinic: SmallClinic) -> None:
    first, second, unmarked = clinic.booked(), clinic.booked(), clinic.booked()
    clinic.now[0] = second.end
    missed = clinic.schedule.mark(second.ref, AppointmentStatus.NO_SHOW, clinic.change())
    clinic.now[0] += timedelta(hours=1)
    seen = clinic.schedule.mark(first.ref, AppointmentStatus.COMPLETED, clinic.change())
    span, marked = (first.start, unmarked.end), clinic.schedule.marked
    assert marked(AppointmentStatus.COMPLETED, *span) == [(seen, clinic.now[0])]
    assert marked(AppointmentStatus.NO_SHOW, *span) == [(missed, second.end)]
    assert marked(AppointmentStatus.NO_SHOW, first.start, second.start) == []


def test_free_times_are_those_of_everybody_and_of_no_visit(clinic: SmallClinic) -> None:
    start, end = NOW, NOW + timedelta(days=1)
    before = list(clinic.schedule.free_times("frontera", start, end))
    visit = clinic.booked()
    assert clinic.schedule.branch_of(visit.slot_id) == "frontera"
    assert clinic.schedule.branch_of("none") is None
    after = list(clinic.schedule.free_times("frontera", start, end))
    assert set(before) - set(after) == {(visit.start, visit.practitioner)}
    assert before == sorted(before)
