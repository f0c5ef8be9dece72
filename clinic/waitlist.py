"""Who waits for a time, freed slots, and the offers that bring the two together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinic.appointments import UPCOMING, Appointment


@dataclass(frozen=True, slots=True)
class Waiting:
    """A patient on a waitlist, since `since` (UTC).

    practitioner: the only one who will do; None for any. notice_hours: what the patient needs at
    least between the offer and the visit; None for what the clinic itself keeps. last_asked: when
    the patient was last offered anything, None for never.
    """

    patient_id: str
    since: datetime
    practitioner: str | None = None
    notice_hours: int | None = None
    last_asked: datetime | None = None


@dataclass(frozen=True, slots=True)
class FreedSlot:
    """A slot that a visit has left; half-open, UTC.

    change: the number of the change that freed it in the audit trail. left_by: the patient.
    """

    change: int
    slot_id: str
    start: datetime
    end: datetime
    service: str
    branch: str
    practitioner: str
    left_by: str


class OfferOutcome(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN = "taken"  # somebody else has the slot
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Offer:
    """A freed slot put to a waiting patient. Instants are UTC; `freed` is FreedSlot.change."""

    id: str
    freed: int
    slot_id: str
    patient_id: str
    service: str
    branch: str
    start: datetime
    at: datetime
    expires_at: datetime
    outcome: OfferOutcome = OfferOutcome.OPEN
    outcome_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FillReport:
    """What became of the slots that were freed in a span, and of the offers made for them.

    freed, offered and filled count slots; the others count offers.
    """

    freed: int
    offered: int
    filled: int
    offers: int
    accepted: int
    declined: int
    taken: int
    expired: int
    open: int


def visit_to_move(
    visits: Sequence[Appointment], service: str, start: datetime
) -> Appointment | None:
    """The patient's first visit of that service after `start`: a freed slot replaces it."""
    later = [
        visit
        for visit in visits
        if visit.service == service and visit.status in UPCOMING and visit.start > start
    ]
    return min(later, key=lambda visit: visit.start, default=None)
