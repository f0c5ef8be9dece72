"""The migration makes what the tables say."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.schema import SchemaItem

import conversations.tables  # noqa: F401  (registers our tables)
import integrations.tables  # noqa: F401  (registers the clinic's tables)
from integrations.database import Base, open_database

OURS = {"conversations", "messages", "handoffs", "calls"}


def test_the_migration_and_the_tables_agree(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'migrated.db'}")
    database.migrate()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        differences = compare_metadata(context, Base.metadata)
    database.close()
    assert differences == []


def _is_ours(
    thing: SchemaItem, name: str | None, kind: str, _reflected: bool, _to: SchemaItem | None
) -> bool:
    table = name if kind == "table" else getattr(thing, "table").name  # noqa: B009
    return table in OURS
