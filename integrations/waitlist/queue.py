"""Who waits, for what, and what they ask for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import Session

from clinic.appointments import AppointmentStatus
from clinic.catalogue import CatalogueError, UnknownBranch, UnknownService
from clinic.patients import PatientUnknown
from clinic.waitlist import ANYTHING, FreedSlot, OfferOutcome, Waiting, WeekTime, Wishes
from integrations.database import Base, Database, be_alone
from integrations.tables import (
    AppointmentRow,
    BranchRow,
    OfferRow,
    PatientRow,
    PractitionerRow,
    ServiceRow,
    SlotRow,
    WaitlistRow,
)
from integrations.waitlist.freeings import asked

_TO_THEM: Final = OfferRow.patient_id == WaitlistRow.patient_id


class DatabaseQueue:
    """The half of `clinic.ports.Waitlist` that is about who waits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def join(
        self,
        patient_id: str,
        service: str,
        branch: str,
        at: datetime,
        wishes: Wishes = ANYTHING,
    ) -> None:
        """Puts the patient on a waitlist, or changes the wishes of one who is on it.

        Raises PatientUnknown, UnknownService, UnknownBranch or CatalogueError.
        """
        asked_for = {
            "practitioner": wishes.practitioner,
            "times": [each.plain() for each in wishes.times],
            "notice_hours": wishes.notice_hours,
        }
        with self._database.begin() as session:
            be_alone(session, "waitlist")
            _check(session, patient_id, service, branch, wishes.practitioner)
            row = session.get(WaitlistRow, (patient_id, service, branch))
            if row is None:
                row = WaitlistRow(patient_id=patient_id, service=service, branch=branch, at=at)
                session.add(row)
            for name, value in asked_for.items():
                setattr(row, name, value)

    def leave(self, patient_id: str, service: str, branch: str) -> None:
        """Takes the patient off a waitlist; nothing happens to one who is not on it."""
        with self._database.begin() as session:
            take_off(session, patient_id, service, branch)

    def prioritise(self, patient_id: str, service: str, branch: str, priority: int) -> None:
        """Sets the priority of one who waits; nothing happens to one who does not."""
        place = _place(patient_id, service, branch)
        with self._database.begin() as session:
            session.execute(update(WaitlistRow).where(*place).values(priority=priority))

    def waits_of(self, patient_id: str) -> Sequence[Waiting]:
        """Each waitlist that the patient is on, the longest wait first."""
        return self._waiting(WaitlistRow.patient_id == patient_id)

    def everybody(self) -> Sequence[Waiting]:
        """All who wait, for whatever and wherever, the longest wait first."""
        return self._waiting()

    def waiting(self, freed: FreedSlot) -> Sequence[Waiting]:
        """Who waits for that service and branch, was not asked for it yet and has no open offer."""
        return self._waiting(
            WaitlistRow.service == freed.service,
            WaitlistRow.branch == freed.branch,
            WaitlistRow.patient_id != freed.left_by,
            ~asked(freed.change),
            ~exists().where(_TO_THEM, OfferRow.outcome == OfferOutcome.OPEN),
        )

    def _waiting(self, *conditions: ColumnElement[bool]) -> list[Waiting]:
        last_asked = select(func.max(OfferRow.at)).where(_TO_THEM).scalar_subquery()
        query = (
            select(WaitlistRow, last_asked)
            .where(*conditions)
            .order_by(WaitlistRow.at, WaitlistRow.patient_id, WaitlistRow.service)
        )
        with self._database.read() as session:
            return [_read(row, last) for row, last in session.execute(query)]


def take_off(session: Session, patient_id: str, service: str, branch: str) -> None:
    """Takes the patient off that waitlist."""
    session.execute(delete(WaitlistRow).where(*_place(patient_id, service, branch)))


def who_was_seen(session: Session) -> Sequence[tuple[str, str, str]]:
    """(patient, service, branch) of those who came for what they wait for, after they had begun."""
    query = (
        select(WaitlistRow.patient_id, WaitlistRow.service, WaitlistRow.branch)
        .join(AppointmentRow, AppointmentRow.patient_id == WaitlistRow.patient_id)
        .join(SlotRow, SlotRow.id == AppointmentRow.slot_id)
        .where(
            AppointmentRow.status == AppointmentStatus.COMPLETED,
            AppointmentRow.service == WaitlistRow.service,
            SlotRow.branch == WaitlistRow.branch,
            SlotRow.start >= WaitlistRow.at,
        )
    )
    return [(patient, service, branch) for patient, service, branch in session.execute(query)]


def _place(patient_id: str, service: str, branch: str) -> tuple[ColumnElement[bool], ...]:
    return (
        WaitlistRow.patient_id == patient_id,
        WaitlistRow.service == service,
        WaitlistRow.branch == branch,
    )


def _check(
    session: Session, patient_id: str, service: str, branch: str, practitioner: str | None
) -> None:
    """Raises what `DatabaseQueue.join` promises where one of them does not exist."""
    wanted: tuple[tuple[type[Base], str | None, Exception], ...] = (
        (PatientRow, patient_id, PatientUnknown()),
        (ServiceRow, service, UnknownService(service)),
        (BranchRow, branch, UnknownBranch(branch)),
        (PractitionerRow, practitioner, CatalogueError(practitioner)),
    )
    for table, key, error in wanted:
        if key is not None and session.get(table, key) is None:
            raise error


def _read(row: WaitlistRow, last_asked: datetime | None) -> Waiting:
    times = tuple(WeekTime.of(each) for each in row.times or ())
    return Waiting(
        row.patient_id,
        row.service,
        row.branch,
        row.at,
        Wishes(row.practitioner, times, row.notice_hours),
        row.priority,
        last_asked,
    )
