"""How a visit is changed: once for each key, recorded, and all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from clinic.appointments import Appointment, AppointmentStatus, Change, KeyReused, VisitUnknown
from integrations.database import Database
from integrations.tables import AppointmentChangeRow, AppointmentRow, SlotRow

_ATTEMPTS = 4
# PostgreSQL's serialization_failure and deadlock_detected: the same again may succeed.
_TRY_AGAIN = {"40001", "40P01"}

Request = dict[str, str | int]
"""What a change asks for, kept beside its key to tell a repeat from a clash."""


@dataclass(frozen=True, slots=True)
class _Left:
    """How a change left a visit."""

    version: int
    status: str
    slot_id: str


def commit(database: Database, attempt: Callable[[Session], Appointment]) -> Appointment:
    """Runs the attempt in one transaction; tries again when it lost a race inside the database.

    The constraints are the last line: who lost against them finds, at the next attempt, what the
    winner wrote, and gets the clinic's own answer to it.
    """
    for remaining in reversed(range(_ATTEMPTS)):
        try:
            with database.begin() as session:
                result = attempt(session)
            break
        except DBAPIError as error:
            lost = isinstance(error, IntegrityError) or (
                getattr(error.orig, "sqlstate", None) in _TRY_AGAIN
            )
            if not lost or not remaining:
                raise
    return result


def lock_visit(session: Session, appointment_id: str) -> AppointmentRow:
    """The visit's row, ours until the transaction ends. Raises VisitUnknown."""
    row = session.get(AppointmentRow, appointment_id, with_for_update={"key_share": True})
    if row is None:
        raise VisitUnknown
    return row


def replay(session: Session, change: Change, request: Request) -> Appointment | None:
    """The visit as the change with this key left it, if it was made before. Raises KeyReused.

    Only true once the row that the change is about is locked.
    """
    done = session.scalar(
        select(AppointmentChangeRow).where(AppointmentChangeRow.key == change.key)
    )
    if done is None:
        return None
    if done.request != request:
        raise KeyReused
    row = session.get_one(AppointmentRow, done.appointment_id)
    return _view(session, row, _Left(done.version, done.status, done.slot_id))


def record(
    session: Session, row: AppointmentRow, event: str, change: Change, request: Request
) -> Appointment:
    """Adds the change to the audit trail; returns the visit as it now stands."""
    session.flush()
    session.add(
        AppointmentChangeRow(
            appointment_id=row.id,
            version=row.version,
            event=event,
            status=row.status,
            slot_id=row.slot_id,
            actor=change.actor,
            channel=change.channel,
            at=change.at,
            reason=change.reason,
            key=change.key,
            request=request,
        )
    )
    session.flush()
    return view(session, row)


def view(session: Session, row: AppointmentRow) -> Appointment:
    """The visit as its row stands."""
    return _view(session, row, _Left(row.version, row.status, row.slot_id))


def _view(session: Session, row: AppointmentRow, left: _Left) -> Appointment:
    return appointment(row, session.get_one(SlotRow, left.slot_id), left.version, left.status)


def appointment(row: AppointmentRow, slot: SlotRow, version: int, status: str) -> Appointment:
    """The visit in that slot."""
    return Appointment(
        id=row.id,
        version=version,
        status=AppointmentStatus(status),
        start=slot.start,
        end=slot.end,
        slot_id=slot.id,
        branch=slot.branch,
        service=row.service,
        practitioner=slot.practitioner,
        patient_id=row.patient_id,
    )
