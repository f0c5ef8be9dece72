"""Whether what was said of a visit or an offer may be said again."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clinic.appointments import AppointmentStatus
from clinic.waitlist import OfferOutcome
from conversations.model import Choice
from conversations.still_true import StillTrue
from integrations.demo.cast import ANA
from tests.outreach.freed_slots import FreedSlots, open_freed_slots


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[FreedSlots]:
    with open_freed_slots(tmp_path) as clinic:
        yield clinic


def _still(clinic: FreedSlots, *choices: Choice) -> bool:
    said_at = clinic.now[0]
    clinic.later(minutes=5)
    still_true = StillTrue(clinic.services.schedule, clinic.services.waitlist)
    return still_true(choices, said_at, clinic.now[0])


def _carries(name: str, value: str) -> Choice:
    return Choice("Confirmar", f"/confirm_appointment{json.dumps({name: value})}")


def test_words_that_carry_nothing_are_true(clinic: FreedSlots) -> None:
    assert _still(clinic)
    assert _still(clinic, Choice("Menú", "/menu"), _carries("service", "dermatology-consult"))


def test_a_visit_that_stands_as_it_was_is_true_and_one_that_changed_is_not(
    clinic: FreedSlots,
) -> None:
    visit = clinic.visits(ANA.id)[0]
    assert _still(clinic, _carries("visit", str(visit.ref)))
    clinic.services.schedule.confirm(visit.ref, clinic.change())
    assert not _still(clinic, _carries("visit", str(visit.ref)))


def test_a_visit_that_has_passed_meanwhile_is_not_and_one_that_was_over_stays(
    clinic: FreedSlots,
) -> None:
    visit = clinic.visits(ANA.id)[0]
    clinic.later(seconds=(visit.start - clinic.now[0] - timedelta(minutes=2)).total_seconds())
    assert not _still(clinic, _carries("visit", str(visit.ref)))
    clinic.later(hours=2)
    done = clinic.services.schedule.mark(visit.ref, AppointmentStatus.COMPLETED, clinic.change())
    assert _still(clinic, _carries("visit", str(done.ref)))


@pytest.mark.parametrize("gone", ["", "nothing:1", "no version"])
def test_a_visit_that_nobody_knows_is_not_true(clinic: FreedSlots, gone: str) -> None:
    assert not _still(clinic, _carries("visit", gone))


def test_an_offer_is_true_while_it_is_open(clinic: FreedSlots) -> None:
    clinic.cancel()
    clinic.sweep()
    offer = clinic.offer()
    assert _still(clinic, _carries("offer", offer.id))
    clinic.services.waitlist.close(offer.id, OfferOutcome.DECLINED, clinic.now[0])
    assert not _still(clinic, _carries("offer", offer.id))
    assert not _still(clinic, _carries("offer", "nothing"))
