"""A hundred accept at once: one has the slot, and the others are told the truth."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from clinic.appointments import Appointment, AppointmentStatus
from clinic.ports import Waitlist
from clinic.waitlist import Offer, OfferOutcome
from integrations.database import Database
from integrations.waitlist import open_waitlist
from integrations.waitlist.claiming import claim
from tests.integrations.small_clinic import NOW, SmallClinic

MANY = 100


def _offered(
    clinic: SmallClinic, waitlist: Waitlist, patients: list[str]
) -> tuple[Appointment, list[Offer]]:
    """A slot that Ana has given up, offered to all of them."""
    for patient in patients:
        waitlist.join(patient, "consult", "frontera", NOW)
    visit = clinic.booked()
    clinic.schedule.cancel(visit.ref, clinic.change())
    (freed,) = waitlist.freed(NOW - timedelta(hours=1), NOW)
    offers = waitlist.offer(freed, patients, NOW, NOW + timedelta(minutes=30), None)
    return visit, list(offers)


def _accept_at_once(
    clinic: SmallClinic, waitlist: Waitlist, pick: Callable[[int], Offer]
) -> list[OfferOutcome]:
    def accept(number: int) -> OfferOutcome:
        return claim(clinic.schedule, waitlist, pick(number), "sms", NOW)

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(accept, range(MANY)))


def _live(clinic: SmallClinic, visit: Appointment) -> list[Appointment]:
    there = clinic.schedule.agenda("frontera", visit.start, visit.end)
    return [each for each in there if each.status is not AppointmentStatus.CANCELLED]


def test_of_100_who_accept_one_slot_exactly_one_has_it(
    clinic: SmallClinic, database: Database
) -> None:
    waitlist = open_waitlist(database)
    patients = [
        clinic.patients.register(
            "Beto Ruiz", date(1950, 1, 1) + timedelta(days=number), "es", f"+52550003{number:04d}"
        ).id
        for number in range(MANY)
    ]
    visit, offers = _offered(clinic, waitlist, patients)
    outcomes = _accept_at_once(clinic, waitlist, lambda number: offers[number])
    assert outcomes.count(OfferOutcome.ACCEPTED) == 1
    assert outcomes.count(OfferOutcome.TAKEN) == MANY - 1
    winner = offers[outcomes.index(OfferOutcome.ACCEPTED)]
    assert [each.patient_id for each in _live(clinic, visit)] == [winner.patient_id]
    kept = [waitlist.offers_to(offer.patient_id)[0].outcome for offer in offers]
    assert kept == outcomes
    waiting = {each.patient_id for each in waitlist.everybody()}
    assert waiting == set(patients) - {winner.patient_id}


def test_100_acceptances_of_one_offer_make_one_visit(
    clinic: SmallClinic, database: Database
) -> None:
    waitlist = open_waitlist(database)
    visit, (offer,) = _offered(clinic, waitlist, [clinic.beto])
    outcomes = _accept_at_once(clinic, waitlist, lambda _: offer)
    assert outcomes == [OfferOutcome.ACCEPTED] * MANY
    assert [each.patient_id for each in clinic.schedule.appointments(clinic.beto)] == [clinic.beto]
    assert len(_live(clinic, visit)) == 1


def test_100_acceptances_of_one_offer_move_the_later_visit_once(
    clinic: SmallClinic, database: Database
) -> None:
    waitlist = open_waitlist(database)
    slots = clinic.free()
    later = clinic.schedule.book(slots[5].id, "consult", clinic.beto, clinic.change())
    visit, (offer,) = _offered(clinic, waitlist, [clinic.beto])
    outcomes = _accept_at_once(clinic, waitlist, lambda _: offer)
    assert outcomes == [OfferOutcome.ACCEPTED] * MANY
    moved = clinic.schedule.appointment(later.id)
    assert (moved.slot_id, moved.version) == (visit.slot_id, 2)
    assert len(clinic.schedule.appointments(clinic.beto)) == 1
