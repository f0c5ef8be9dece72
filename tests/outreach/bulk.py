"""A practitioner is away, and many patients must be told; or the clinic has news."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from app.campaigns import CampaignDesk
from clinic.appointments import Appointment, VisitRef
from clinic.campaigns import Campaign, CampaignKind, MoveReason, NewCampaign, Recipient, Span
from clinic.patients import Patient
from conversations.model import Message
from outreach.campaigns import open_desk, run_campaigns
from tests.outreach.world import DAY, World

MORNING = 9
NEXT = DAY + timedelta(days=1)
HOUR = timedelta(hours=1)


class Bulk:
    """Dr. Hernández is away on Thursday; it is Wednesday at nine."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.now[0] = world.at(DAY - timedelta(days=1), MORNING)
        self.desk: CampaignDesk = open_desk(world.services)

    @property
    def span(self) -> Span:
        start = self.world.at(DAY, 0)
        return Span("centro", start, start + 24 * HOUR, "centro-hernandez")

    def patients(self, count: int) -> list[Patient]:
        register = self.world.register
        return [
            register(f"Ana Torres {chr(65 + number)}", "es", f"+5255010000{number:02d}")
            for number in range(count)
        ]

    def book(self, patients: Sequence[Patient]) -> list[Appointment]:
        half = timedelta(minutes=30)
        start = self.world.at(DAY, 10)
        return [
            self.world.visit(each, start + number * half) for number, each in enumerate(patients)
        ]

    def free(self, days: int, each: int) -> list[str]:
        """Free times of the physician on the days after Thursday, from ten on."""
        return [
            self.world.slot(
                self.world.at(DAY + timedelta(days=1 + day), 10) + number * timedelta(minutes=30)
            )
            for day in range(days)
            for number in range(each)
        ]

    def move(self, key: str = "form") -> Campaign:
        found = self.desk.find(self.span)
        recipients = [Recipient(each.visit.patient_id, each.visit.ref) for each in found]
        return self.desk.begin(self.what(key), recipients, "demo")

    def what(self, key: str = "form") -> NewCampaign:
        reason = MoveReason.PRACTITIONER
        return NewCampaign(key, CampaignKind.MOVE, "centro", self.span, reason)

    def look(self, **later: float) -> list[str]:
        """Who is told at the next look of a worker."""
        self.world.now[0] += timedelta(**later)
        begun = run_campaigns(self.world.services, self.world.now[0])
        return [each["to"] for each in begun]

    def said(self, patient: Patient) -> Message:
        return self.world.told(patient)[-1]

    def words(self, campaign: Campaign) -> list[str]:
        return [each.word for each in self.desk.results(campaign.id)]

    def take(self, patient: Patient, slot: str) -> None:
        """The patient takes a new time, as the dialogue does."""
        carried = next(each for each in payloads(self.said(patient)) if each.get("slot") == slot)
        ref = VisitRef.parse(carried["visit"])
        change = self.world.change(self.world.now[0])
        self.world.services.schedule.reschedule(ref, slot, change)


def payloads(message: Message) -> list[dict[str, Any]]:
    carried = [each.payload.partition("{") for each in message.choices]
    return [json.loads(brace + rest) if brace else {} for _, brace, rest in carried]


def slots(message: Message) -> list[str]:
    return [each["slot"] for each in payloads(message) if "slot" in each]
