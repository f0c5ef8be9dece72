"""The demo clinic with a clock that tests move on, and what was offered to whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from app.services import Services, open_services
from app.settings import Settings
from clinic.appointments import UPCOMING, Appointment, Change
from clinic.patients import Patient
from clinic.waitlist import ANYTHING, Offer, OfferOutcome, Wishes
from conversations.model import Message
from integrations.demo.cast import ANA, BETO
from integrations.waitlist.claiming import claim
from outreach.waitlist.offers import offer_freed_slots
from tests import databases
from tests.conftest import NOW

DERMATOLOGY = ("dermatology-consult", "roma")


@dataclass
class FreedSlots:
    """Ana's visit is tomorrow at ten; Beto waits for that service."""

    services: Services
    now: list[datetime] = field(default_factory=lambda: [NOW])
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def later(self, **span: float) -> None:
        self.now[0] += timedelta(**span)

    def change(self) -> Change:
        return Change("staff:demo", "console", f"test:{next(self._numbers)}", self.now[0])

    def visits(self, patient: str) -> list[Appointment]:
        found = self.services.schedule.appointments(patient)
        return [each for each in found if each.status in UPCOMING]

    def cancel(self, patient: str = ANA.id) -> Appointment:
        visit = self.visits(patient)[0]
        return self.services.schedule.cancel(visit.ref, self.change())

    def book(
        self, patient: str, start: datetime, service: str = DERMATOLOGY[0], branch: str = "roma"
    ) -> Appointment:
        """At the first free time from `start`."""
        free = self.services.schedule.free_slots(
            service, branch, start, start + timedelta(days=5), limit=1
        )
        return self.services.schedule.book(free[0].id, service, patient, self.change())

    def waits(self, wishes: Wishes = ANYTHING, priority: int = 0) -> Patient:
        """One more who waits for dermatology, a minute after the one before."""
        number = next(self._numbers)
        born = date(1950, 1, 1) + timedelta(days=number)
        register, waitlist = self.services.patients.register, self.services.waitlist
        patient = register("Ana Torres", born, "es", f"+52550002{number:04d}")
        waitlist.join(patient.id, *DERMATOLOGY, self.now[0] + timedelta(minutes=number), wishes)
        waitlist.prioritise(patient.id, *DERMATOLOGY, priority)
        return patient

    def waits_for(self, patient: str) -> list[tuple[str, str]]:
        """(service, branch) of each waitlist that the patient is on."""
        return [(each.service, each.branch) for each in self.services.waitlist.waits_of(patient)]

    def sweep(self) -> list[str]:
        """Whom a slot is offered to now, by id."""
        return [each["to"] for each in offer_freed_slots(self.services, self.now[0])]

    def offer(self, patient: str = BETO.id) -> Offer:
        """The last one made to the patient."""
        return self.services.waitlist.offers_to(patient)[-1]

    def outcome(self, patient: str = BETO.id) -> str:
        return self.offer(patient).outcome

    def accept(self, patient: str = BETO.id) -> OfferOutcome:
        services = self.services
        offer = self.offer(patient)
        return claim(services.schedule, services.waitlist, offer, "sms", self.now[0])

    def thread(self, address: str = BETO.phone) -> list[Message]:
        return list(self.services.conversations.thread(address))


@contextmanager
def open_freed_slots(home: Path, kind: str = "sqlite", **more: Any) -> Iterator[FreedSlots]:
    now = [NOW]
    with databases.fresh(kind, home, databases.aurora) as url:
        settings = Settings(consulta_home=home, database_url=url, **more)
        services = open_services(settings, lambda: now[0])
        try:
            yield FreedSlots(services, now)
        finally:
            services.close()
