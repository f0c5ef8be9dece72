"""The demo's patients, the same in every test and document; none of them exists."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from clinic.languages import Language


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of the cast: so many days from today, at the branch's wall time."""

    service: str
    branch: str
    days: int
    at: time


@dataclass(frozen=True, slots=True)
class Member:
    """A patient of the cast."""

    name: str
    birth_date: date
    language: Language
    phone: str
    visit: Visit

    @property
    def id(self) -> str:
        """The same id in every demo, and nothing in it tells who it is."""
        return uuid5(NAMESPACE_URL, f"demo:{self.name}").hex


ANA: Final = Member(
    "Ana Torres",
    date(1988, 3, 14),
    "es",
    "+525500000001",
    Visit("dermatology-consult", "roma", 1, time(10)),
)
BETO: Final = Member(
    "Beto Ruiz",
    date(1975, 9, 21),
    "es",
    "+525500000002",
    Visit("general-consult", "roma", 4, time(12)),
)
CARLA: Final = Member(
    "Carla Gómez",
    date(1995, 1, 8),
    "es",
    "+525500000003",
    Visit("gynaecology-consult", "roma", 3, time(11)),
)
JOAO: Final = Member(
    "João Pereira",
    date(1979, 7, 2),
    "pt",
    "+5511900000001",
    Visit("abdominal-ultrasound", "paulista", 2, time(15, 30)),
)
EMMA: Final = Member(
    "Emma Clark",
    date(1992, 11, 30),
    "en",
    "+12025550143",
    Visit("blood-test", "providencia", 3, time(8)),
)
LUCIA: Final = Member(
    "Lucía Rivas",
    date(1985, 5, 17),
    "es",
    "+525500000006",
    Visit("cardiology-consult", "roma", 5, time(9)),
)
MATEO: Final = Member(
    "Mateo Rivas",
    date(2014, 10, 3),
    "es",
    "+525500000006",
    Visit("paediatrics-consult", "roma", 2, time(12, 30)),
)

CAST: Final = (ANA, BETO, CARLA, JOAO, EMMA, LUCIA, MATEO)
WAITING: Final = (BETO, "dermatology-consult", "roma")
OPTED_OUT: Final = CARLA
