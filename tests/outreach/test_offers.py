"""A freed slot is offered to those who wait, and the first who accepts has it."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from app.services import Services
from clinic.appointments import AppointmentStatus
from clinic.waitlist import FillReport, Offer, OfferOutcome, WeekTime, Wishes
from conversations.model import Inbound
from integrations.demo.cast import ANA, BETO
from outreach.waitlist import offers
from outreach.waitlist.offers import offer_freed_slots
from tests.conftest import NOW
from tests.databases import KINDS
from tests.outreach.freed_slots import DERMATOLOGY, FreedSlots, open_freed_slots


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[FreedSlots]:
    with open_freed_slots(tmp_path) as clinic:
        yield clinic


@pytest.fixture(params=KINDS)
def on_either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FreedSlots]:
    """The same on both kinds of database."""
    with open_freed_slots(tmp_path, request.param) as clinic:
        yield clinic


def test_without_a_freed_slot_nothing_is_offered(clinic: FreedSlots) -> None:
    assert clinic.sweep() == []
    assert clinic.thread() == []


def test_the_next_sweep_offers_a_cancelled_visits_slot_to_who_waits(clinic: FreedSlots) -> None:
    freed = clinic.cancel()
    begun = offer_freed_slots(clinic.services, clinic.now[0])
    assert begun == [
        {"kind": "offer", "to": BETO.id, "about": freed.slot_id, "at": NOW.isoformat()}
    ]
    (message,) = clinic.thread()
    assert message.author == "outreach"
    assert message.text == (
        "Clínica Aurora: hay un lugar libre mañana, miércoles 11 de marzo a las 10:00 a.m., "
        "sucursal Roma. Es de quien responda primero. Oferta válida hasta: 9:30 a.m.\n"
        "Para no recibir más mensajes escriba ALTO."
    )
    offer = clinic.offer()
    assert [(choice.title, choice.payload) for choice in message.choices] == [
        ("Lo quiero", f"/accept_offer{json.dumps({'offer': offer.id})}"),
        ("No, gracias", f"/decline_offer{json.dumps({'offer': offer.id})}"),
    ]


def test_an_offer_is_said_once_however_often_it_is_looked_for(clinic: FreedSlots) -> None:
    clinic.cancel()
    assert [clinic.sweep(), clinic.sweep(), clinic.sweep()] == [[BETO.id], [], []]
    clinic.later(minutes=45)
    assert clinic.sweep() == []
    assert len(clinic.thread()) == 1


def test_workers_that_sweep_at_once_offer_once(on_either: FreedSlots) -> None:
    on_either.cancel()
    for _ in range(5):
        on_either.waits()
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda _: on_either.sweep(), range(4)))
    assert len([each for worker in said for each in worker]) == 3
    assert len(on_either.thread()) == 1


def test_an_offer_that_a_crash_left_unsaid_is_said_by_the_next_sweep(
    clinic: FreedSlots, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.cancel()
    with monkeypatch.context() as patch:
        patch.setattr("outreach.waitlist.offers.say_once", _crash)
        with pytest.raises(SystemExit):
            clinic.sweep()
    assert clinic.thread() == []
    assert clinic.sweep() == [BETO.id]
    assert clinic.sweep() == []


def test_an_offer_said_before_a_crash_is_not_said_again(
    clinic: FreedSlots, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.cancel()
    with monkeypatch.context() as patch:
        patch.setattr(clinic.services.waitlist, "told", _crash)
        with pytest.raises(SystemExit):
            clinic.sweep()
    clinic.sweep()
    clinic.sweep()
    assert len(clinic.thread()) == 1


def _crash(*_given: object) -> None:
    raise SystemExit  # as when the worker is told to go


def test_an_offer_that_fails_keeps_none_of_the_others(
    clinic: FreedSlots, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clinic.cancel()
    others = {clinic.waits().id, clinic.waits().id}

    def fails_for_beto(services: Services, offer: Offer, now: datetime) -> list[dict[str, str]]:
        if offer.patient_id == BETO.id:
            raise RuntimeError("what Beto wrote")
        return say(services, offer, now)

    say = offers._say
    monkeypatch.setattr(offers, "_say", fails_for_beto)
    assert set(clinic.sweep()) == others
    assert "kind=offer" in caplog.text
    assert "what Beto wrote" not in caplog.text


def test_the_slot_that_a_moved_visit_left_is_offered(clinic: FreedSlots) -> None:
    visit = clinic.visits(ANA.id)[0]
    free = clinic.services.schedule.free_slots(
        visit.service,
        visit.branch,
        visit.start + timedelta(days=2),
        visit.start + timedelta(days=9),
    )
    clinic.services.schedule.reschedule(visit.ref, free[0].id, clinic.change())
    assert clinic.sweep() == [BETO.id]
    assert clinic.offer().slot_id == visit.slot_id


@pytest.mark.parametrize("actor", ["patient", "staff:demo", "system"])
@pytest.mark.parametrize("moved", [False, True])
def test_whoever_gives_a_time_up_leads_to_an_offer(
    clinic: FreedSlots, actor: str, moved: bool
) -> None:
    visit, schedule = clinic.visits(ANA.id)[0], clinic.services.schedule
    change = replace(clinic.change(), actor=actor, channel="voice")
    if moved:
        later = visit.start + timedelta(days=2)
        free = schedule.free_slots(visit.service, visit.branch, later, later + timedelta(days=7))
        schedule.reschedule(visit.ref, free[0].id, change)
    else:
        schedule.cancel(visit.ref, change)
    assert clinic.sweep() == [BETO.id]
    assert clinic.offer().slot_id == visit.slot_id


def test_a_visit_marked_as_missed_is_offered_to_nobody(clinic: FreedSlots) -> None:
    visit = clinic.visits(ANA.id)[0]
    clinic.now[0] = visit.start
    clinic.services.schedule.mark(visit.ref, AppointmentStatus.NO_SHOW, clinic.change())
    assert clinic.sweep() == []


def test_who_asked_for_other_times_is_not_asked(clinic: FreedSlots) -> None:
    wednesday_at_ten = WeekTime((2,), time(10), time(11))
    suited = clinic.waits(Wishes(times=(wednesday_at_ten,)))
    clinic.waits(Wishes(times=(WeekTime((2,), time(11)), WeekTime((1, 3)))))
    clinic.cancel()
    assert set(clinic.sweep()) == {BETO.id, suited.id}


def test_the_staffs_priority_comes_before_the_longest_wait(clinic: FreedSlots) -> None:
    others = [clinic.waits().id for _ in range(3)]
    urgent = clinic.waits(priority=1)
    clinic.cancel()
    assert set(clinic.sweep()) == {urgent.id, BETO.id, others[0]}


def test_who_gave_the_slot_up_is_not_offered_it(clinic: FreedSlots) -> None:
    clinic.services.waitlist.join(ANA.id, *DERMATOLOGY, NOW - timedelta(days=9))
    clinic.cancel()
    assert clinic.sweep() == [BETO.id]


def test_a_slot_that_is_taken_again_is_offered_to_nobody(clinic: FreedSlots) -> None:
    freed = clinic.cancel()
    clinic.services.schedule.undo(freed.ref, clinic.change())
    assert clinic.sweep() == []


def test_a_slot_is_no_longer_offered_three_hours_before(clinic: FreedSlots) -> None:
    visit = clinic.visits(ANA.id)[0]
    clinic.now[0] = visit.start - timedelta(hours=2, minutes=59)
    clinic.cancel()
    assert clinic.sweep() == []


def test_a_slot_freed_at_night_is_offered_in_the_morning(clinic: FreedSlots) -> None:
    later = clinic.book(clinic.waits().id, clinic.visits(ANA.id)[0].start + timedelta(hours=26))
    clinic.now[0] = datetime(2026, 3, 11, 3, 0, tzinfo=UTC)  # 21:00 at Roma
    clinic.services.schedule.cancel(later.ref, clinic.change())
    assert clinic.sweep() == []
    clinic.now[0] = datetime(2026, 3, 11, 13, 59, tzinfo=UTC)
    assert clinic.sweep() == []
    clinic.later(minutes=1)
    assert clinic.sweep() == [BETO.id]


def test_who_has_opted_out_is_not_asked(clinic: FreedSlots) -> None:
    clinic.cancel()
    clinic.services.patients.set_consent(
        BETO.phone, given=False, channel="sms", words="ALTO", at=NOW
    )
    assert clinic.sweep() == []
    assert clinic.services.waitlist.offers_to(BETO.id) == []


def test_who_has_just_written_is_asked_a_little_later(clinic: FreedSlots) -> None:
    clinic.services.turns.receive(
        Inbound("sms", "SM1", BETO.phone, "+525550000100", "¿qué tengo que llevar?", NOW)
    )
    clinic.cancel()
    clinic.later(minutes=1)
    assert clinic.sweep() == []
    clinic.later(minutes=1)
    assert clinic.sweep() == [BETO.id]


def test_who_asked_for_another_practitioner_or_more_notice_is_not_asked(
    clinic: FreedSlots,
) -> None:
    with_her = clinic.waits(Wishes(clinic.visits(ANA.id)[0].practitioner))
    clinic.waits(Wishes("providencia-dermatology-1"))
    clinic.waits(Wishes(notice_hours=72))
    clinic.cancel()
    assert set(clinic.sweep()) == {BETO.id, with_her.id}


def test_groups_of_three_are_asked_every_five_minutes_the_longest_wait_first(
    on_either: FreedSlots,
) -> None:
    others = [on_either.waits().id for _ in range(6)]
    on_either.cancel()
    assert set(on_either.sweep()) == {BETO.id, *others[:2]}
    on_either.later(minutes=4)
    assert on_either.sweep() == []
    on_either.later(minutes=1)
    assert set(on_either.sweep()) == set(others[2:5])
    on_either.later(minutes=5)
    assert on_either.sweep() == others[5:]
    on_either.later(minutes=5)
    assert on_either.sweep() == []


def test_who_was_asked_before_comes_after_those_who_were_not(clinic: FreedSlots) -> None:
    clinic.cancel()
    assert clinic.sweep() == [BETO.id]
    clinic.later(minutes=31)
    others = [clinic.waits().id for _ in range(6)]
    clinic.services.schedule.cancel(
        clinic.book(ANA.id, clinic.offer().start + timedelta(days=1)).ref, clinic.change()
    )
    said = clinic.sweep()
    assert BETO.id not in said
    assert set(said) == set(others)


def test_nobody_has_two_offers_open_at_a_time(clinic: FreedSlots) -> None:
    second = clinic.book(clinic.waits().id, clinic.visits(ANA.id)[0].start + timedelta(hours=2))
    clinic.cancel()
    clinic.services.schedule.cancel(second.ref, clinic.change())
    assert clinic.sweep().count(BETO.id) == 1
    clinic.later(minutes=31)
    assert clinic.sweep().count(BETO.id) == 1


def test_on_a_shared_phone_the_offer_says_whom_it_is_for(clinic: FreedSlots) -> None:
    other = clinic.services.patients.register("Mateo Rivas", NOW.date(), "es", BETO.phone)
    assert other.id != BETO.id
    clinic.cancel()
    clinic.sweep()
    assert clinic.thread()[0].text.startswith("Clínica Aurora, para Beto: hay un lugar libre")


def test_the_offer_says_which_visit_it_would_move(clinic: FreedSlots) -> None:
    clinic.book(BETO.id, clinic.visits(ANA.id)[0].start + timedelta(days=5))
    clinic.cancel()
    clinic.sweep()
    text = clinic.thread()[0].text
    assert "Si lo toma, su cita del lunes 16 de marzo se cambia a este horario." in text
    assert "ermatolog" not in text


def test_who_accepts_has_the_visit_and_waits_no_longer(clinic: FreedSlots) -> None:
    freed = clinic.cancel()
    clinic.sweep()
    assert clinic.accept() is OfferOutcome.ACCEPTED
    assert freed.slot_id in [visit.slot_id for visit in clinic.visits(BETO.id)]
    assert clinic.waits_for(BETO.id) == []
    assert clinic.outcome() == "accepted"
    assert clinic.accept() is OfferOutcome.ACCEPTED
    assert len([v for v in clinic.visits(BETO.id) if v.slot_id == freed.slot_id]) == 1


def test_the_first_to_accept_has_it_and_the_rest_stay_on_the_list(clinic: FreedSlots) -> None:
    second = clinic.waits()
    clinic.cancel()
    assert set(clinic.sweep()) == {BETO.id, second.id}
    assert clinic.accept(second.id) is OfferOutcome.ACCEPTED
    assert clinic.outcome() == "taken"
    assert clinic.accept() is OfferOutcome.TAKEN
    assert clinic.waits_for(BETO.id) == [DERMATOLOGY]
    assert len(clinic.thread()) == 1


def test_accepting_moves_a_later_visit_whose_slot_is_offered_on(on_either: FreedSlots) -> None:
    later = on_either.book(BETO.id, on_either.visits(ANA.id)[0].start + timedelta(days=5))
    freed = on_either.cancel()
    on_either.sweep()
    assert on_either.accept() is OfferOutcome.ACCEPTED
    moved = on_either.services.schedule.appointment(later.id)
    assert moved.slot_id == freed.slot_id
    next_one = on_either.waits()
    assert on_either.sweep() == [next_one.id]
    assert on_either.offer(next_one.id).slot_id == later.slot_id


def test_an_offer_ends_after_half_an_hour_and_changes_nothing_then(clinic: FreedSlots) -> None:
    clinic.cancel()
    clinic.sweep()
    before = clinic.visits(BETO.id)
    clinic.later(minutes=30)
    assert clinic.accept() is OfferOutcome.EXPIRED
    clinic.sweep()
    assert clinic.outcome() == "expired"
    assert clinic.accept() is OfferOutcome.EXPIRED
    assert clinic.visits(BETO.id) == before


def test_an_accepted_offer_does_not_bring_back_the_visit_that_was_cancelled_since(
    clinic: FreedSlots,
) -> None:
    freed = clinic.cancel()
    clinic.sweep()
    clinic.accept()
    (taken,) = [visit for visit in clinic.visits(BETO.id) if visit.slot_id == freed.slot_id]
    clinic.services.schedule.cancel(taken.ref, clinic.change())
    assert clinic.accept() is OfferOutcome.EXPIRED
    assert freed.slot_id not in [visit.slot_id for visit in clinic.visits(BETO.id)]


def test_an_acceptance_cut_short_is_noted_by_the_next_sweep(
    on_either: FreedSlots, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = on_either.waits()
    on_either.cancel()
    on_either.sweep()
    with monkeypatch.context() as patch:
        patch.setattr(on_either.services.waitlist, "accepted", _crash)
        with pytest.raises(SystemExit):
            on_either.accept()
    assert on_either.outcome() == "open"
    on_either.sweep()
    assert (on_either.outcome(), on_either.outcome(second.id)) == ("accepted", "taken")
    assert on_either.waits_for(BETO.id) == []


def test_the_fill_report_counts_what_is_kept(on_either: FreedSlots) -> None:
    others = [on_either.waits().id for _ in range(4)]
    on_either.cancel()
    on_either.sweep()
    on_either.services.waitlist.close(on_either.offer(others[0]).id, OfferOutcome.DECLINED, NOW)
    on_either.later(minutes=30)
    on_either.sweep()
    assert on_either.accept(others[2]) is OfferOutcome.ACCEPTED
    unwanted = on_either.visits(BETO.id)[0]
    on_either.services.schedule.cancel(unwanted.ref, on_either.change())
    on_either.sweep()
    day = (NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    assert on_either.services.waitlist.fill_report(*day) == FillReport(
        freed=2,
        offered=1,
        filled=1,
        offers=5,
        accepted=1,
        declined=1,
        taken=1,
        expired=2,
        open=0,
    )
    nothing = on_either.services.waitlist.fill_report(NOW - timedelta(days=2), NOW)
    assert (nothing.freed, nothing.offers) == (0, 0)
