"""What the clinic is and does: branches, practitioners, services, plans, slots, prices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from clinic.languages import Language

Texts = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class OpenHours:
    """A span of one weekday (Monday is 0) in the branch's wall time, half-open."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Branch:
    """A place of the clinic. country: ISO 3166 alpha-2; currency: ISO 4217."""

    code: str
    name: str
    city: str
    district: str
    address: str
    country: str
    currency: str
    zone: ZoneInfo
    phone: str
    hours: tuple[OpenHours, ...]
    aliases: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Who, or which unit, sees the patient. Without a title, the name as printed.

    services: the codes of what they do.
    """

    code: str
    name: str
    title: str
    branch: str
    services: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Preparation:
    """How to come to a service. Hours are minima before the visit."""

    texts: Texts
    fasting_hours: int = 0
    version: int = 1

    def text(self, language: Language) -> str:
        """The text in that language, or in Spanish where it has none."""
        return self.texts.get(language) or self.texts["es"]


@dataclass(frozen=True, slots=True)
class Service:
    """What can be booked or priced."""

    code: str
    kind: Literal["consult", "study"]
    names: Texts
    synonyms: Mapping[Language, tuple[str, ...]]
    minutes: int
    preparation: Preparation | None = None
    branches: frozenset[str] = field(default_factory=frozenset)

    def name(self, language: Language) -> str:
        """The name in that language, or in Spanish where it has none."""
        return self.names.get(language) or self.names["es"]


@dataclass(frozen=True, slots=True)
class Plan:
    """An agreement (convenio) under which prices differ; the public price has the code "public"."""

    code: str
    names: Texts
    aliases: tuple[str, ...] = ()

    def name(self, language: Language) -> str:
        """The name in that language, or in Spanish where it has none."""
        return self.names.get(language) or self.names["es"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time in the schedule, half-open, UTC."""

    id: str
    start: datetime
    end: datetime
    branch: str
    service: str
    practitioner: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A price as it holds at one moment. Amounts in minor units of the currency.

    total includes taxes. valid_until is the last day on which it holds, None while no end is set.
    price_id and version name the row of the price list it was read from.
    """

    service: str
    branch: str
    plan: str
    total: int
    tax: int
    currency: str
    valid_until: date | None
    price_id: str
    version: int


class CatalogueError(Exception):
    """What was asked is not in the catalogue."""


class UnknownService(CatalogueError):
    """No service has this code."""


class UnknownBranch(CatalogueError):
    """No branch has this code."""


class UnknownPlan(CatalogueError):
    """No plan has this code."""


class ServiceNotAtBranch(CatalogueError):
    """The service exists and is not done at this branch."""


class NoPrice(CatalogueError):
    """No price is in force for this service, branch and plan."""
