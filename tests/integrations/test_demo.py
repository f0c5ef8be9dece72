"""Clínica Aurora stands as the documents say, however often and whenever it is seeded."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from clinic.appointments import AppointmentStatus, Change
from clinic.catalogue import Slot
from clinic.patients import Patient
from integrations.database import Database, open_database
from integrations.demo import seed, seed_demo
from integrations.editing import open_editor
from integrations.patients import open_patients
from integrations.pricing import open_prices
from integrations.scheduling import open_catalogue, open_schedule
from integrations.scheduling.slots import top_up_slots
from integrations.tables import AppointmentRow, PractitionerServiceRow, PriceRow, SlotRow
from integrations.waitlist import open_waitlist
from tests import databases
from tests.conftest import NOW

FRIDAY = datetime(2026, 3, 13, 15, 0, tzinfo=UTC)


def _visits(database: Database, phone: str, now: datetime = NOW) -> list[tuple[str, str, str, str]]:
    """(first name, service, branch, local start) of the upcoming visits at a phone."""
    schedule, zones = open_schedule(database, lambda: now), open_catalogue(database)
    return [
        (
            patient.first_name,
            visit.service,
            visit.branch,
            visit.start.astimezone(zones.branch(visit.branch).zone).strftime("%m-%d %H:%M"),
        )
        for patient in open_patients(database).at_address(phone)
        for visit in schedule.appointments(patient.id)
        if visit.start > now and visit.status is not AppointmentStatus.CANCELLED
    ]


def test_the_cast_and_its_visits_are_as_documented(aurora: Database) -> None:
    assert _visits(aurora, "+525500000001") == [
        ("Ana", "dermatology-consult", "roma", "03-11 10:00")
    ]
    assert _visits(aurora, "+5511900000001") == [
        ("João", "abdominal-ultrasound", "paulista", "03-12 15:30")
    ]
    assert _visits(aurora, "+12025550143") == [("Emma", "blood-test", "providencia", "03-13 08:00")]
    assert len(_visits(aurora, "+525500000002")) == 1
    assert len(_visits(aurora, "+525500000003")) == 1
    assert [visit[0] for visit in _visits(aurora, "+525500000006")] == ["Lucía", "Mateo"]


CAST = [
    ("+525500000001", "Ana Torres", date(1988, 3, 14), "es"),
    ("+525500000002", "Beto Ruiz", None, "es"),
    ("+525500000003", "Carla Gómez", None, "es"),
    ("+5511900000001", "João Pereira", date(1979, 7, 2), "pt"),
    ("+12025550143", "Emma Clark", date(1992, 11, 30), "en"),
    ("+525500000006", "Lucía Rivas", None, "es"),
    ("+525500000006", "Mateo Rivas", None, "es"),
]


def test_the_cast_are_who_they_are(aurora: Database) -> None:
    for phone, name, born, language in CAST:
        found: dict[str, Patient] = {
            patient.name: patient for patient in open_patients(aurora).at_address(phone)
        }
        assert found[name].language == language
        assert born in {None, found[name].birth_date}


def test_beto_waits_and_carla_opted_out(aurora: Database) -> None:
    patients = open_patients(aurora)
    [beto] = patients.at_address("+525500000002")
    [waits] = open_waitlist(aurora).waits_of(beto.id)
    assert (waits.service, waits.branch) == ("dermatology-consult", "roma")
    assert patients.opted_out("+525500000003")
    assert not patients.opted_out("+525500000001")


def test_where_a_branch_is_closed_the_visit_is_on_the_next_open_day(database: Database) -> None:
    saturday = FRIDAY + timedelta(days=1)
    seed_demo(database, saturday)
    assert _visits(database, "+525500000001", saturday)[0][3] == "03-16 10:00"
    assert _visits(database, "+5511900000001", saturday)[0][3] == "03-16 15:30"


def test_tomorrow_is_the_branchs_tomorrow(database: Database) -> None:
    """At 03:00 UTC it is still the evening before in Mexico City."""
    night = datetime(2026, 3, 11, 3, 0, tzinfo=UTC)
    seed_demo(database, night)
    assert _visits(database, "+525500000001", night)[0][3] == "03-11 10:00"
    assert _visits(database, "+5511900000001", night)[0][3] == "03-13 15:30"


def _counts(database: Database) -> list[int | None]:
    with database.read() as session:
        return [
            session.scalar(select(func.count()).select_from(table))
            for table in (AppointmentRow, SlotRow, PriceRow)
        ]


def test_seeding_again_the_same_day_changes_nothing(own_aurora: Database) -> None:
    before = _counts(own_aurora)
    seed_demo(own_aurora, NOW + timedelta(hours=2))
    assert _counts(own_aurora) == before


def test_seeding_at_the_same_time_seeds_once(database: Database) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: seed_demo(database, NOW), range(2)))
    assert _counts(database)[0] == 7


def test_a_first_start_that_another_one_overtook_seeds_nothing_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _seed_overtaken(database, NOW, monkeypatch)
    assert _counts(database)[0] == 7


def test_a_later_start_that_another_one_overtook_seeds_nothing_twice(
    own_aurora: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _seed_overtaken(own_aurora, NOW + timedelta(days=1), monkeypatch)
    assert _counts(own_aurora)[0] == 7


def _seed_overtaken(database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process seeds when this one has seen what is wanted, and not written it yet."""
    wanted = seed._wanted

    def overtaken(*args: Any) -> list[Slot]:
        monkeypatch.setattr(seed, "_wanted", wanted)
        seed_demo(database, now)
        return wanted(*args)

    monkeypatch.setattr(seed, "_wanted", overtaken)
    seed_demo(database, now)


