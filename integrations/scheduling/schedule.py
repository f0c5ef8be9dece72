"""The schedule, kept in the database: every change is one transaction."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from clinic.appointments import (
    UPCOMING,
    Appointment,
    AppointmentStatus,
    AuditEntry,
    Change,
    NotOffered,
    SlotTaken,
    VisitClosed,
    VisitRef,
    VisitUnknown,
    check_changeable,
    check_confirmable,
    check_markable,
    check_undoable,
)
from clinic.catalogue import Slot
from clinic.clock import Clock
from clinic.patients import PatientUnknown
from integrations.campaigns.closing import is_closed
from integrations.database import Database, Instant
from integrations.scheduling.changes import (
    Request,
    appointment,
    commit,
    lock_visit,
    record,
    replay,
    view,
)
from integrations.tables import (
    AppointmentChangeRow,
    AppointmentRow,
    PatientRow,
    PractitionerServiceRow,
    ServiceBranchRow,
    ServiceRow,
    SlotRow,
)

Rule = Callable[[Session, AppointmentRow], str]
"""Checks a change of a locked visit, makes it, and returns the event's name."""


class DatabaseSchedule:
    """`clinic.ports.Schedule` over the clinic's own tables."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def appointment(self, appointment_id: str) -> Appointment:
        """Raises VisitUnknown."""
        with self._database.read() as session:
            row = session.get(AppointmentRow, appointment_id)
            if row is None:
                raise VisitUnknown
            return view(session, row)

    def appointments(self, patient_id: str) -> Sequence[Appointment]:
        """All visits of a patient, earliest first, whatever their state."""
        return self._visits(AppointmentRow.patient_id == patient_id)

    def agenda(self, branch: str, start: datetime, end: datetime) -> Sequence[Appointment]:
        """The visits of a branch that begin in [start, end), earliest first, cancelled ones too."""
        return self._visits(SlotRow.branch == branch, SlotRow.start >= start, SlotRow.start < end)

    def upcoming(self, start: datetime, end: datetime) -> Sequence[tuple[Appointment, datetime]]:
        """The visits of all branches that begin in [start, end) and may still be changed.

        Earliest first; each with the instant at which it was given its present time.
        """
        with self._database.read() as session:
            return [
                (_appointment_of(columns), columns.since)
                for columns in session.execute(
                    _standing(start, end, UPCOMING, ("booked", "rescheduled"))
                )
            ]

    def marked(
        self, status: AppointmentStatus, start: datetime, end: datetime
    ) -> Sequence[tuple[Appointment, datetime]]:
        """The visits of all branches that begin in [start, end) and that staff marked `status`.

        Earliest first; each with the instant at which it was marked so last.
        """
        with self._database.read() as session:
            return [
                (_appointment_of(columns), columns.since)
                for columns in session.execute(_standing(start, end, (status,), (status.value,)))
            ]

    def _visits(self, *conditions: ColumnElement[bool]) -> list[Appointment]:
        query = (
            select(AppointmentRow, SlotRow)
            .join(SlotRow, SlotRow.id == AppointmentRow.slot_id)
            .where(*conditions)
            .order_by(SlotRow.start, SlotRow.practitioner, AppointmentRow.id)
        )
        with self._database.read() as session:
            return [
                appointment(row, slot, row.version, row.status)
                for row, slot in session.execute(query)
            ]

    def free_slots(
        self,
        service: str,
        branch: str,
        start: datetime,
        end: datetime,
        *,
        practitioner: str | None = None,
        limit: int | None = None,
    ) -> Sequence[Slot]:
        """Free slots for the service that begin in [start, end) and have not begun."""
        query = _fitting(service).where(
            SlotRow.branch == branch,
            SlotRow.start >= start,
            SlotRow.start < end,
            SlotRow.start > self._clock(),
            ~_taken(),
        )
        if practitioner is not None:
            query = query.where(SlotRow.practitioner == practitioner)
        query = query.order_by(SlotRow.start, SlotRow.practitioner).limit(limit)
        with self._database.read() as session:
            return [
                Slot(row.id, row.start, row.end, row.branch, service, row.practitioner)
                for row in session.scalars(query)
            ]

    def free_times(
        self, branch: str, start: datetime, end: datetime
    ) -> Sequence[tuple[datetime, str]]:
        """(start, practitioner) of the slots in [start, end) that are free and have not begun."""
        query = (
            select(SlotRow.start, SlotRow.practitioner)
            .where(
                SlotRow.branch == branch,
                SlotRow.start >= start,
                SlotRow.start < end,
                SlotRow.start > self._clock(),
                ~_taken(),
            )
            .order_by(SlotRow.start, SlotRow.practitioner)
        )
        with self._database.read() as session:
            return [(begins, practitioner) for begins, practitioner in session.execute(query)]

    def branch_of(self, slot_id: str) -> str | None:
        """The branch where the slot is, free or not; None for no such slot."""
        with self._database.read() as session:
            return session.scalar(select(SlotRow.branch).where(SlotRow.id == slot_id))

    def book(self, slot_id: str, service: str, patient_id: str, change: Change) -> Appointment:
        """Books a free slot. Raises SlotTaken, NotOffered, or PatientUnknown."""
        request: Request = {
            "do": "book",
            "slot": slot_id,
            "service": service,
            "patient": patient_id,
        }

        def attempt(session: Session) -> Appointment:
            slot = _lock_slot(session, slot_id)
            if done := replay(session, change, request):
                return done
            self._check_free(session, slot, service)
            if session.get(PatientRow, patient_id) is None:
                raise PatientUnknown
            row = AppointmentRow(
                id=uuid4().hex,
                version=1,
                status=AppointmentStatus.BOOKED,
                slot_id=slot.id,
                service=service,
                patient_id=patient_id,
            )
            session.add(row)
            return record(session, row, "booked", change, request)

        return commit(self._database, attempt)

    def confirm(self, ref: VisitRef, change: Change) -> Appointment:
        """Marks the visit confirmed. Raises AlreadyConfirmed too."""

        def rule(session: Session, row: AppointmentRow) -> str:
            check_confirmable(view(session, row), ref, self._clock())
            row.status = AppointmentStatus.CONFIRMED
            return "confirmed"

        return self._change(ref, {"do": "confirm"}, change, rule)

    def cancel(self, ref: VisitRef, change: Change) -> Appointment:
        """Cancels the visit and frees its slot."""

        def rule(session: Session, row: AppointmentRow) -> str:
            check_changeable(view(session, row), ref, self._clock())
            row.status = AppointmentStatus.CANCELLED
            return "cancelled"

        return self._change(ref, {"do": "cancel"}, change, rule)

    def reschedule(self, ref: VisitRef, slot_id: str, change: Change) -> Appointment:
        """Moves the visit to a free slot in one transaction: same id, next version, booked.

        Raises SlotTaken or NotOffered, and then the visit stands as it stood.
        """

        def rule(session: Session, row: AppointmentRow) -> str:
            check_changeable(view(session, row), ref, self._clock())
            slot = _lock_slot(session, slot_id)
            self._check_free(session, slot, row.service)
            row.slot_id = slot.id
            row.status = AppointmentStatus.BOOKED
            return "rescheduled"

        return self._change(ref, {"do": "reschedule", "slot": slot_id}, change, rule)

    def undo(self, ref: VisitRef, change: Change) -> Appointment:
        """Puts the visit back to the status before its last change, in the same slot.

        Raises SlotTaken where somebody else has the slot by now.
        """

        def rule(session: Session, row: AppointmentRow) -> str:
            check_undoable(view(session, row), ref, self._clock())
            before = _status_before(session, row)
            if row.status == AppointmentStatus.CANCELLED:
                self._check_free(session, _lock_slot(session, row.slot_id), row.service)
            row.status = before
            return "restored"

        return self._change(ref, {"do": "undo"}, change, rule)

    def mark(self, ref: VisitRef, status: AppointmentStatus, change: Change) -> Appointment:
        """Staff's word: arrived, completed or no_show. Raises VisitAhead too."""

        def rule(session: Session, row: AppointmentRow) -> str:
            check_markable(view(session, row), ref, status, self._clock())
            row.status = status
            return status.value

        return self._change(ref, {"do": status.value}, change, rule)

    def give_reason(self, appointment_id: str, reason: str, change: Change) -> None:
        """Keeps the patient's reason for the last change of the visit, beside it in its history."""
        request: Request = {"do": "reason", "visit": appointment_id}

        def attempt(session: Session) -> Appointment:
            row = lock_visit(session, appointment_id)
            if done := replay(session, change, request):
                return done
            told = Change(change.actor, change.channel, change.key, change.at, reason)
            return record(session, row, "reason", told, request)

        commit(self._database, attempt)

    def history(self, appointment_id: str) -> Sequence[AuditEntry]:
        """Every change of the visit, oldest first."""
        query = (
            select(AppointmentChangeRow)
            .where(AppointmentChangeRow.appointment_id == appointment_id)
            .order_by(AppointmentChangeRow.id)
        )
        with self._database.read() as session:
            return [
                AuditEntry(
                    row.appointment_id,
                    row.version,
                    row.event,
                    Change(row.actor, row.channel, row.key, row.at, row.reason),
                )
                for row in session.scalars(query)
            ]

    def _change(self, ref: VisitRef, what: Request, change: Change, rule: Rule) -> Appointment:
        request: Request = {**what, "visit": ref.id, "version": ref.version}

        def attempt(session: Session) -> Appointment:
            row = lock_visit(session, ref.id)
            if done := replay(session, change, request):
                return done
            event = rule(session, row)
            row.version += 1
            return record(session, row, event, change, request)

        return commit(self._database, attempt)

    def _check_free(self, session: Session, slot: SlotRow, service: str) -> None:
        if session.scalar(_fitting(service).where(SlotRow.id == slot.id)) is None:
            raise NotOffered
        taken = select(exists().where(SlotRow.id == slot.id, _taken()))
        if slot.start <= self._clock() or session.scalar(taken):
            raise SlotTaken


