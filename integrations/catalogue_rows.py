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

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from clinic.languages import LANGUAGES, Language
from clinic.money import BASIS, parse_amount

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
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RATE = re.compile(r"\d{1,2}(\.\d{1,2})?")
_DAY: Final = 24 * 60

PriceKey = tuple[str, str, str, date]
"""Service, branch, plan and first day."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line (1 is the header); column is empty where the line as a whole is."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{where}: {self.message}"


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


class _Line:
    """One line: reads its cells and notes what is wrong with them."""

    def __init__(self, number: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self.number = number
        self._cells = cells
        self._faults = faults
        self.sound = True

    def fault(self, column: str, message: str) -> None:
        self.sound = False
        self._faults.append(Fault(self.number, column, message))

    def text(self, column: str) -> str:
        return self._cells.get(column, "")

    def has(self, columns: tuple[str, ...]) -> bool:
        return any(self.text(column) for column in columns)

    def needed(self, column: str) -> str:
        if not self.text(column):
            self.fault(column, "must not be empty")
        return self.text(column)

    def code(self, column: str) -> str:
        value = self.needed(column)
        if value and not _CODE.fullmatch(value):
            self.fault(column, "a code has small letters, digits and hyphens only")
        return value

    def whole(self, column: str, least: int, most: int, default: str = "") -> int:
        value = self.text(column) or default
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            self.fault(column, f"must be a whole number from {least} to {most}")
            return least
        return int(value)

    def one_of(self, column: str, *allowed: str) -> str:
        value = self.text(column).lower()
        if value not in allowed:
            self.fault(column, "must be " + " or ".join(allowed))
        return value

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self.text(column))
        except ValueError:
            self.fault(column, "must be a date such as 2026-01-31")
            return date.min

    def several(self, column: str) -> list[str]:
        return [part.strip() for part in self.text(column).split("|") if part.strip()]


def read_catalogue(content: bytes) -> CatalogueFile:
    """Reads a whole file; never raises for what is in it, see `faults`."""
    found = CatalogueFile()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        found.faults.append(Fault(number, "", "the file must be saved as UTF-8"))
        return found
    for line in _lines(text, found.faults):
        _read_line(line, found)
    return found


def _lines(text: str, faults: list[Fault]) -> Iterator[_Line]:
    first, _, _ = text.partition("\n")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if wrong := _wrong_header(header):
            faults.append(Fault(1, "", wrong))
            return
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            named = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            line = _Line(reader.line_num, named, faults)
            if len(cells) > len(header):
                line.fault("", "has more cells than the header")
            yield line
    except csv.Error as error:
        faults.append(Fault(reader.line_num, "", f"cannot be read as CSV: {error}"))


def _wrong_header(header: list[str]) -> str:
    if "service" not in header:
        return "the header has no column service"
    if unknown := sorted(set(header) - _COLUMNS):
        return "unknown columns: " + ", ".join(name or "(empty)" for name in unknown)
    if len(set(header)) < len(header):
        return "a column stands twice in the header"
    return ""


def _read_line(line: _Line, found: CatalogueFile) -> None:
    service = line.code("service")
    defines, prices = line.has(_DEFINITION), line.has(_PRICE)
    if not defines and not prices:
        line.fault("", "says neither what the service is nor what it costs")
    if defines:
        _define(line, service, found)
    if prices:
        _price(line, service, found)
    found.mentions.setdefault(service, line.number)


def _define(line: _Line, service: str, found: CatalogueFile) -> None:
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


def _check_fasting(line: _Line, definition: ServiceDefinition) -> None:
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


def _price(line: _Line, service: str, found: CatalogueFile) -> None:
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


def _amount(line: _Line, currency: str) -> int:
    try:
        return parse_amount(line.text("amount"), currency)
    except ValueError as error:
        line.fault("amount", str(error))
        return 0
