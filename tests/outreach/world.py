"""A small clinic whose clock is moved, and what its patients and its staff do there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.services import Services, open_services
from app.settings import Settings
from clinic.appointments import Appointment, Change
from clinic.catalogue import Branch
from clinic.consents import Purpose
from clinic.languages import Language
from clinic.patients import Patient
from conversations.deliveries import Deliveries
from conversations.model import Delivery, Inbound, Message, Outbound, Receipt
from conversations.ports import SendFailed
from conversations.still_true import StillTrue
from integrations.database import Base, Database
from integrations.tables import (
    BranchRow,
    OutreachRuleRow,
    PractitionerRow,
    PractitionerServiceRow,
    ServiceBranchRow,
    SlotRow,
)
from outreach.reminders import remind
from tests import databases
from tests.integrations.small_clinic import open_small_clinic

DAY = date(2026, 3, 12)
"""The Thursday of most visits."""
LONG_BEFORE = timedelta(days=30)
CLINIC = "+525550000100"


@dataclass
class Post:
    """A provider: keeps what it was given, or is away."""

    sent: list[Outbound] = field(default_factory=list)
    away: bool = False

    def send(self, message: Outbound) -> str:
        if self.away:
            raise SendFailed("503", retryable=True)
        self.sent.append(message)
        return f"SM{len(self.sent)}"


@dataclass
class World:
    """Frontera in Tijuana, Centro in Mexico City, Broadway in New York; Ana and Beto."""

    services: Services
    now: list[datetime]
    post: Post
    _numbers: "count[int]" = field(default_factory=count)

    @property
    def ana(self) -> Patient:
        return self.services.patients.at_address("+525500000001")[0]

    @property
    def beto(self) -> Patient:
        return self.services.patients.at_address("+525500000002")[0]

    def branch(self, code: str = "centro") -> Branch:
        return self.services.catalogue.branch(code)

    def at(self, day: date, hours: int, minutes: int = 0, branch: str = "centro") -> datetime:
        """The wall time of a branch."""
        return datetime.combine(day, time(hours, minutes), self.branch(branch).zone)

    def register(self, name: str, language: Language, address: str) -> Patient:
        born = date(1980, 1, 1) + timedelta(days=next(self._numbers))
        return self.services.patients.register(name, born, language, address)

    def slot(self, start: datetime, branch: str = "centro", by: str = "") -> str:
        """A new time of the branch's physician, or of another practitioner there."""
        slot_id = uuid4().hex
        with self.services.database.begin() as session:
            session.add(
                SlotRow(
                    id=slot_id,
                    practitioner=by or _PHYSICIANS[branch],
                    branch=branch,
                    start=start,
                    end=start + timedelta(minutes=30),
                    minutes=30,
                )
            )
        return slot_id

    def visit(
        self,
        patient: Patient,
        start: datetime,
        *,
        branch: str = "centro",
        service: str = "consult",
        by: str = "",
        booked: datetime | None = None,
    ) -> Appointment:
        """A visit at that time, booked at that moment: a month before where none is given."""
        slot = self.slot(start, branch, by)
        at = booked or start - LONG_BEFORE
        before, self.now[0] = self.now[0], at
        visit = self.services.schedule.book(slot, service, patient.id, self.change(at))
        self.now[0] = before
        return visit

    def change(self, at: datetime, actor: str = "patient") -> Change:
        return Change(actor, "sms", f"change-{next(self._numbers)}", at)

    def move(self, visit: Appointment, start: datetime, at: datetime) -> Appointment:
        self.now[0] = at
        slot = self.slot(start, visit.branch)
        return self.services.schedule.reschedule(visit.ref, slot, self.change(at, "staff:demo"))

    def hears(self, address: str, at: datetime, channel: str = "sms", text: str = "Hola") -> None:
        """The patient writes."""
        sender = f"whatsapp:{address}" if channel == "whatsapp" else address
        self.services.conversations.receive(
            Inbound(channel, uuid4().hex, sender, CLINIC, text, at), self.services.patients
        )

    def remind(self, at: datetime) -> list[dict[str, str]]:
        self.now[0] = at
        return remind(self.services, at)

    def told(self, patient: Patient) -> list[Message]:
        """What outreach has said at the patient's addresses."""
        return [
            message
            for address in self.services.patients.addresses(patient.id)
            for message in self.services.conversations.thread(address)
            if message.author == "outreach"
        ]

    def send(self, at: datetime) -> None:
        """The part of a sweep that sends."""
        self.now[0] = at
        services = self.services
        Deliveries(
            services.database,
            dict.fromkeys(("sms", "whatsapp", "voice"), self.post),
            services.patients,
            still_true=StillTrue(services.schedule, services.waitlist),
            clock=lambda: at,
        ).send_due(at)

    def rule(self, kind: str, value: str, service: str = "", branch: str = "") -> None:
        """The clinic makes a rule of its own."""
        with self.services.database.begin() as session:
            session.add(OutreachRuleRow(kind=kind, service=service, branch=branch, value=value))

    def receipt(self, message: Message, state: Delivery, code: str | None = None) -> None:
        """The provider tells how far a message has come."""
        receipt = Receipt("", state, message_id=message.id, error_code=code)
        self.services.deliveries.apply(receipt)

    def refuse_calls(self, address: str, at: datetime) -> None:
        """The patient wants no automatic calls."""
        self.services.patients.set_consent(
            address, given=False, channel="voice", words="4", at=at, purpose=Purpose.CALLS
        )


def start_of(world: World) -> datetime:
    """When most visits begin: in the afternoon, at Centro."""
    return world.at(DAY, 16)


_PHYSICIANS = {
    "centro": "centro-hernandez",
    "frontera": "frontera-perez",
    "broadway": "broadway-navarro",
}


@contextmanager
def open_world(home: Path, kind: str = "sqlite", **more: Any) -> Iterator[World]:
    """The small clinic, with a branch more, where the clocks change. more: other settings."""
    now = [datetime.combine(DAY, time(12), ZoneInfo("UTC"))]
    with databases.fresh(kind, home, _fill) as url:
        settings = Settings(consulta_home=home, database_url=url, **more)
        services = open_services(settings, lambda: now[0])
        try:
            yield World(services, now, Post())
        finally:
            services.close()


def _fill(database: Database) -> None:
    database.migrate()
    open_small_clinic(database)
    with database.begin() as session:
        for row in _broadway():
            session.add(row)
            session.flush()


def _broadway() -> list[Base]:
    branch = BranchRow(
        code="broadway",
        name="Broadway",
        city="New York",
        district="",
        address="1 Broadway",
        country="US",
        currency="USD",
        zone="America/New_York",
        phone="+12025550100",
        aliases=[],
    )
    navarro = PractitionerRow(
        code="broadway-navarro", name="Navarro", title="Dr.", branch="broadway", slot_minutes=30
    )
    return [
        branch,
        navarro,
        PractitionerServiceRow(practitioner="broadway-navarro", service="consult"),
        ServiceBranchRow(service="consult", branch="broadway"),
    ]
