"""What every waitlist behind `clinic.ports.Waitlist` must do."""

from datetime import UTC, datetime, time, timedelta

import pytest

from clinic.appointments import Appointment, AppointmentStatus
from clinic.catalogue import CatalogueError, UnknownBranch, UnknownService
from clinic.patients import PatientUnknown
from clinic.waitlist import FillReport, FreedSlot, Offer, OfferOutcome, WeekTime, Wishes
from tests.integrations.small_clinic import NOW, SmallClinic

PLACE = ("consult", "frontera")
HOUR = timedelta(hours=1)
UNTIL = NOW + timedelta(minutes=30)
PICKY = Wishes(
    "frontera-perez",
    (WeekTime((1, 3), time(8), time(12)), WeekTime((5,), time(10, 30))),
    notice_hours=48,
)


def _freed(clinic: SmallClinic) -> FreedSlot:
    """Ana gives up a visit, and somebody waits for it."""
    _cancelled(clinic)
    return clinic.waitlist.freed(NOW - HOUR, NOW)[0]


def _cancelled(clinic: SmallClinic) -> Appointment:
    return clinic.schedule.cancel(clinic.booked().ref, clinic.change())


def _offered(clinic: SmallClinic, freed: FreedSlot, *patients: str) -> list[Offer]:
    last = clinic.waitlist.last_group(freed)
    return list(clinic.waitlist.offer(freed, patients, clinic.now[0], UNTIL, last))


# --- who waits ------------------------------------------------------------------------------------


def test_what_a_patient_asks_for_is_kept(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW, PICKY)
    (waits,) = clinic.waitlist.waits_of(clinic.beto)
    assert (waits.patient_id, waits.service, waits.branch) == (clinic.beto, *PLACE)
    assert (waits.since, waits.wishes) == (NOW, PICKY)
    assert waits.since.tzinfo is UTC
    assert (waits.priority, waits.last_asked) == (0, None)


def test_joining_again_changes_the_wishes_and_keeps_place_and_priority(
    clinic: SmallClinic,
) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW, PICKY)
    clinic.waitlist.prioritise(clinic.beto, *PLACE, 2)
    clinic.waitlist.join(clinic.beto, *PLACE, NOW + HOUR, Wishes(notice_hours=24))
    (waits,) = clinic.waitlist.waits_of(clinic.beto)
    assert (waits.since, waits.priority, waits.wishes) == (NOW, 2, Wishes(notice_hours=24))


def test_everybody_who_waits_is_told_the_longest_wait_first(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW + HOUR)
    clinic.waitlist.join(clinic.ana, "blood", "centro", NOW)
    clinic.waitlist.join(clinic.beto, "consult", "centro", NOW - HOUR)
    found = [(each.patient_id, each.service, each.branch) for each in clinic.waitlist.everybody()]
    assert found == [
        (clinic.beto, "consult", "centro"),
        (clinic.ana, "blood", "centro"),
        (clinic.beto, *PLACE),
    ]
    assert [each.branch for each in clinic.waitlist.waits_of(clinic.beto)] == ["centro", "frontera"]


