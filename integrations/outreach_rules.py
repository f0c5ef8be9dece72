"""The clinic's rules for what it starts, kept in the database and brought in from a CSV file.

The columns are ``kind``, ``service``, ``branch`` and ``value`` (docs/outreach-rules.md).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.outreach_rules import Rule, RuleBook, RuleKind, check_rule
from clinic.ports import OutreachRules
from integrations.csv_lines import Fault, FaultyFile, Line, read_lines
from integrations.database import Database, be_alone
from integrations.tables import BranchRow, OutreachRuleRow, ServiceRow

_COLUMNS: Final = ("kind", "service", "branch", "value")
_NO_RULE: Final = "default"
"""The value that takes a rule away."""

_Key = tuple[RuleKind, str, str]


class DatabaseOutreachRules:
    """`clinic.ports.OutreachRules` over the clinic's own table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> RuleBook:
        """All rules as they stand now, in one query."""
        with self._database.read() as session:
            return RuleBook(
                Rule(RuleKind(row.kind), row.service or None, row.branch or None, row.value)
                for row in session.scalars(select(OutreachRuleRow))
            )


def open_outreach_rules(database: Database) -> OutreachRules:
    """The rules kept in the database."""
    return DatabaseOutreachRules(database)


@dataclass(frozen=True, slots=True)
class RulesSummary:
    """What an import did."""

    added: int
    changed: int
    removed: int
    unchanged: int


def import_outreach_rules(database: Database, path: Path | str) -> RulesSummary:
    """Takes a file of rules in: all of it, or nothing. Raises FaultyFile, or OSError."""
    faults: list[Fault] = []
    found: dict[_Key, tuple[Line, str]] = {}
    for line in read_lines(Path(path).read_bytes(), "kind", _COLUMNS, faults):
        _read_line(line, found)
    with database.begin() as session:
        be_alone(session, "outreach rules")
        _find_unknown(session, found)
        if faults:
            raise FaultyFile(faults)
        done = [_keep(session, key, value) for key, (_, value) in found.items()]
    return RulesSummary(*(done.count(each) for each in ("added", "changed", "removed", "kept")))


def _read_line(line: Line, found: dict[_Key, tuple[Line, str]]) -> None:
    kind = line.one_of("kind", *RuleKind)
    service, branch = (line.code(each) if line.text(each) else "" for each in ("service", "branch"))
    value = " ".join(line.needed("value").lower().split())
    if not line.sound:
        return
    key = RuleKind(kind), service, branch
    if value != _NO_RULE:
        try:
            check_rule(Rule(key[0], service or None, branch or None, value))
        except ValueError as error:
            line.fault("value", "bad_value", why=str(error))
    earlier, _ = found.setdefault(key, (line, value))
    if earlier is not line:
        line.fault("", "second_value", line=earlier.number)


def _find_unknown(session: Session, found: dict[_Key, tuple[Line, str]]) -> None:
    services = set(session.scalars(select(ServiceRow.code)))
    branches = set(session.scalars(select(BranchRow.code)))
    for (_, service, branch), (line, _) in found.items():
        if service and service not in services:
            line.fault("service", "no_service")
        if branch and branch not in branches:
            line.fault("branch", "no_branch")


def _keep(session: Session, key: _Key, value: str) -> str:
    kind, service, branch = key
    row = session.get(OutreachRuleRow, key)
    if value == _NO_RULE:
        if row is None:
            return "kept"
        session.delete(row)
        return "removed"
    if row is None:
        session.add(OutreachRuleRow(kind=kind, service=service, branch=branch, value=value))
        return "added"
    if row.value == value:
        return "kept"
    row.value = value
    return "changed"
