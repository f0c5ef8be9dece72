"""CSV files of a clinic: every line is read and checked, and every fault is told with its line.

UTF-8, commas or semicolons, the columns in any order.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line (1 is the header); column is empty where the line as a whole is."""

    line: int
    column: str
    message: str

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

    def fault(self, column: str, message: str) -> None:
        """Notes what is wrong."""
        self.sound = False
        self._faults.append(Fault(self.number, column, message))

    def text(self, column: str) -> str:
        """What the cell holds, "" where there is none."""
        return self._cells.get(column, "")

    def has(self, columns: tuple[str, ...]) -> bool:
        """Whether any of these cells holds something."""
        return any(self.text(column) for column in columns)

    def needed(self, column: str) -> str:
        """What the cell holds; empty is a fault."""
        if not self.text(column):
            self.fault(column, "must not be empty")
        return self.text(column)

    def code(self, column: str) -> str:
        """A code of the clinic's."""
        value = self.needed(column)
        if value and not _CODE.fullmatch(value):
            self.fault(column, "a code has small letters, digits and hyphens only")
        return value

    def whole(self, column: str, least: int, most: int, default: str = "") -> int:
        """A whole number; `least` where it is faulty."""
        value = self.text(column) or default
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            self.fault(column, f"must be a whole number from {least} to {most}")
            return least
        return int(value)

    def one_of(self, column: str, *allowed: str) -> str:
        """One of a few words, in small letters."""
        value = self.text(column).lower()
        if value not in allowed:
            self.fault(column, "must be " + " or ".join(allowed))
        return value

    def day(self, column: str) -> date:
        """A date; `date.min` where it is faulty."""
        try:
            return date.fromisoformat(self.text(column))
        except ValueError:
            self.fault(column, "must be a date such as 2026-01-31")
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
        faults.append(Fault(number, "", "the file must be saved as UTF-8"))
        return
    first, _, _ = text.partition("\n")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if wrong := _wrong_header(header, needed, columns):
            faults.append(Fault(1, "", wrong))
            return
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            named = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            line = Line(reader.line_num, named, faults)
            if len(cells) > len(header):
                line.fault("", "has more cells than the header")
            yield line
    except csv.Error as error:
        faults.append(Fault(reader.line_num, "", f"cannot be read as CSV: {error}"))


def _wrong_header(header: list[str], needed: str, columns: Collection[str]) -> str:
    if needed not in header:
        return f"the header has no column {needed}"
    if unknown := sorted(set(header) - set(columns)):
        return "unknown columns: " + ", ".join(name or "(empty)" for name in unknown)
    if len(set(header)) < len(header):
        return "a column stands twice in the header"
    return ""
