"""Seeds the demo clinic, and brings it up to date on later days."""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from clinic.appointments import UPCOMING, Appointment, Change, KeyReused, SlotTaken
from clinic.catalogue import Branch, Slot
from clinic.hours import instant, local_day, next_open_day
from clinic.ports import Schedule
from integrations.catalogue_files import import_catalogue
from integrations.database import Base, Database, be_alone
from integrations.demo.cast import CAST, OPTED_OUT, WAITING, Member
from integrations.demo.places import branch_rows, hours_rows, plan_rows, practitioner_rows
from integrations.patients import open_patients
from integrations.scheduling import open_catalogue, open_schedule
from integrations.scheduling.slots import DAYS_AHEAD, top_up_slots
from integrations.tables import ConsentRow, PatientAddressRow, PatientRow, ServiceRow
from integrations.waitlist import open_waitlist

_HERE = Path(__file__).parent
_TRIES = 14


def seed_demo(database: Database, now: datetime) -> None:
    """Makes the demo clinic as it should stand at `now` (UTC); run again, it changes nothing.

    What somebody has changed since (prices, a language, a consent, a visit) is left alone. On a
    later day the slots reach further, and every member of the cast whose visit nobody has touched
    has it moved on: "tomorrow at ten" is true again.
    """
    seed_places(database, now)
    with database.begin() as session:
        be_alone(session, "demo")
        _add_missing(session, _patients())
    _seed_wishes(database, now)
    schedule = open_schedule(database, lambda: now)
    branches = {branch.code: branch for branch in open_catalogue(database).branches()}
    for member in CAST:
        _seed_visit(schedule, branches[member.visit.branch], member, now)


def seed_places(database: Database, now: datetime, days: int = DAYS_AHEAD) -> None:
    """The demo's branches, people, services and prices, and slots for so many days, but nobody."""
    with database.begin() as session:
        be_alone(session, "demo")
        for rows in (branch_rows(), plan_rows(), hours_rows(), practitioner_rows()):
            _add_missing(session, rows)
        fresh = session.scalar(select(ServiceRow.code).limit(1)) is None
    if fresh:
        import_catalogue(database, _HERE / "services.csv", now)
        import_catalogue(database, _HERE / "prices.csv", now)
    top_up_slots(database, now, days)


def _patients() -> list[Base]:
    rows: list[Base] = [
        PatientRow(
            id=member.id,
            name=member.name,
            birth_date=member.birth_date,
            language=member.language,
        )
        for member in CAST
    ]
    rows += [PatientAddressRow(patient_id=member.id, address=member.phone) for member in CAST]
    return rows


def _add_missing(session: Session, rows: list[Base]) -> None:
    for row in rows:
        key = tuple(inspect(type(row)).primary_key_from_instance(row))
        if session.get(type(row), key) is None:
            session.add(row)
        session.flush()


def _seed_wishes(database: Database, now: datetime) -> None:
    """Who waits, and who wants no messages."""
    patients = open_patients(database)
    member, service, branch = WAITING
    with database.read() as session:
        asked = select(ConsentRow.id).filter_by(address=OPTED_OUT.phone).limit(1)
        told = session.scalar(asked) is not None
    if not told:
        patients.set_consent(OPTED_OUT.phone, given=False, channel="sms", words="BAJA", at=now)
    waitlist = open_waitlist(database)
    if (service, branch) not in {(w.service, w.branch) for w in waitlist.waits_of(member.id)}:
        waitlist.join(member.id, service, branch, now)


def _seed_visit(schedule: Schedule, branch: Branch, member: Member, now: datetime) -> None:
    """Books the member's visit, or moves on the one that nobody has touched."""
    today = local_day(now, branch.zone)
    day = next_open_day(branch, today + timedelta(days=member.visit.days))
    key = f"demo:{member.id}:{day}"
    mine = schedule.appointments(member.id)
    if any(entry.change.key == key for visit in mine for entry in schedule.history(visit.id)):
        return
    change = Change(actor="system", channel="web", key=key, at=now, reason="demo")
    untouched = [visit for visit in mine if _is_untouched(schedule, visit, now)]
    for slot in _wanted(schedule, branch, member, day):
        try:
            if untouched:
                schedule.reschedule(untouched[0].ref, slot.id, change)
            else:
                schedule.book(slot.id, member.visit.service, member.id, change)
        except SlotTaken:
            continue
        except KeyReused:
            pass  # another start seeds at the same time, and took this step first
        return


def _is_untouched(schedule: Schedule, visit: Appointment, now: datetime) -> bool:
    return (
        visit.status in UPCOMING
        and visit.start > now
        and all(entry.change.key.startswith("demo:") for entry in schedule.history(visit.id))
    )


def _wanted(schedule: Schedule, branch: Branch, member: Member, day: date) -> list[Slot]:
    """Free slots at the member's hour on that day, or the open days after it."""
    slots: list[Slot] = []
    for _ in range(_TRIES):
        start = instant(day, member.visit.at, branch.zone)
        slots += schedule.free_slots(
            member.visit.service, branch.code, start, start + timedelta(minutes=1)
        )
        day = next_open_day(branch, day + timedelta(days=1))
    return slots
