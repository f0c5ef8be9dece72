"""CSV files of a clinic: every line is read and checked, and every fault is told with its line.

UTF-8, commas or semicolons, the columns in any order. A spreadsheet calculates what begins like a
formula: `written` puts an apostrophe before that, and reading takes it away again.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from clinic.definitions import Wrong, is_code

BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

MESSAGES: Final[Mapping[str, str]] = {
    "empty": "must not be empty",
    "bad_code": "a code has small letters, digits and hyphens only",
    "whole": "must be a whole number from {least} to {most}",
    "one_of": "must be one of {allowed}",
    "bad_day": "must be a date such as 2026-01-31",
    "far_day": "must be a day from 1990 to 2199; leave valid_to empty where there is no end",
    "bad_amount": "must be an amount such as 1234.50, in whole minor units of the currency",
    "too_much": "is more than any price",
    "bad_rate": "must be a percentage such as 16",
    "ends_early": "is before valid_from",
    "not_utf8": "the file must be saved as UTF-8; here it is not (Latin-1, Windows or UTF-16?)",
    "no_column": "the header has no column {column}",
    "unknown_columns": "unknown columns: {columns}",
    "column_twice": "a column stands twice in the header",
    "more_cells": "has more cells than the header",
    "no_csv": "cannot be read as CSV: {why}",
    "says_nothing": "says neither what the service is nor what it costs",
    "other_definition": "describes the service otherwise than line {line}",
    "second_price": "gives a second price for what line {line} gives",
    "second_value": "gives a second value for what line {line} gives",
    "bad_value": "{why}",
    "too_long": "has more than {most} characters",
    "too_many": "has more than {most} words",
    "hidden": "has line breaks or characters that hide or reorder others",
    "bar": "must not hold the bar |",
    "preparation_needs_es": "must not be empty where another language has a preparation",
    "fasting_untold": "must tell the fasting",
    "fasting_not_first": "the first rule must tell the hours of fasting ({hours})",
    "undefined_service": "no such service: a line must say what it is",
    "no_service": "no such service",
    "no_branch": "no such branch",
    "no_plan": "no such plan",
    "other_currency": "the branch's is {currency}",
    "not_at_branch": "{who} does not work at this branch",
    "slots_too_short": "the slots of {who} are shorter than the service",
    "price_twice": "there is a price from that day already: correct that one",
    "code_taken": "there is such a service already",
    "in_use": "the price has begun or was told to somebody: end it instead",
}
"""What a fault is called for whoever calls a command; the console has its own words for each."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line (1 is the header); column is empty where the line as a whole is.

    code: of MESSAGES, with the values that its words need.
    """

    line: int
    column: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return MESSAGES[self.code].format(**self.values)

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{where}: {self.message}"


class FaultyFile(Exception):
    """The file has faults; nothing of it was taken."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Line:
    """One line: reads its cells and notes what is wrong with them."""

    def __init__(self, number: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self.number = number
        self._cells = cells
        self._faults = faults
        self.sound = True

    def fault(self, column: str, code: str, **values: Any) -> None:
        """Notes what is wrong, by a code of MESSAGES."""
        self.sound = False
        self._faults.append(Fault(self.number, column, code, values))

    def blame(self, wrong: Iterable[Wrong]) -> None:
        """Notes what the clinic's rules say is wrong."""
        for each in wrong:
            self.fault(each.field, each.code, **each.values)

    def text(self, column: str) -> str:
        """What the cell holds, "" where there is none."""
        return self._cells.get(column, "")

    def has(self, columns: tuple[str, ...]) -> bool:
        """Whether any of these cells holds something."""
        return any(self.text(column) for column in columns)

    def needed(self, column: str) -> str:
        """What the cell holds; empty is a fault."""
        if not self.text(column):
            self.fault(column, "empty")
        return self.text(column)

    def code(self, column: str) -> str:
        """A code of the clinic's."""
        value = self.needed(column)
        if value and not is_code(value):
            self.fault(column, "bad_code")
        return value

    def whole(self, column: str, least: int, most: int, default: str = "") -> int:
        """A whole number; `least` where it is faulty."""
        value = self.text(column) or default
        if (
            not (value.isascii() and value.isdigit() and len(value) < 9)
            or not least <= int(value) <= most
        ):
            self.fault(column, "whole", least=least, most=most)
            return least
        return int(value)

    def one_of(self, column: str, *allowed: str) -> str:
        """One of a few words, in small letters."""
        value = self.text(column).lower()
        if value not in allowed:
            self.fault(column, "one_of", allowed=", ".join(allowed))
        return value

    def day(self, column: str) -> date:
        """A date; `date.min` where it is faulty."""
        try:
            return date.fromisoformat(self.text(column))
        except ValueError:
            self.fault(column, "bad_day")
            return date.min

    def several(self, column: str) -> list[str]:
        """What the cell holds between its bars."""
        return [part.strip() for part in self.text(column).split("|") if part.strip()]


def read_lines(
    content: bytes, needed: str, columns: Collection[str], faults: list[Fault]
) -> Iterator[Line]:
    """The lines of a file that hold anything; what is wrong with the file goes to `faults`.

    needed: the column that no file can do without. columns: all that it may have.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(number, "", "not_utf8"))
        return
    first, _, _ = text.partition("\n")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if wrong := _wrong_header(header, needed, columns):
            faults.append(wrong)
            return
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            named = dict(zip(header, (_read(cell.strip()) for cell in cells), strict=False))
            line = Line(reader.line_num, named, faults)
            if len(cells) > len(header):
                line.fault("", "more_cells")
            yield line
    except csv.Error as error:
        faults.append(Fault(reader.line_num, "", "no_csv", {"why": str(error)}))


def _wrong_header(header: list[str], needed: str, columns: Collection[str]) -> Fault | None:
    if needed not in header:
        return Fault(1, "", "no_column", {"column": needed})
    if unknown := sorted(set(header) - set(columns)):
        names = ", ".join(name or "(empty)" for name in unknown)
        return Fault(1, "", "unknown_columns", {"columns": names})
    if len(set(header)) < len(header):
        return Fault(1, "", "column_twice")
    return None


def written(columns: Sequence[str], lines: Iterable[Mapping[str, str]]) -> str:
    """The lines as a file that reads as they are, and in which nothing is calculated."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for line in lines:
        writer.writerow([_harmless(line.get(column, "")) for column in columns])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """With an apostrophe more where it, or what stands behind its apostrophes, is a formula."""
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def _read(cell: str) -> str:
    """What `_harmless` was given."""
    guarded = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA)
    return cell[1:] if guarded else cell
