"""Who waits and what was offered to them, with codes turned into names, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from clinic.catalogue import Branch
from clinic.clock import Clock
from clinic.offering import LOOKS_BACK, NOTICE, in_order, next_group_at, suits
from clinic.patients import Patient
from clinic.ports import Schedule, Waitlist
from clinic.waitlist import FreedSlot, Offer, OfferOutcome, Waiting
from console import language
from console.needs import Needs
from console.schedule.visits import VisitReader
from conversations.waiting_words import notice, week_times


@dataclass(frozen=True, slots=True)
class Wait:
    """One who waits, in the words of a page. since and last_asked are the branch's wall time."""

    place: Waiting
    patient: Patient | None
    service: str
    branch: Branch
    practitioner: str | None
    times: str
    notice: str
    since: datetime
    last_asked: datetime | None


@dataclass(frozen=True, slots=True)
class Made:
    """An offer; start, at and until are the branch's wall time."""

    patient: Patient | None
    service: str
    branch: Branch
    start: datetime
    at: datetime
    until: datetime
    outcome: OfferOutcome


@dataclass(frozen=True, slots=True)
class Freed:
    """A freed slot as it is being offered; start and next_group are the branch's wall time.

    state: "filled", "offered" (somebody may still answer), "next" (a group is still to be asked)
    or "over". left: how many of those who wait it suits and who were not asked yet.
    """

    service: str
    branch: Branch
    practitioner: str
    start: datetime
    at: datetime
    offers: Sequence[Made]
    state: str
    next_group: datetime | None
    left: int


class WaitlistReader:
    """Names for the codes of many; lives for one page, so what it read is the present.

    names: what it names them by, for the visits of the same page.
    """

    def __init__(self, needs: Needs) -> None:
        self._waitlist: Waitlist = needs.waitlist
        self._schedule: Schedule = needs.schedule
        self._clock: Clock = needs.clock
        self._branches = {each.code: each for each in needs.catalogue.branches()}
        self.names = VisitReader(needs, language.current())

    def waits_of(self, patient_id: str) -> list[Wait]:
        """Each waitlist that the patient is on."""
        return [self._wait(each) for each in self._waitlist.waits_of(patient_id)]

    def offers_to(self, patient_id: str) -> list[Made]:
        """All offers that were ever made to the patient, the newest first."""
        return [self._made(each) for each in reversed(self._waitlist.offers_to(patient_id))]

    def queues(self, branches: Sequence[Branch]) -> list[list[Wait]]:
        """Who waits, by branch and service, in the order in which they are asked."""
        here = {each.code for each in branches}
        ordered = in_order([each for each in self._waitlist.everybody() if each.branch in here])
        shown = [self._wait(each) for each in ordered]
        shown.sort(key=lambda each: (each.branch.name, each.service))
        return [list(each) for _, each in groupby(shown, lambda one: (one.branch, one.service))]

    def freed(self, branches: Sequence[Branch]) -> list[Freed]:
        """The slots freed lately, those that are still being offered first, then the latest."""
        now = self._clock()
        free = {each.change for each in self._waitlist.freed(now - LOOKS_BACK, now + NOTICE)}
        here = {each.code for each in branches}
        shown = [
            self._freed(each, now, is_free=each.change in free)
            for each in self._waitlist.all_freed(now - LOOKS_BACK, now)
            if each.branch in here and each.start > now
        ]
        return sorted(shown, key=lambda each: each.state in {"filled", "over"})

    def _freed(self, freed: FreedSlot, now: datetime, *, is_free: bool) -> Freed:
        branch = self._branches[freed.branch]
        offers = self._waitlist.offers_of(freed)
        left, due = 0, None
        if is_free:
            left = self._left(freed, branch, now)
            last = max((each.at for each in offers), default=None)
            due = next_group_at(freed, last, branch.zone, now) if left else None
        outcomes = {each.outcome for each in offers}
        running = "offered" if OfferOutcome.OPEN in outcomes else "next" if due else "over"
        return Freed(
            self.names.service(freed.service),
            branch,
            self.names.practitioner(freed.practitioner),
            freed.start.astimezone(branch.zone),
            freed.at.astimezone(branch.zone),
            [self._made(each) for each in offers],
            "filled" if OfferOutcome.ACCEPTED in outcomes else running,
            due.astimezone(branch.zone) if due else None,
            left,
        )

    def _left(self, freed: FreedSlot, branch: Branch, now: datetime) -> int:
        """How many it suits of those who were not asked yet."""
        return sum(
            suits(freed, each, self._schedule.appointments(each.patient_id), branch.zone, now)
            for each in self._waitlist.waiting(freed)
        )

    def _wait(self, place: Waiting) -> Wait:
        branch, wishes = self._branches[place.branch], place.wishes
        return Wait(
            place,
            self.names.patient(place.patient_id),
            self.names.service(place.service),
            branch,
            self.names.practitioner(wishes.practitioner) if wishes.practitioner else None,
            week_times(wishes.times, language.current()),
            notice(wishes.notice_hours, language.current()),
            place.since.astimezone(branch.zone),
            place.last_asked and place.last_asked.astimezone(branch.zone),
        )

    def _made(self, offer: Offer) -> Made:
        branch = self._branches[offer.branch]
        return Made(
            self.names.patient(offer.patient_id),
            self.names.service(offer.service),
            branch,
            offer.start.astimezone(branch.zone),
            offer.at.astimezone(branch.zone),
            offer.expires_at.astimezone(branch.zone),
            offer.outcome,
        )
