"""A clinic's rules come in from a file as a whole, or not at all with every fault told."""

import re
from pathlib import Path

import pytest

from clinic.outreach_rules import Cadence
from integrations.csv_lines import FaultyFile
from integrations.database import Database
from integrations.outreach_rules import RulesSummary, import_outreach_rules, open_outreach_rules
from tests.integrations.small_clinic import open_small_clinic

HEADER = "kind,service,branch,value\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clinic_database(database: Database) -> Database:
    """A database with the small clinic."""
    open_small_clinic(database)
    return database


def brought_in(database: Database, tmp_path: Path, text: str) -> RulesSummary:
    path = tmp_path / "rules.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    return import_outreach_rules(database, path)


def test_rules_hold_as_soon_as_they_are_brought_in(
    clinic_database: Database, tmp_path: Path
) -> None:
    rules = open_outreach_rules(clinic_database)
    assert rules.read().cadence("blood", "centro") is None
    text = 'reminders,,,"72,24"\nreminders,blood,,48 2 all\nrecall,blood,centro,12\n'
    assert brought_in(clinic_database, tmp_path, text) == RulesSummary(3, 0, 0, 0)
    book = rules.read()
    assert book.cadence("blood", "centro") == Cadence((48, 2), also_confirmed=True)
    assert book.cadence("consult", "centro") == Cadence((72, 24))
    assert book.recall_months("blood", "centro") == 12


def test_what_a_file_does_not_name_stays_and_default_takes_a_rule_away(
    clinic_database: Database, tmp_path: Path
) -> None:
    brought_in(clinic_database, tmp_path, "reminders,,,off\nfeedback,,centro,on\nrecall,blood,,6\n")
    text = "reminders,,,default\nrecall,blood,,12\nfeedback,consult,,default\n"
    assert brought_in(clinic_database, tmp_path, text) == RulesSummary(0, 1, 1, 1)
    book = open_outreach_rules(clinic_database).read()
    assert book.cadence("blood", "centro") is None
    assert book.recall_months("blood", "frontera") == 12
    assert book.asks_feedback("blood", "centro")


def test_every_fault_is_told_and_nothing_is_taken(
    clinic_database: Database, tmp_path: Path
) -> None:
    text = (
        "reminders,,,24\nreminder,,,24\nreminders,nothing,,24\nfeedback,,nowhere,on\n"
        "reminders,blood,,soon\nrecall,,,12\nreminders,,,48\nfeedback,,,\n"
    )
    with pytest.raises(FaultyFile) as refused:
        brought_in(clinic_database, tmp_path, text)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [
        (3, "kind"),
        (4, "service"),
        (5, "branch"),
        (6, "value"),
        (7, "value"),
        (8, ""),
        (9, "value"),
    ]
    assert open_outreach_rules(clinic_database).read().cadence("blood", "centro") is None


def test_the_example_in_the_documentation_can_be_brought_in(
    own_aurora: Database, tmp_path: Path
) -> None:
    page = (ROOT / "docs" / "outreach-rules.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    summary = brought_in(own_aurora, tmp_path, example.removeprefix(HEADER))
    assert summary.added == len(example.splitlines()) - 1