def test_who_leaves_one_waitlist_stays_on_the_others(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    clinic.waitlist.join(clinic.beto, "consult", "centro", NOW)
    clinic.waitlist.leave(clinic.beto, *PLACE)
    clinic.waitlist.leave(clinic.beto, *PLACE)
    assert [each.branch for each in clinic.waitlist.waits_of(clinic.beto)] == ["centro"]


def test_a_priority_is_of_those_who_wait_only(clinic: SmallClinic) -> None:
    clinic.waitlist.prioritise(clinic.beto, *PLACE, 5)
    assert list(clinic.waitlist.everybody()) == []


def test_nobody_waits_for_what_there_is_not(clinic: SmallClinic) -> None:
    join = clinic.waitlist.join
    with pytest.raises(PatientUnknown):
        join("nobody", *PLACE, NOW)
    with pytest.raises(UnknownService):
        join(clinic.ana, "nothing", "centro", NOW)
    with pytest.raises(UnknownBranch):
        join(clinic.ana, "consult", "nowhere", NOW)
    with pytest.raises(CatalogueError):
        join(clinic.ana, *PLACE, NOW, Wishes("nobody"))
    assert list(clinic.waitlist.everybody()) == []


# --- freed slots ----------------------------------------------------------------------------------


def test_a_cancelled_visit_frees_its_slot_for_who_waits_there(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    visit = _cancelled(clinic)
    (freed,) = clinic.waitlist.freed(NOW - HOUR, NOW)
    assert (freed.slot_id, freed.start, freed.end) == (visit.slot_id, visit.start, visit.end)
    assert (freed.service, freed.branch, freed.left_by) == (*PLACE, clinic.ana)
    assert (freed.practitioner, freed.at) == ("frontera-perez", NOW)
    assert [each.patient_id for each in clinic.waitlist.waiting(freed)] == [clinic.beto]


def test_a_moved_visit_frees_the_slot_that_it_left(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    visit = clinic.booked()
    clinic.schedule.reschedule(visit.ref, clinic.free()[3].id, clinic.change())
    assert [each.slot_id for each in clinic.waitlist.freed(NOW - HOUR, NOW)] == [visit.slot_id]


def test_a_visit_marked_as_missed_frees_nothing(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    visit = clinic.booked()
    clinic.now[0] = visit.start
    clinic.schedule.mark(visit.ref, AppointmentStatus.NO_SHOW, clinic.change())
    assert list(clinic.waitlist.freed(NOW - HOUR, NOW)) == []


def test_a_slot_is_freed_for_somebody_else_who_waits_for_the_same(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.ana, *PLACE, NOW)
    clinic.waitlist.join(clinic.beto, "consult", "centro", NOW)
    visit = _cancelled(clinic)
    assert list(clinic.waitlist.freed(NOW - HOUR, NOW)) == []
    assert [each.slot_id for each in clinic.waitlist.all_freed(NOW, NOW + HOUR)] == [visit.slot_id]


def test_a_slot_that_is_booked_again_is_no_longer_free(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    visit = _cancelled(clinic)
    clinic.schedule.book(visit.slot_id, "consult", clinic.ana, clinic.change())
    assert list(clinic.waitlist.freed(NOW - HOUR, NOW)) == []


def test_a_slot_freed_twice_counts_from_the_last_time(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    freed = _freed(clinic)
    _offered(clinic, freed, clinic.beto)
    clinic.waitlist.settle(UNTIL)
    clinic.now[0] = UNTIL
    again = clinic.schedule.book(freed.slot_id, "consult", clinic.ana, clinic.change())
    clinic.schedule.cancel(again.ref, clinic.change())
    (anew,) = clinic.waitlist.freed(NOW - HOUR, NOW)
    assert anew.change > freed.change
    assert clinic.waitlist.last_group(anew) is None
    assert [each.last_asked for each in clinic.waitlist.waiting(anew)] == [NOW]
    latest_first = clinic.waitlist.all_freed(NOW, UNTIL + HOUR)
    assert [each.change for each in latest_first] == [anew.change, freed.change]
    assert [each.change for each in clinic.waitlist.all_freed(NOW, UNTIL)] == [freed.change]


# --- offers ---------------------------------------------------------------------------------------


def test_an_offer_is_kept_and_told_once(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    freed = _freed(clinic)
    (offer,) = _offered(clinic, freed, clinic.beto)
    assert (offer.patient_id, offer.slot_id, offer.start) == (
        clinic.beto,
        freed.slot_id,
        freed.start,
    )
    assert (offer.at, offer.expires_at, offer.outcome) == (NOW, UNTIL, OfferOutcome.OPEN)
    assert list(clinic.waitlist.untold()) == [offer]
    assert [clinic.waitlist.told(offer.id), clinic.waitlist.told(offer.id)] == [True, False]
    assert list(clinic.waitlist.untold()) == []
    assert clinic.waitlist.offer_of(offer.id) == offer
    assert clinic.waitlist.offer_of("nothing") is None
    assert list(clinic.waitlist.offers_to(clinic.beto)) == [offer]
    assert list(clinic.waitlist.offers_of(freed)) == [offer]
    assert clinic.waitlist.last_group(freed) == NOW


def test_who_has_an_offer_open_or_was_asked_already_is_not_waiting_for_it(
    clinic: SmallClinic,
) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    freed = _freed(clinic)
    (offer,) = _offered(clinic, freed, clinic.beto)
    other = _cancelled(clinic)
    (second,) = [
        each for each in clinic.waitlist.freed(NOW - HOUR, NOW) if each.change != freed.change
    ]
    assert second.slot_id == other.slot_id
    assert list(clinic.waitlist.waiting(second)) == []
    clinic.waitlist.close(offer.id, OfferOutcome.DECLINED, NOW)
    assert [each.patient_id for each in clinic.waitlist.waiting(second)] == [clinic.beto]
    assert list(clinic.waitlist.waiting(freed)) == []


def test_a_group_is_offered_by_the_faster_worker_only(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    freed = _freed(clinic)
    first = clinic.waitlist.offer(freed, [clinic.beto], NOW, UNTIL, None)
    second = clinic.waitlist.offer(freed, [clinic.ana], NOW, UNTIL, None)
    assert (len(first), len(second)) == (1, 0)


def test_an_ended_offer_keeps_its_outcome(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    (offer,) = _offered(clinic, _freed(clinic), clinic.beto)
    clinic.waitlist.close(offer.id, OfferOutcome.DECLINED, NOW)
    clinic.waitlist.close(offer.id, OfferOutcome.TAKEN, NOW + HOUR)
    clinic.waitlist.settle(NOW + HOUR)
    (kept,) = clinic.waitlist.offers_to(clinic.beto)
    assert (kept.outcome, kept.outcome_at) == (OfferOutcome.DECLINED, NOW)


def test_who_accepts_leaves_that_waitlist_and_the_others_find_it_taken(
    clinic: SmallClinic,
) -> None:
    third = clinic.patients.register("Ana Torres", NOW.date(), "es", "+525500000009").id
    for patient in (clinic.beto, third):
        clinic.waitlist.join(patient, *PLACE, NOW)
    clinic.waitlist.join(clinic.beto, "consult", "centro", NOW)
    offers = _offered(clinic, _freed(clinic), clinic.beto, third)
    his = next(each for each in offers if each.patient_id == clinic.beto)
    clinic.waitlist.accepted(his, NOW)
    clinic.waitlist.accepted(his, NOW + HOUR)
    outcomes = {p: clinic.waitlist.offers_to(p)[0].outcome for p in (clinic.beto, third)}
    assert outcomes == {clinic.beto: OfferOutcome.ACCEPTED, third: OfferOutcome.TAKEN}
    assert [each.branch for each in clinic.waitlist.waits_of(clinic.beto)] == ["centro"]
    assert len(clinic.waitlist.waits_of(third)) == 1


@pytest.mark.parametrize(
    ("joined", "status", "waits"),
    [
        (NOW, AppointmentStatus.COMPLETED, False),
        (NOW, AppointmentStatus.NO_SHOW, True),
        (NOW + timedelta(days=30), AppointmentStatus.COMPLETED, True),
    ],
)
def test_who_was_seen_for_it_waits_no_longer(
    clinic: SmallClinic, joined: datetime, status: AppointmentStatus, *, waits: bool
) -> None:
    visit = clinic.booked(clinic.beto)
    clinic.waitlist.join(clinic.beto, *PLACE, joined)
    clinic.waitlist.join(clinic.beto, "consult", "centro", NOW)
    clinic.waitlist.join(clinic.ana, *PLACE, NOW)
    clinic.now[0] = visit.end
    clinic.schedule.mark(visit.ref, status, clinic.change())
    clinic.waitlist.settle(clinic.now[0])
    assert len(clinic.waitlist.waits_of(clinic.beto)) == 1 + waits
    assert len(clinic.waitlist.waits_of(clinic.ana)) == 1


def test_offers_end_when_their_time_is_over(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    _offered(clinic, _freed(clinic), clinic.beto)
    clinic.waitlist.settle(UNTIL - timedelta(seconds=1))
    assert clinic.waitlist.offers_to(clinic.beto)[0].outcome is OfferOutcome.OPEN
    clinic.waitlist.settle(UNTIL)
    assert clinic.waitlist.offers_to(clinic.beto)[0].outcome is OfferOutcome.EXPIRED


def test_offers_end_when_somebody_has_the_slot(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    freed = _freed(clinic)
    _offered(clinic, freed, clinic.beto)
    clinic.schedule.book(freed.slot_id, "consult", clinic.ana, clinic.change())
    clinic.waitlist.settle(NOW)
    assert clinic.waitlist.offers_to(clinic.beto)[0].outcome is OfferOutcome.TAKEN


def test_the_fill_report_counts_slots_and_offers_of_the_span(clinic: SmallClinic) -> None:
    third = clinic.patients.register("Ana Torres", NOW.date(), "es", "+525500000009").id
    for patient in (clinic.beto, third):
        clinic.waitlist.join(patient, *PLACE, NOW)
    offers = _offered(clinic, _freed(clinic), clinic.beto, third)
    clinic.waitlist.accepted(offers[0], NOW)
    _cancelled(clinic)
    report = clinic.waitlist.fill_report(NOW, NOW + HOUR)
    assert report == FillReport(
        freed=2,
        offered=1,
        filled=1,
        offers=2,
        accepted=1,
        declined=0,
        taken=1,
        expired=0,
        open=0,
    )
    assert clinic.waitlist.fill_report(NOW + HOUR, NOW + 2 * HOUR).freed == 0


def test_instants_are_aware_and_utc(clinic: SmallClinic) -> None:
    clinic.waitlist.join(clinic.beto, *PLACE, NOW)
    freed = _freed(clinic)
    (offer,) = _offered(clinic, freed, clinic.beto)
    instants: list[datetime] = [freed.at, freed.start, freed.end, offer.at, offer.expires_at]
    assert all(each.tzinfo is UTC for each in instants)
