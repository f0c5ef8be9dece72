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

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from clinic.definitions import (
    BAR,
    KINDS,
    LEAST_MINUTES,
    MOST_FASTING,
    MOST_MINUTES,
    ServiceDefinition,
    check_definition,
)
from clinic.languages import LANGUAGES
from clinic.money import parse_amount, parse_rate, write_amount, write_rate
from clinic.price_list import PriceTerms, check_terms
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
COLUMNS: Final = ("service", *_DEFINITION, *_PRICE)

_READ_ABOVE: Final = frozenset(("service", "kind", "minutes", "fasting_hours"))
"""What reading the cells has checked already."""

PriceKey = tuple[str, str, str, date]
"""Service, branch, plan and first day."""


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A price as a line tells it, and who does the service there."""

    line: int
    terms: PriceTerms
    practitioners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Codes that a line with a price names, also where the line is faulty otherwise."""

    line: int
    service: str
    branch: str
    plan: str
    currency: str
    practitioners: tuple[str, ...]


@dataclass(slots=True)
class CatalogueFile:
    """What a file says, and what is wrong with it."""

    definitions: dict[str, tuple[int, ServiceDefinition]] = field(default_factory=dict)
    prices: dict[PriceKey, PriceLine] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    mentions: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_catalogue(content: bytes) -> CatalogueFile:
    """Reads a whole file; never raises for what is in it, see `faults`."""
    found = CatalogueFile()
    for line in read_lines(content, "service", COLUMNS, found.faults):
        _read_line(line, found)
    return found


def _read_line(line: Line, found: CatalogueFile) -> None:
    service = line.code("service")
    defines, prices = line.has(_DEFINITION), line.has(_PRICE)
    if not defines and not prices:
        line.fault("", "says_nothing")
    if defines:
        _define(line, service, found)
    if prices:
        _price(line, service, found)
    found.mentions.setdefault(service, line.number)


def _define(line: Line, service: str, found: CatalogueFile) -> None:
    definition = ServiceDefinition(
        code=service,
        kind=line.one_of("kind", *KINDS),
        minutes=line.whole("minutes", LEAST_MINUTES, MOST_MINUTES),
        names={language: name for language in LANGUAGES if (name := line.text(f"name_{language}"))},
        synonyms={language: line.several(f"synonyms_{language}") for language in LANGUAGES},
        fasting_hours=line.whole("fasting_hours", 0, MOST_FASTING, "0"),
        preparation={
            language: "\n".join(rules)
            for language in LANGUAGES
            if (rules := line.several(f"preparation_{language}"))
        },
    )
    line.blame(wrong for wrong in check_definition(definition) if wrong.field not in _READ_ABOVE)
    if not line.sound:
        return
    earlier = found.definitions.setdefault(service, (line.number, definition))
    if earlier[1] != definition:
        line.fault("", "other_definition", line=earlier[0])


def _price(line: Line, service: str, found: CatalogueFile) -> None:
    branch, plan, currency = line.code("branch"), line.code("plan"), line.needed("currency")
    practitioners = tuple(line.several("practitioners"))
    found.claims.append(Claim(line.number, service, branch, plan, currency, practitioners))
    price = PriceLine(
        line=line.number,
        terms=PriceTerms(
            service=service,
            branch=branch,
            plan=plan,
            amount=_amount(line, currency),
            currency=currency,
            tax_rate=_rate(line),
            tax_included=line.one_of("tax_included", "yes", "no") == "yes",
            valid_from=line.day("valid_from"),
            valid_to=line.day("valid_to") if line.text("valid_to") else None,
        ),
        practitioners=practitioners,
    )
    if line.sound:
        line.blame(check_terms(price.terms))
    if not line.sound:
        return
    earlier = found.prices.setdefault(price.terms.key, price)
    if earlier is not price:
        line.fault("", "second_price", line=earlier.line)


def _amount(line: Line, currency: str) -> int:
    try:
        return parse_amount(line.text("amount"), currency)
    except ValueError:
        line.fault("amount", "bad_amount")
        return 0


def _rate(line: Line) -> int:
    try:
        return parse_rate(line.text("tax_rate") or "0")
    except ValueError:
        line.fault("tax_rate", "bad_rate")
        return 0


def definition_cells(definition: ServiceDefinition) -> dict[str, str]:
    """What a service is, as the cells of a line say it."""
    cells = {
        "service": definition.code,
        "kind": definition.kind,
        "minutes": str(definition.minutes),
        "fasting_hours": str(definition.fasting_hours),
    }
    for language in LANGUAGES:
        cells[f"name_{language}"] = definition.names.get(language, "")
        cells[f"synonyms_{language}"] = BAR.join(definition.synonyms.get(language, []))
        rules = definition.preparation.get(language, "").splitlines()
        cells[f"preparation_{language}"] = BAR.join(rules)
    return cells


def price_cells(terms: PriceTerms, practitioners: Iterable[str]) -> dict[str, str]:
    """What it costs, as the cells of a line say it."""
    return {
        "service": terms.service,
        "branch": terms.branch,
        "plan": terms.plan,
        "amount": write_amount(terms.amount, terms.currency),
        "currency": terms.currency,
        "tax_rate": write_rate(terms.tax_rate),
        "tax_included": "yes" if terms.tax_included else "no",
        "valid_from": terms.valid_from.isoformat(),
        "valid_to": terms.valid_to.isoformat() if terms.valid_to else "",
        "practitioners": BAR.join(sorted(practitioners)),
    }
