"""The clinic's stores as the page reads them, in memory: two patients of the demo cast."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from clinic.appointments import Appointment, AppointmentStatus
from clinic.catalogue import Branch, Practitioner, Service
from clinic.patients import Patient

ANA = Patient("p-ana", "Ana Torres", date(1988, 3, 14), "es")
EMMA = Patient("p-emma", "Emma Clark", date(1992, 11, 30), "en")
ROMA = Branch(
    "roma",
    "Roma",
    "Ciudad de México",
    "Roma Norte",
    "",
    "MX",
    "MXN",
    ZoneInfo("America/Mexico_City"),
    "+525550000100",
    (),
)
DERMA = Service(
    "dermatology",
    "consult",
    {"es": "Consulta de dermatología", "pt": "Consulta de dermatologia", "en": "Dermatology"},
    {},
    30,
)


class FakeStores:
    """Ana's visit and Emma's nothing."""

    def __init__(self) -> None:
        start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
        booked = AppointmentStatus.BOOKED
        end = start + timedelta(minutes=30)
        self.visit = Appointment(
            "v-1", 1, booked, start, end, "s-1", "roma", "dermatology", "dr", ANA.id
        )
        self.catalogue: Any = SimpleNamespace(
            branch=lambda _code: ROMA,
            service=lambda _code: DERMA,
            practitioner=lambda _code: Practitioner("dr", "Dermatología", "", "roma"),
        )
        self.schedule: Any = SimpleNamespace(
            appointments=lambda patient: [self.visit] if patient == ANA.id else []
        )
        people = {"+525500000001": [ANA], "+12025550143": [EMMA]}
        self.patients: Any = SimpleNamespace(
            at_address=lambda address: people.get(address, []),
            opted_out=lambda _address: False,
        )
        self.waitlist: Any = SimpleNamespace(waits_of=lambda _patient: [])

    def set_status(self, status: AppointmentStatus) -> None:
        """Moves Ana's visit on."""
        self.visit = replace(self.visit, status=status, version=self.visit.version + 1)
