"""Who waits for a time, and what is offered to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from clinic.waitlist import ANYTHING, FillReport, FreedSlot, Offer, OfferOutcome, Waiting, Wishes


class Waitlist(Protocol):
    """Who waits, freed slots and their offers. Nothing that was offered is forgotten."""

    def join(
        self,
        patient_id: str,
        service: str,
        branch: str,
        at: datetime,
        wishes: Wishes = ANYTHING,
    ) -> None:
        """Puts the patient on a waitlist, or changes the wishes of one who is on it.

        Who is on it keeps place and priority. Raises PatientUnknown, UnknownService,
        UnknownBranch, or CatalogueError for an unknown practitioner.
        """

    def leave(self, patient_id: str, service: str, branch: str) -> None:
        """Takes the patient off a waitlist; nothing happens to one who is not on it."""

    def prioritise(self, patient_id: str, service: str, branch: str, priority: int) -> None:
        """Sets the priority of one who waits; nothing happens to one who does not."""

    def waits_of(self, patient_id: str) -> Sequence[Waiting]:
        """Each waitlist that the patient is on, the longest wait first."""

    def everybody(self) -> Sequence[Waiting]:
        """All who wait, for whatever and wherever, the longest wait first."""

    def all_freed(self, since: datetime, until: datetime) -> Sequence[FreedSlot]:
        """Every slot freed in [since, until), the latest first, whatever became of it."""

    def offers_of(self, freed: FreedSlot) -> Sequence[Offer]:
        """The offers made of a slot since it was freed, the oldest first."""

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
        """Ends the open offers that have expired, and those whose slot is somebody's by now.

        Who was seen for what they wait for, since they began to, waits no longer.
        """

    def fill_report(
        self, since: datetime, until: datetime, branch: str | None = None
    ) -> FillReport:
        """What became of the slots freed in [since, until), at all branches or one."""
