"""Brings a clinic's services and prices in from a CSV file: all of it or nothing.

The columns are in `integrations.catalogue_rows` and docs/catalogue-format.md. What the file does
not name stays as it is; a price that ends gets a `valid_to`, it is never taken away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clinic.editing import By, FilePreview
from integrations.database import Database, be_alone
from integrations.editing import files
from integrations.editing.writing import make


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did."""

    services_added: int
    services_changed: int
    prices_added: int
    prices_changed: int
    unchanged: int


def import_catalogue(
    database: Database, path: Path | str, at: datetime | None = None
) -> ImportSummary:
    """Takes a catalogue file in. Raises FaultyFile with every fault, or OSError.

    at: the moment under which it is remembered; now, where it is not said.
    """
    content = Path(path).read_bytes()
    with database.begin() as session:
        be_alone(session, "catalogue")
        shown = files.preview(session, content)
        make(session, shown.differences, By("", "command", at or datetime.now(UTC)))
    return summary_of(shown)


def preview_catalogue(database: Database, path: Path | str) -> FilePreview:
    """What a catalogue file would change. Raises FaultyFile with every fault, or OSError."""
    content = Path(path).read_bytes()
    with database.read() as session:
        return files.preview(session, content)


def summary_of(shown: FilePreview) -> ImportSummary:
    """How much of what."""
    kinds: Sequence[tuple[str, str]] = [(each.what, each.kind) for each in shown.differences]
    return ImportSummary(
        services_added=kinds.count(("service", "added")),
        services_changed=kinds.count(("service", "changed")),
        prices_added=kinds.count(("price", "added")),
        prices_changed=kinds.count(("price", "changed")),
        unchanged=shown.unchanged,
    )