def _standing(
    start: datetime,
    end: datetime,
    statuses: Collection[AppointmentStatus],
    events: Collection[str],
) -> Select[*tuple[Any, ...]]:
    """Visits in one of the statuses, each with `since`: when such an event last befell it.

    Columns alone: a sweep asks often, and rows as objects cost four times as much.
    """
    since = (
        select(func.max(AppointmentChangeRow.at))
        .where(
            AppointmentChangeRow.appointment_id == AppointmentRow.id,
            AppointmentChangeRow.event.in_(events),
        )
        .scalar_subquery()
    )
    return (
        select(
            *(AppointmentRow.id, AppointmentRow.version, AppointmentRow.status),
            *(SlotRow.start, SlotRow.end, AppointmentRow.slot_id, SlotRow.branch),
            *(AppointmentRow.service, SlotRow.practitioner, AppointmentRow.patient_id),
            type_coerce(since, Instant).label("since"),
        )
        .join(SlotRow, SlotRow.id == AppointmentRow.slot_id)
        .where(SlotRow.start >= start, SlotRow.start < end, AppointmentRow.status.in_(statuses))
        .order_by(SlotRow.start, SlotRow.practitioner, AppointmentRow.id)
    )


def _appointment_of(columns: Row[*tuple[Any, ...]]) -> Appointment:
    identifier, version, status, *rest = tuple(columns)[:-1]
    return Appointment(identifier, version, AppointmentStatus(status), *rest)


