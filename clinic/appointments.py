"""Visits: their states, their versions, and who may still change them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self


class AppointmentStatus(StrEnum):
    """Where a visit stands."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    NO_SHOW = "no_show"


UPCOMING = frozenset({AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED})
"""The states in which a patient may still confirm, move or cancel the visit."""


@dataclass(frozen=True, slots=True)
class VisitRef:
    """A visit as it stood when it was shown: what buttons, digits and reminders carry."""

    id: str
    version: int

    def __str__(self) -> str:
        return f"{self.id}:{self.version}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads ``id:version``; raises ValueError for anything else."""
        identifier, _, version = text.rpartition(":")
        if not identifier or not version.isascii() or not version.isdigit():
            raise ValueError("not a visit reference")
        return cls(identifier, int(version))


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booked time. Instants are UTC; codes and ids lead to the rest."""

    id: str
    version: int
    status: AppointmentStatus
    start: datetime
    end: datetime
    slot_id: str
    branch: str
    service: str
    practitioner: str
    patient_id: str

    @property
    def ref(self) -> VisitRef:
        """The visit at its present version."""
        return VisitRef(self.id, self.version)


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes a visit, when, through what, and the key that keeps it from happening twice.

    actor: "patient", "staff:<user>" or "system". channel: "sms", "whatsapp", "voice", "web",
    "console". key: the same key always means the same change. at: the instant, UTC.
    """

    actor: str
    channel: str
    key: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change that was made to a visit."""

    appointment_id: str
    version: int
    event: str
    change: Change


class VisitError(Exception):
    """A change of a visit that the clinic's rules refuse; nothing was changed."""


class VisitUnknown(VisitError):
    """There is no such visit."""


class VisitStale(VisitError):
    """The visit has changed since it was shown; `current` is how it stands now."""

    def __init__(self, current: Appointment) -> None:
        super().__init__("the visit has changed since it was shown")
        self.current = current


class VisitPast(VisitError):
    """The visit has already begun."""


class VisitCancelled(VisitError):
    """The visit was cancelled before."""


class VisitClosed(VisitError):
    """The visit is over: arrived, completed or missed."""


class VisitAhead(VisitError):
    """The visit has not begun, so that nobody can have missed it."""


class AlreadyConfirmed(VisitError):
    """The visit was confirmed before; nothing to do."""


class SlotTaken(VisitError):
    """The slot was given to somebody else, or has passed."""


class NotOffered(VisitError):
    """The service is not done at that branch, or not by that practitioner."""


class KeyReused(Exception):
    """A change carries the key of a different one: a fault of the caller, nothing was changed."""


def check_changeable(appointment: Appointment, ref: VisitRef, now: datetime) -> None:
    """Raises the VisitError that forbids a patient to change the visit shown as `ref`."""
    if appointment.status is AppointmentStatus.CANCELLED:
        raise VisitCancelled
    if appointment.version != ref.version:
        raise VisitStale(appointment)
    if appointment.status not in UPCOMING:
        raise VisitClosed
    if appointment.start <= now:
        raise VisitPast


def check_confirmable(appointment: Appointment, ref: VisitRef, now: datetime) -> None:
    """Raises the VisitError that forbids to confirm the visit shown as `ref`."""
    check_changeable(appointment, ref, now)
    if appointment.status is AppointmentStatus.CONFIRMED:
        raise AlreadyConfirmed


def check_undoable(appointment: Appointment, ref: VisitRef, now: datetime) -> None:
    """Raises the VisitError that forbids to undo the change which left the visit as `ref`."""
    if appointment.version != ref.version:
        raise VisitStale(appointment)
    if appointment.status not in {AppointmentStatus.CONFIRMED, AppointmentStatus.CANCELLED}:
        raise VisitClosed
    if appointment.start <= now:
        raise VisitPast


_MARKABLE = {
    AppointmentStatus.ARRIVED: UPCOMING | {AppointmentStatus.NO_SHOW},
    AppointmentStatus.COMPLETED: UPCOMING | {AppointmentStatus.ARRIVED, AppointmentStatus.NO_SHOW},
    AppointmentStatus.NO_SHOW: UPCOMING | {AppointmentStatus.ARRIVED},
}


def check_markable(
    appointment: Appointment, ref: VisitRef, status: AppointmentStatus, now: datetime
) -> None:
    """Raises the VisitError that forbids staff to mark the visit shown as `ref`.

    Who arrives after all was no no-show: staff may correct themselves until the visit is completed.
    Raises ValueError for a status that is not staff's to mark.
    """
    if status not in _MARKABLE:
        raise ValueError(f"a visit is not marked {status}")
    if appointment.status is AppointmentStatus.CANCELLED:
        raise VisitCancelled
    if appointment.version != ref.version:
        raise VisitStale(appointment)
    if appointment.status not in _MARKABLE[status]:
        raise VisitClosed
    if status is AppointmentStatus.NO_SHOW and now < appointment.start:
        raise VisitAhead
