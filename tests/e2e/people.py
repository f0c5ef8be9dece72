"""The cast's namesakes with numbers and visits of their own, so that no test meets another."""

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from clinic.appointments import Appointment, Change
from clinic.clock import system_clock
from clinic.hours import instant, local_day, next_open_day
from clinic.languages import Language
from clinic.patients import Patient
from integrations.database import Database
from integrations.demo.cast import ANA, EMMA, JOAO, Member
from integrations.patients import open_patients
from integrations.scheduling import open_catalogue, open_schedule

CAST: dict[Language, Member] = {"es": ANA, "pt": JOAO, "en": EMMA}
PREFIX: dict[Language, tuple[str, int]] = {
    "es": ("+52558100", 4),
    "pt": ("+551198100", 4),
    "en": ("+1202555", 4),
}


@dataclass(frozen=True)
class Person:
    """A patient with one visit to come."""

    patient: Patient
    phone: str
    visit: Appointment


class People:
    """Registers patients in the instance's own store, as the clinic's staff would."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._numbers = itertools.count(1000)

    def number(self, language: Language) -> str:
        """A number that nobody has."""
        prefix, digits = PREFIX[language]
        return f"{prefix}{next(self._numbers):0{digits}d}"

    def person(self, language: Language, *, phone: str | None = None, days: int = 3) -> Person:
        """The cast's namesake, with the cast's kind of visit so many open days ahead."""
        member = CAST[language]
        address = phone or self.number(language)
        # Nobody else has the birth date: name and date lead to one person.
        born = date(1950, 1, 1) + timedelta(days=next(self._numbers))
        patient = open_patients(self.database).register(member.name, born, language, address)
        return Person(patient, address, self.book(patient, member, days))

    def book(self, patient: Patient, member: Member, days: int) -> Appointment:
        """A visit of the member's kind at the first free time of that day."""
        branch = open_catalogue(self.database).branch(member.visit.branch)
        now = system_clock()
        day = next_open_day(branch, local_day(now, branch.zone) + timedelta(days=days))
        schedule = open_schedule(self.database, system_clock)
        start = instant(day, datetime.min.time(), branch.zone)
        free = schedule.free_slots(
            member.visit.service, branch.code, start, start + timedelta(days=20)
        )
        change = Change("system", "web", f"e2e:{patient.id}:{days}", datetime.now(UTC), "test")
        return schedule.book(free[0].id, member.visit.service, patient.id, change)
