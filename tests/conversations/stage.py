"""Where stories are played: a clinic of their own, and a fresh patient for each."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch
from uuid import uuid4

from sqlalchemy import select

from app.services import Services
from clinic.appointments import UPCOMING, Appointment, AppointmentStatus, Change, SlotTaken
from clinic.campaigns import CampaignKind, MoveReason, NewCampaign, Recipient, Span, key_of
from clinic.catalogue import Slot
from clinic.hours import local_day, next_open_day, open_spans
from clinic.languages import Language
from clinic.offering import MID_TALK
from clinic.outreach_rules import RuleKind
from clinic.patients import Patient
from clinic.quiet_hours import next_allowed
from clinic.waitlist import Offer
from conversations.model import Message
from integrations.demo.cast import ANA, BETO, EMMA, JOAO, LUCIA, MATEO
from integrations.scheduling import open_schedule
from integrations.tables import AppointmentRow, OutreachRuleRow, SlotRow
from outreach.campaigns import run_campaigns
from outreach.follow_ups.feedback import ask_for_feedback
from outreach.follow_ups.no_show import invite_again
from outreach.follow_ups.nudge import AFTER as SILENCE
from outreach.follow_ups.nudge import nudge_silent
from outreach.follow_ups.recall import recall_patients
from outreach.waitlist.offers import offer_freed_slots
from tests.conversations.processes import Bot
from understanding.phone_zones import zone_of

PAST = timedelta(days=11)
"""The schedule of the stage begins so long ago, for visits that are over."""

LONG_BEFORE = timedelta(days=4)
"""Visits of the stage were booked so long ago: all their reminders may come."""

CAST: dict[Language, str] = {"es": ANA.name, "pt": JOAO.name, "en": EMMA.name}
BRANCH: dict[Language, str] = {"es": "roma", "pt": "paulista", "en": "providencia"}
PREFIX: dict[Language, tuple[str, int]] = {
    "es": ("+52550001", 4),
    "pt": ("+55119000", 5),
    "en": ("+1202555", 4),
}


@dataclass
class Stage:
    """An instance with its engine and actions; the clock of the pipeline can be moved on."""

    services: Services
    bot: Bot
    ahead: timedelta = timedelta(0)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1000))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def number(self) -> int:
        """Another one each time it is asked."""
        return next(self._numbers)

    def new_address(self, language: Language) -> str:
        prefix, digits = PREFIX[language]
        return f"{prefix}{self.number():0{digits}d}"

    def new_birth_date(self) -> date:
        """One that nobody else has, so that name and date lead to one person."""
        return date(1950, 1, 1) + timedelta(days=self.number())

    def register(self, language: Language, address: str, *, family: bool) -> list[Patient]:
        """The cast's namesake at an address of their own; or both of the family."""
        names = (LUCIA.name, MATEO.name) if family else (CAST[language],)
        register = self.services.patients.register
        return [register(name, self.new_birth_date(), language, address) for name in names]

    def open_day(self, branch_code: str, days: int) -> date:
        """So many days from today, or the first open day after it; before today, before it."""
        branch = self.services.catalogue.branch(branch_code)
        day = local_day(self.now(), branch.zone) + timedelta(days=days)
        while days < 0 and not open_spans(branch, day):
            day -= timedelta(days=1)
        return next_open_day(branch, day)

    def book(
        self, patient: Patient, service: str, branch: str, days: int, *, confirmed: bool = False
    ) -> Appointment:
        """A visit at the first free time of that day, also of a day that is over."""
        zone = self.services.catalogue.branch(branch).zone
        day = self.open_day(branch, days)
        before = self.now() + min(-LONG_BEFORE, timedelta(days=days - 5))
        schedule = open_schedule(self.services.database, lambda: before)
        start = datetime(day.year, day.month, day.day, 9, tzinfo=zone).astimezone(UTC)
        for slot in schedule.free_slots(service, branch, start, start + timedelta(hours=15)):
            try:
                visit = schedule.book(slot.id, service, patient.id, self._change("system", before))
            except SlotTaken:
                continue
            if confirmed:
                return schedule.confirm(visit.ref, self._change("system", before))
            return visit
        raise AssertionError(f"no free time of {service} at {branch} on {day}")

    def _change(self, actor: str, at: datetime) -> Change:
        return Change(actor, "console", f"stage:{self.number()}", at)

    def move(self, visit: Appointment) -> Appointment:
        """The staff gives the visit another time, two weeks from now."""
        start = self.now() + timedelta(days=14)
        free = self.services.schedule.free_slots(
            visit.service, visit.branch, start, start + timedelta(days=7)
        )
        change = self._change("staff:demo", self.now())
        present = self.services.schedule.appointment(visit.id)
        return self.services.schedule.reschedule(present.ref, free[0].id, change)

    def must_move(self, visit: Appointment) -> Message:
        """The time of the visit is given up, and its patient told, whatever the hour of the test.

        A little later than now: who has just written is not interrupted.
        """
        span = Span(visit.branch, visit.start, visit.end, visit.practitioner)
        reason = MoveReason.PRACTITIONER
        what = NewCampaign(uuid4().hex, CampaignKind.MOVE, visit.branch, span, reason)
        recipient = Recipient(visit.patient_id, visit.ref)
        campaign = self.services.campaigns.begin(what, [recipient], "demo", self.now())
        with patch("outreach.campaigns.telling.is_allowed", return_value=True):
            run_campaigns(self.services, self.now() + timedelta(minutes=10))
        said = self.services.conversations.said_for(key_of(campaign.id, recipient))
        assert said is not None
        return said

    def cancel(self, visit: Appointment) -> None:
        """The staff cancels the visit."""
        present = self.services.schedule.appointment(visit.id)
        self.services.schedule.cancel(present.ref, self._change("staff:demo", self.now()))

    def give_up(self, visit: Appointment) -> None:
        """Somebody else gives up a time for the same before the visit."""
        (other,) = self.register("es", self.new_address("es"), family=False)
        self.cancel(self.book(other, visit.service, visit.branch, 1))

    def sweep(self) -> None:
        """Freed slots are offered to those who wait, whatever the hour at which tests run.

        A little later than now: who has just written is not interrupted.
        """
        with patch("clinic.offering.next_allowed", side_effect=lambda at, _zone: at):
            offer_freed_slots(self.services, self.now() + MID_TALK)

    def mark(self, visit: Appointment, status: AppointmentStatus) -> Appointment:
        """The staff marks the visit at its end."""
        change = self._change("staff:demo", visit.end)
        return self.services.schedule.mark(visit.ref, status, change)

    def ask_how_it_was(self, visit: Appointment) -> str:
        """The visit took place, and three hours later the patient is asked; the message's key."""
        self.mark(visit, AppointmentStatus.COMPLETED)
        ask_for_feedback(self.services, self.by_day(visit.end + timedelta(hours=3), visit))
        return f"feedback:{visit.id}"

    def invite_again(self, visit: Appointment) -> str:
        """Nobody came, and an hour later another time is offered."""
        missed = self.mark(visit, AppointmentStatus.NO_SHOW)
        invite_again(self.services, self.by_day(visit.end + timedelta(hours=1), visit))
        return f"no_show:{missed.id}:{missed.version}"

    def recall(self, visit: Appointment) -> str:
        """The visit took place, and is due again after a month."""
        self.mark(visit, AppointmentStatus.COMPLETED)
        with self.services.database.begin() as session:
            session.merge(
                OutreachRuleRow(kind=RuleKind.RECALL, service=visit.service, branch="", value="1")
            )
        zone = self.services.catalogue.branch(visit.branch).zone
        day = local_day(visit.start, zone) + timedelta(days=40)
        at = datetime(day.year, day.month, day.day, 10, 5, tzinfo=zone).astimezone(UTC)
        recall_patients(self.services, at)
        return f"recall:{visit.patient_id}:{visit.service}:{at:%Y-%m}"

    def nudge(self, conversation: str) -> str:
        """Twenty minutes pass in silence, whatever the hour at which tests run."""
        self.ahead += SILENCE
        with patch("outreach.follow_ups.nudge._still_today", return_value=True):
            nudge_silent(self.services, self.now())
        return f"nudge:{conversation}"

    def by_day(self, at: datetime, visit: Appointment) -> datetime:
        """That instant, or the next morning, by the clocks of whoever has the visit."""
        address = self.services.patients.addresses(visit.patient_id)[0]
        branch = self.services.catalogue.branch(visit.branch)
        return next_allowed(at, zone_of(address, branch))

    def offered_to(self, patient: Patient) -> Offer:
        """The freed slot that was last offered to the patient."""
        return self.services.waitlist.offers_to(patient.id)[-1]

    def take(self, slot_ids: Sequence[str], service: str) -> None:
        """Somebody else books those times."""
        for slot_id in slot_ids:
            change = self._change("system", self.now())
            self.services.schedule.book(slot_id, service, BETO.id, change)

    def slot(self, slot_id: str) -> Slot:
        with self.services.database.read() as session:
            row = session.get_one(SlotRow, slot_id)
            return Slot(row.id, row.start, row.end, row.branch, "", row.practitioner)

    def is_free(self, slot_id: str) -> bool:
        """Whether no live visit holds the slot."""
        with self.services.database.read() as session:
            held = select(AppointmentRow.status).where(AppointmentRow.slot_id == slot_id)
            return all(status == "cancelled" for status in session.scalars(held))

    def clear(self, patients: Sequence[Patient]) -> None:
        """After a story: its times are free and open again, and nobody waits for one."""
        for campaign in self.services.campaigns.campaigns(limit=5):
            self.services.campaigns.open_span(campaign.id, "demo", self.now())
        for patient_id in [*(each.id for each in patients), BETO.id]:
            for visit in self.services.schedule.appointments(patient_id):
                if visit.status in UPCOMING and visit.start > self.now():
                    self.cancel(visit)
        for patient in patients:
            for each in self.services.waitlist.waits_of(patient.id):
                self.services.waitlist.leave(patient.id, each.service, each.branch)
        self.ahead = timedelta(0)
