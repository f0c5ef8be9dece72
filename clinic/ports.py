"""What the clinic's rules ask of the outside: every adapter passes the same contract suite."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from clinic.appointments import (
    Appointment,
    AppointmentStatus,
    AuditEntry,
    Change,
    VisitRef,
)
from clinic.catalogue import Branch, Plan, Practitioner, Quote, Service, Slot
from clinic.languages import Language
from clinic.patients import Patient
from clinic.waitlist import FillReport, FreedSlot, Offer, OfferOutcome, Waiting


class Catalogue(Protocol):
    """What the clinic does and where, read at the moment of asking."""

    def branches(self) -> Sequence[Branch]:
        """All branches, by name."""

    def branch(self, code: str) -> Branch:
        """Raises UnknownBranch."""

    def services(self) -> Sequence[Service]:
        """All services that are offered anywhere, by code."""

    def service(self, code: str) -> Service:
        """Raises UnknownService."""

    def practitioners(self, branch: str | None = None) -> Sequence[Practitioner]:
        """All practitioners, or those of one branch."""

    def practitioner(self, code: str) -> Practitioner:
        """Raises CatalogueError."""

    def plans(self) -> Sequence[Plan]:
        """All plans, the public one among them."""


class Prices(Protocol):
    """The price list."""

    def quote(self, service: str, branch: str, plan: str, at: datetime) -> Quote:
        """The price in force at the instant `at`.

        Raises UnknownService, UnknownBranch, UnknownPlan, ServiceNotAtBranch or NoPrice.
        """

    def keep(self, quote: Quote, conversation_id: str, at: datetime) -> str:
        """Records that this price was told in that conversation; returns the record's id."""


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


class Patients(Protocol):
    """Patients, their addresses and what they agreed to.

    An address is canonical (`clinic.addresses.canonical`): an E.164 number or an opaque
    channel identity.
    """

    def patient(self, patient_id: str) -> Patient:
        """Raises PatientUnknown."""

    def at_address(self, address: str) -> Sequence[Patient]:
        """Who is reached at the address: nobody, one person, or a family."""

    def addresses(self, patient_id: str) -> Sequence[str]:
        """Where the patient is reached."""

    def named(self, name: str, birth_date: date) -> Sequence[Patient]:
        """Who was born that day and bears that name (`clinic.patients.bears_name`)."""

    def search(self, words: str, limit: int) -> Sequence[Patient]:
        """For the staff: at most `limit` patients whose names have all these parts of words.

        Accents and case aside; by name.
        """

    def register(self, name: str, birth_date: date, language: Language, address: str) -> Patient:
        """A new patient."""

    def attach(self, patient_id: str, address: str) -> None:
        """From now on the patient is also reached there."""

    def set_language(self, patient_id: str, language: Language) -> None:
        """The language the patient wants."""

    def opted_out(self, address: str) -> bool:
        """Whether the address asked for no more messages."""

    def reachable(self, patient_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Of each who has any, the addresses that have not asked for no more messages."""

    def set_consent(
        self, address: str, *, given: bool, channel: str, words: str, at: datetime
    ) -> None:
        """Keeps a STOP (given=False) or a START: the words used, the channel, the instant."""

    def waiting(self, patient_id: str) -> Sequence[tuple[str, str]]:
        """(service, branch) of each waitlist that the patient is on."""

    def wait_for(
        self,
        patient_id: str,
        service: str,
        branch: str,
        at: datetime,
        *,
        practitioner: str | None = None,
        notice_hours: int | None = None,
    ) -> None:
        """Puts the patient on a waitlist; once only.

        practitioner and notice_hours: what the patient asks for (`clinic.waitlist.Waiting`).
        """

    def stop_waiting(self, patient_id: str, service: str, branch: str) -> None:
        """Takes the patient off a waitlist; nothing happens to one who is not on it."""

    def waitlist(self, service: str, branch: str) -> Sequence[tuple[str, datetime]]:
        """(patient id, since when) of everybody who waits there, the longest wait first."""


class Waitlist(Protocol):
    """Freed slots and their offers to those who wait. Nothing that was offered is forgotten."""

    def freed(self, since: datetime, starting: datetime) -> Sequence[FreedSlot]:
        """Slots freed since an instant, free now, that begin at `starting` or later.

        Only those for which somebody waits who was not asked yet; the earliest first.
        """

    def waiting(self, freed: FreedSlot) -> Sequence[Waiting]:
        """Who waits for that service and branch, was not asked for it yet and has no open offer."""

    def last_group(self, freed: FreedSlot) -> datetime | None:
        """When the slot was last offered since it was freed."""

    def offer(
        self,
        freed: FreedSlot,
        patients: Sequence[str],
        at: datetime,
        expires_at: datetime,
        last_group: datetime | None,
    ) -> Sequence[Offer]:
        """Records offers to a group, by patients' ids.

        None where the slot's last group is no longer `last_group`: another worker was faster.
        """

    def untold(self) -> Sequence[Offer]:
        """Open offers whose message is not stored yet, the oldest first."""

    def told(self, offer_id: str) -> bool:
        """The offer's message is stored; False where another worker has noted that."""

    def offer_of(self, offer_id: str) -> Offer | None:
        """The offer, if there is one."""

    def offers_to(self, patient_id: str) -> Sequence[Offer]:
        """All offers that were ever made to the patient, the oldest first."""

    def close(self, offer_id: str, outcome: OfferOutcome, at: datetime) -> None:
        """Ends an offer that is still open; an ended one keeps its outcome."""

    def accepted(self, offer: Offer, at: datetime) -> None:
        """The slot is the patient's: off that waitlist, and the slot's other offers are taken."""

    def settle(self, now: datetime) -> None:
        """Ends the open offers that have expired, and those whose slot is somebody's by now."""

    def fill_report(self, since: datetime, until: datetime) -> FillReport:
        """What became of the slots freed in [since, until)."""