def test_an_import_under_way_does_not_keep_the_times_from_being_made(tmp_path: Path) -> None:
    with databases.fresh("postgresql", tmp_path, databases.aurora) as url:
        database = open_database(url)
        _lengthen_while_importing(database)
        database.close()


def _lengthen_while_importing(database: Database) -> None:
    with ThreadPoolExecutor(1) as pool, database.begin() as importing:
        does = importing.scalars(select(PractitionerServiceRow)).first()
        assert does
        importing.delete(does)
        importing.flush()
        again = PractitionerServiceRow(practitioner=does.practitioner, service=does.service)
        importing.add(again)
        importing.flush()
        later = NOW + timedelta(days=2)
        assert pool.submit(top_up_slots, database, later).result(timeout=30)


@pytest.mark.parametrize("days", [1, 400])
def test_on_a_later_day_each_has_one_visit_in_the_coming_days(
    own_aurora: Database, days: int
) -> None:
    later = NOW + timedelta(days=days)
    seed_demo(own_aurora, later)
    for phone, visits in (("+525500000001", 1), ("+5511900000001", 1), ("+525500000006", 2)):
        assert len(_visits(own_aurora, phone, later)) == visits
    schedule = open_schedule(own_aurora, lambda: later)
    ahead = later + timedelta(days=40)
    assert schedule.free_slots("dermatology-consult", "roma", ahead, ahead + timedelta(days=3))


def test_what_somebody_changed_is_left_alone(own_aurora: Database) -> None:
    schedule, patients = open_schedule(own_aurora, lambda: NOW), open_patients(own_aurora)
    [ana] = patients.at_address("+525500000001")
    [visit] = schedule.appointments(ana.id)
    schedule.cancel(visit.ref, Change("patient", "sms", "turn-1", NOW))
    patients.set_language(ana.id, "en")
    patients.set_consent("+525500000003", given=True, channel="sms", words="ALTA", at=NOW)
    seed_demo(own_aurora, NOW + timedelta(minutes=5))
    assert _visits(own_aurora, "+525500000001") == []
    assert patients.patient(ana.id).language == "en"
    assert not patients.opted_out("+525500000003")


def test_every_service_has_a_price_and_a_free_slot_where_it_is_done(aurora: Database) -> None:
    catalogue, prices = open_catalogue(aurora), open_prices(aurora)
    schedule = open_schedule(aurora, lambda: NOW)
    plans = [plan.code for plan in catalogue.plans()]
    for service in catalogue.services():
        assert service.branches
        for branch in service.branches:
            assert schedule.free_slots(service.code, branch, NOW, NOW + timedelta(days=7), limit=1)
            totals = [prices.quote(service.code, branch, plan, NOW).total for plan in plans]
            assert all(total > 0 for total in totals)
            assert prices.quote(service.code, branch, "public", NOW).total == max(totals)


def test_every_service_speaks_three_languages(aurora: Database) -> None:
    services = open_catalogue(aurora).services()
    assert len(services) >= 30
    for service in services:
        for language in ("es", "pt", "en"):
            assert service.names[language]
            assert service.synonyms[language]
            if service.preparation:
                assert service.preparation.texts[language]


def test_slots_lie_within_opening_hours_and_none_overlap(aurora: Database) -> None:
    catalogue = open_catalogue(aurora)
    with aurora.read() as session:
        slots = session.execute(
            select(SlotRow.branch, SlotRow.practitioner, SlotRow.start, SlotRow.end).order_by(
                SlotRow.practitioner, SlotRow.start
            )
        ).all()
    hours = {
        (branch.code, span.weekday): (span.opens, span.closes)
        for branch in catalogue.branches()
        for span in branch.hours
    }
    zones = {branch.code: branch.zone for branch in catalogue.branches()}
    for slot, following in pairwise(slots):
        start, end = (at.astimezone(zones[slot.branch]) for at in (slot.start, slot.end))
        opens, closes = hours[slot.branch, start.weekday()]
        assert opens <= start.time() < end.time() <= closes
        assert slot.practitioner != following.practitioner or slot.end <= following.start


def test_the_demo_s_catalogue_makes_the_round_trip(aurora: Database) -> None:
    editor = open_editor(aurora)
    shown = editor.preview_file(editor.export().encode())
    assert list(shown.differences) == []
    assert shown.unchanged == len(editor.entries()) + len(editor.prices())
