"""Who waits for a time, freed slots, and the offers that bring the two together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Final

from clinic.appointments import UPCOMING, Appointment

EVERY_DAY: Final = tuple(range(7))


@dataclass(frozen=True, slots=True)
class WeekTime:
    """A stretch of the day that suits, on some days of the week, by the branch's wall clock.

    weekdays: in order; Monday is 0. Half-open; `until` is None for the end of the day.
    """

    weekdays: tuple[int, ...] = EVERY_DAY
    since: time = time.min
    until: time | None = None

    def holds(self, wall: datetime) -> bool:
        """Whether a wall time lies in it."""
        in_time = self.since <= wall.time() and (self.until is None or wall.time() < self.until)
        return in_time and wall.weekday() in self.weekdays

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "weekdays": list(self.weekdays),
            "since": self.since.isoformat("minutes"),
            "until": self.until and self.until.isoformat("minutes"),
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "WeekTime":
        """What `plain` has written."""
        until = plain["until"]
        return cls(
            tuple(plain["weekdays"]),
            time.fromisoformat(plain["since"]),
            until and time.fromisoformat(until),
        )


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a patient who waits asks for.

    practitioner: the only one who will do; None for any. times: when it suits; empty for any
    time. notice_hours: what the patient needs at least between the offer and the visit; None
    where nothing was said: as much as the clinic itself keeps.
    """

    practitioner: str | None = None
    times: tuple[WeekTime, ...] = ()
    notice_hours: int | None = None


ANYTHING: Final = Wishes()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A patient on the waitlist for a service at a branch, since `since` (UTC).

    priority: set by the staff; the higher goes first, 0 is everybody's. last_asked: when the
    patient was last offered anything, None for never.
    """

    patient_id: str
    service: str
    branch: str
    since: datetime
    wishes: Wishes = ANYTHING
    priority: int = 0
    last_asked: datetime | None = None


@dataclass(frozen=True, slots=True)
class FreedSlot:
    """A slot that a visit has left; half-open, UTC.

    change: the number of the change that freed it in the audit trail; at: when that was. left_by:
    the patient.
    """

    change: int
    at: datetime
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
