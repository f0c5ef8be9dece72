"""Reads a catalogue file: every line is checked, and every fault is told with its line.

The columns, separated by commas or semicolons, UTF-8, in any order (docs/catalogue-format.md):

- ``service``: the code; the only column every file needs.
- What the service is, on at least one of its lines: ``kind`` (consult or study), ``minutes``,
  ``name_es``, ``name_pt``, ``name_en``, ``synonyms_es|pt|en`` (separated by ``|``),
  ``fasting_hours``, ``preparation_es|pt|en`` (one rule after the other, separated by ``|``; with
  fasting, the first rule says how many hours).
- What it costs, on a line for each branch and plan: ``branch``, ``plan``, ``amount`` (1234.50),
  ``currency``, ``tax_rate`` (per cent), ``tax_included`` (yes or no), ``valid_from``, ``valid_to``
  (YYYY-MM-DD, inclusive; ``valid_to`` may be empty), ``practitioners`` (codes of who does it
  there, separated by ``|``; may be empty).
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from clinic.languages import LANGUAGES, Language
from clinic.money import BASIS, parse_amount
from integrations.csv_lines import Fault, Line, read_lines

_DEFINITION: Final = (
    "kind",
    "minutes",
    *(f"name_{language}" for language in LANGUAGES),
    *(f"synonyms_{language}" for language in LANGUAGES),
    "fasting_hours",
    *(f"preparation_{language}" for language in LANGUAGES),
)
_PRICE: Final = (
    "branch",
    "plan",
    "amount",
    "currency",
    "tax_rate",
    "tax_included",
    "valid_from",
    "valid_to",
    "practitioners",
)
_COLUMNS: Final = frozenset(("service", *_DEFINITION, *_PRICE))
_RATE = re.compile(r"\d{1,2}(\.\d{1,2})?")
_DAY: Final = 24 * 60

PriceKey = tuple[str, str, str, date]
"""Service, branch, plan and first day."""


@dataclass(frozen=True, slots=True)
class ServiceDefinition:
    """What a service is."""

    code: str
    kind: str
    minutes: int
    names: dict[Language, str]
    synonyms: dict[Language, list[str]]
    fasting_hours: int
    preparation: dict[Language, str]


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A price as a line tells it; amount in minor units, tax_rate in basis points."""

    line: int
    service: str
    branch: str
    plan: str
    amount: int
    currency: str
    tax_rate: int
    tax_included: bool
    valid_from: date
    valid_to: date | None
    practitioners: tuple[str, ...]

    @property
    def key(self) -> PriceKey:
        """What only one price can stand for."""
        return self.service, self.branch, self.plan, self.valid_from


@dataclass(slots=True)
class CatalogueFile:
    """What a file says, and what is wrong with it."""

    definitions: dict[str, tuple[int, ServiceDefinition]] = field(default_factory=dict)
    prices: dict[PriceKey, PriceLine] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_catalogue(content: bytes) -> CatalogueFile:
    """Reads a whole file; never raises for what is in it, see `faults`."""
    found = CatalogueFile()
    for line in read_lines(content, "service", _COLUMNS, found.faults):
        _read_line(line, found)
    return found


def _read_line(line: Line, found: CatalogueFile) -> None:
    service = line.code("service")
    defines, prices = line.has(_DEFINITION), line.has(_PRICE)
    if not defines and not prices:
        line.fault("", "says neither what the service is nor what it costs")
    if defines:
        _define(line, service, found)
    if prices:
        _price(line, service, found)
    found.mentions.setdefault(service, line.number)


def _define(line: Line, service: str, found: CatalogueFile) -> None:
    definition = ServiceDefinition(
        code=service,
        kind=line.one_of("kind", "consult", "study"),
        minutes=line.whole("minutes", 5, _DAY),
        names={language: name for language in LANGUAGES if (name := line.text(f"name_{language}"))},
        synonyms={language: line.several(f"synonyms_{language}") for language in LANGUAGES},
        fasting_hours=line.whole("fasting_hours", 0, 24, "0"),
        preparation={
            language: "\n".join(rules)
            for language in LANGUAGES
            if (rules := line.several(f"preparation_{language}"))
        },
    )
    line.needed("name_es")
    _check_fasting(line, definition)
    if not line.sound:
        return
    earlier = found.definitions.setdefault(service, (line.number, definition))
    if earlier[1] != definition:
        line.fault("", f"describes the service otherwise than line {earlier[0]}")


def _check_fasting(line: Line, definition: ServiceDefinition) -> None:
    """A patient told less fasting than the clinic counts with comes in vain."""
    if definition.preparation and "es" not in definition.preparation:
        line.fault("preparation_es", "must not be empty where another language has a preparation")
    if not definition.fasting_hours:
        return
    if not definition.preparation:
        line.fault("preparation_es", "must tell the fasting")
    for language, text in definition.preparation.items():
        if str(definition.fasting_hours) not in re.findall(r"\d+", text.splitlines()[0]):
            line.fault(f"preparation_{language}", "the first rule must tell the hours of fasting")


def _price(line: Line, service: str, found: CatalogueFile) -> None:
    currency = line.needed("currency")
    rate = line.text("tax_rate") or "0"
    if not _RATE.fullmatch(rate):
        line.fault("tax_rate", "must be a percentage such as 16")
        rate = "0"
    price = PriceLine(
        line=line.number,
        service=service,
        branch=line.code("branch"),
        plan=line.code("plan"),
        amount=_amount(line, currency),
        currency=currency,
        tax_rate=int(Decimal(rate) * BASIS / 100),
        tax_included=line.one_of("tax_included", "yes", "no") == "yes",
        valid_from=line.day("valid_from"),
        valid_to=line.day("valid_to") if line.text("valid_to") else None,
        practitioners=tuple(line.several("practitioners")),
    )
    if line.sound and price.valid_to is not None and price.valid_to < price.valid_from:
        line.fault("valid_to", "is before valid_from")
    if not line.sound:
        return
    earlier = found.prices.setdefault(price.key, price)
    if earlier is not price:
        line.fault("", f"gives a second price for what line {earlier.line} gives")


def _amount(line: Line, currency: str) -> int:
    try:
        return parse_amount(line.text("amount"), currency)
    except ValueError as error:
        line.fault("amount", str(error))
        return 0
