"""The clinic's schedule."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from clinic.appointments import Appointment, AppointmentStatus, AuditEntry, Change, VisitRef
from clinic.catalogue import Slot


class Schedule(Protocol):
    """The clinic's schedule. Every change is committed when the method returns.

    Every change raises VisitUnknown, VisitStale, VisitPast, VisitCancelled or VisitClosed and then
    has changed nothing. The same Change.key again returns the visit as that change left it.
    """

    def appointment(self, appointment_id: str) -> Appointment:
        """Raises VisitUnknown."""

    def appointments(self, patient_id: str) -> Sequence[Appointment]:
        """All visits of a patient, earliest first, whatever their state."""

    def agenda(self, branch: str, start: datetime, end: datetime) -> Sequence[Appointment]:
        """The visits of a branch that begin in [start, end), earliest first, cancelled ones too."""

    def upcoming(self, start: datetime, end: datetime) -> Sequence[tuple[Appointment, datetime]]:
        """The visits of all branches that begin in [start, end) and may still be changed.

        Earliest first; each with the instant at which it was given its present time.
        """

    def marked(
        self, status: AppointmentStatus, start: datetime, end: datetime
    ) -> Sequence[tuple[Appointment, datetime]]:
        """The visits of all branches that begin in [start, end) and that staff marked `status`.

        Earliest first; each with the instant at which it was marked so last.
        """

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
        """Free slots for the service that begin in [start, end), earliest first."""

    def free_times(
        self, branch: str, start: datetime, end: datetime
    ) -> Sequence[tuple[datetime, str]]:
        """(start, practitioner) of what is free in [start, end) for any service, earliest first."""

    def branch_of(self, slot_id: str) -> str | None:
        """The branch where the slot is, free or not; None for no such slot."""

    def book(self, slot_id: str, service: str, patient_id: str, change: Change) -> Appointment:
        """Books a free slot. Raises SlotTaken or NotOffered."""

    def confirm(self, ref: VisitRef, change: Change) -> Appointment:
        """Marks the visit confirmed. Raises AlreadyConfirmed too."""

    def cancel(self, ref: VisitRef, change: Change) -> Appointment:
        """Cancels the visit and frees its slot."""

    def reschedule(self, ref: VisitRef, slot_id: str, change: Change) -> Appointment:
        """Moves the visit to a free slot in one transaction: same id, next version, booked.

        Raises SlotTaken, and then the visit stands as it stood.
        """

    def undo(self, ref: VisitRef, change: Change) -> Appointment:
        """Takes back the confirmation or cancellation that left the visit as `ref`.

        Raises SlotTaken where a cancelled visit's time was given to somebody else.
        """

    def give_reason(self, appointment_id: str, reason: str, change: Change) -> None:
        """Keeps the patient's reason for the last change of the visit."""

    def mark(self, ref: VisitRef, status: AppointmentStatus, change: Change) -> Appointment:
        """Staff's word: arrived, completed or no_show."""

    def history(self, appointment_id: str) -> Sequence[AuditEntry]:
        """Every change of the visit, oldest first."""