def _status_before(session: Session, row: AppointmentRow) -> AppointmentStatus:
    """As the visit stood before its last change. Raises VisitClosed if that undid another."""
    newest = (
        select(AppointmentChangeRow)
        .where(
            AppointmentChangeRow.appointment_id == row.id, AppointmentChangeRow.event != "reason"
        )
        .order_by(AppointmentChangeRow.id.desc())
        .limit(2)
    )
    last, before = session.scalars(newest)
    if last.event == "restored":
        raise VisitClosed
    return AppointmentStatus(before.status)


def _lock_slot(session: Session, slot_id: str) -> SlotRow:
    """The slot's row: whoever else wants it waits until we have it or leave it."""
    slot = session.get(SlotRow, slot_id, with_for_update={"key_share": True})
    if slot is None:
        raise SlotTaken
    return slot


def _taken() -> ColumnElement[bool]:
    """By a live visit, or because the clinic has given up the time."""
    held = exists().where(
        AppointmentRow.slot_id == SlotRow.id,
        AppointmentRow.status != AppointmentStatus.CANCELLED,
    )
    return or_(held, is_closed())


def _fitting(service: str) -> Select[SlotRow]:
    """Slots long enough, of somebody who does the service, where it is done."""
    return (
        select(SlotRow)
        .join(ServiceRow, ServiceRow.code == service)
        .join(
            PractitionerServiceRow,
            (PractitionerServiceRow.practitioner == SlotRow.practitioner)
            & (PractitionerServiceRow.service == ServiceRow.code),
        )
        .join(
            ServiceBranchRow,
            (ServiceBranchRow.branch == SlotRow.branch)
            & (ServiceBranchRow.service == ServiceRow.code),
        )
        .where(SlotRow.minutes >= ServiceRow.minutes)
    )
