"""A clinic small enough to be seen at a glance, and the same behind every adapter.

Frontera (Tijuana, which still changes its clocks): Dra. Pérez, 30 minutes, consults.
Centro (Ciudad de México): Dr. Hernández, 30 minutes, consults; a laboratory, 15 minutes, blood
tests. All are open every day from 8 to 12 and have slots for three days from NOW.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from clinic.appointments import Appointment, Change
from clinic.catalogue import Slot
from clinic.ports import (
    Catalogue,
    Feedbacks,
    Patients,
    Prices,
    Recalls,
    Schedule,
    Waitlist,
)
from integrations.database import Base, Database
from integrations.feedback import open_feedbacks
from integrations.patients import open_patients
from integrations.pricing import open_prices
from integrations.recalls import open_recalls
from integrations.scheduling import open_catalogue, open_schedule
from integrations.scheduling.slots import top_up_slots
from integrations.tables import (
    BranchHoursRow,
    BranchRow,
    PlanRow,
    PractitionerRow,
    PractitionerServiceRow,
    PriceRow,
    ServiceBranchRow,
    ServiceRow,
)
from integrations.waitlist import open_waitlist

NOW = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
"""The Friday before Tijuana's clocks go forward, on Sunday the 8th."""


@dataclass
class SmallClinic:
    """The ports, a clock that tests move, and the patients."""

    schedule: Schedule
    catalogue: Catalogue
    prices: Prices
    patients: Patients
    waitlist: Waitlist
    feedbacks: Feedbacks
    recalls: Recalls
    ana: str = ""
    beto: str = ""
    now: list[datetime] = field(default_factory=lambda: [NOW])
    _keys: "count[int]" = field(default_factory=count)

    def change(self, key: str | None = None, reason: str | None = None) -> Change:
        """The patient changes something by SMS, now."""
        key = key or f"key-{next(self._keys)}"
        return Change("patient", "sms", key, self.now[0], reason)

    def free(self, service: str = "consult", branch: str = "frontera") -> Sequence[Slot]:
        """All free slots of a service at a branch."""
        start = self.now[0] - timedelta(days=30)
        return self.schedule.free_slots(service, branch, start, start + timedelta(days=90))

    def booked(self, patient: str = "", service: str = "consult") -> Appointment:
        """A visit in the first free slot."""
        branch = "frontera" if service == "consult" else "centro"
        slot = self.free(service, branch)[0]
        return self.schedule.book(slot.id, service, patient or self.ana, self.change())


def open_small_clinic(database: Database) -> SmallClinic:
    """The small clinic over a database."""
    with database.begin() as session:
        for row in (*_places(), *_services(), *_who_does_what(), *_prices()):
            session.add(row)
            session.flush()  # in this order: each refers to those before it
    top_up_slots(database, NOW, days=3)
    clinic = SmallClinic(
        schedule=open_schedule(database, lambda: clinic.now[0]),
        catalogue=open_catalogue(database),
        prices=open_prices(database),
        patients=open_patients(database),
        waitlist=open_waitlist(database),
        feedbacks=open_feedbacks(database),
        recalls=open_recalls(database),
    )
    register = clinic.patients.register
    clinic.ana = register("Ana Torres", date(1988, 3, 14), "es", "+525500000001").id
    clinic.beto = register("Beto Ruiz", date(1975, 9, 21), "es", "+525500000002").id
    return clinic


def _places() -> list[Base]:
    rows: list[Base] = []
    for code, zone in (("frontera", "America/Tijuana"), ("centro", "America/Mexico_City")):
        rows.append(
            BranchRow(
                code=code,
                name=code.title(),
                city=zone.split("/")[1],
                district="",
                address="Calle 1",
                country="MX",
                currency="MXN",
                zone=zone,
                phone="+525550000100",
                aliases=["el " + code],
            )
        )
        rows += [
            BranchHoursRow(branch=code, weekday=day, opens=time(8), closes=time(12))
            for day in range(7)
        ]
    rows.append(PlanRow(code="public", names={"es": "Público"}, aliases=["particular"]))
    rows.append(PlanRow(code="corporate", names={"es": "Empresas"}, aliases=[]))
    return rows


def _services() -> list[Base]:
    return [
        ServiceRow(
            code=code,
            kind=kind,
            minutes=minutes,
            names={"es": name},
            synonyms={"es": [name.lower()]},
            preparation={"es": f"Ayuno de {fasting} horas."} if fasting else {},
            fasting_hours=fasting,
            preparation_version=1,
        )
        for code, kind, minutes, name, fasting in (
            ("consult", "consult", 30, "Consulta", 0),
            ("blood", "study", 15, "Biometría", 8),
            ("scan", "study", 30, "Ultrasonido", 0),
        )
    ]


def _who_does_what() -> list[Base]:
    rows: list[Base] = []
    for code, name, title, branch, minutes, services in (
        ("frontera-perez", "Pérez", "Dra.", "frontera", 30, ("consult",)),
        ("centro-hernandez", "Hernández", "Dr.", "centro", 30, ("consult",)),
        ("centro-laboratory", "Laboratorio", "", "centro", 15, ("blood", "consult")),
    ):
        rows.append(
            PractitionerRow(code=code, name=name, title=title, branch=branch, slot_minutes=minutes)
        )
        rows += [PractitionerServiceRow(practitioner=code, service=service) for service in services]
    rows += [
        ServiceBranchRow(service=service, branch=branch)
        for service, branch in (("consult", "frontera"), ("consult", "centro"), ("blood", "centro"))
    ]
    return rows


def _prices() -> list[Base]:
    year, promotion = (date(2026, 1, 1), None), (date(2026, 3, 6), date(2026, 3, 9))
    last_year = (date(2025, 1, 1), date(2025, 12, 31))
    return [
        PriceRow(
            id=f"price-{number}",
            service=service,
            branch=branch,
            plan=plan,
            valid_from=valid[0],
            valid_to=valid[1],
            amount=amount,
            currency="MXN",
            tax_rate=rate,
            tax_included=included,
            version=1,
        )
        for number, (service, branch, plan, valid, amount, rate, included) in enumerate(
            (
                ("consult", "frontera", "public", year, 90000, 0, True),
                ("blood", "centro", "public", last_year, 15000, 1600, True),
                ("blood", "centro", "public", year, 18000, 1600, True),
                ("blood", "centro", "corporate", year, 12069, 1600, False),
                ("consult", "centro", "public", year, 80000, 0, True),
                ("consult", "centro", "public", promotion, 60000, 0, True),
            )
        )
    ]
