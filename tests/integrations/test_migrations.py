"""The migrations make exactly the tables that the program uses, whoever runs them."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from integrations.database import Base, Database, open_database, threads
from integrations.database.migrating import configuration

ROOT = Path(__file__).resolve().parents[2]
_MIGRATE = (
    "import sys; from integrations.database import open_database as o; o(sys.argv[1]).migrate()"
)


def _all_tables() -> None:
    """Every room's tables, as the running program knows them."""
    for path in ROOT.glob("*/**/tables.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if not parts[0].startswith(".") and parts[0] not in {"tests", "bot"}:
            import_module(".".join(parts))


def _is_of_the_models(name: str | None, kind: str, _parents: object) -> bool:
    """The index of words is no table of the models; SQLite keeps it in several of its own."""
    return kind != "table" or not (name or "").startswith(threads.WORDS)


def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    _all_tables()
    with database.engine.connect() as connection:
        opts = {"compare_server_default": True, "include_name": _is_of_the_models}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_are_one_line(database: Database) -> None:
    with database.engine.connect() as connection:
        scripts = ScriptDirectory.from_config(configuration(connection))
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    names = [
        (Path(script.path).stem, script.revision)
        for script in reversed(list(scripts.walk_revisions()))
    ]
    assert [stem for stem, _ in names] == [revision for _, revision in names]
    assert [stem for stem, _ in names] == sorted(stem for stem, _ in names)


def test_migrating_again_changes_nothing(database: Database) -> None:
    before = set(inspect(database.engine).get_table_names())
    database.migrate()
    assert set(inspect(database.engine).get_table_names()) == before


def test_processes_that_migrate_at_once_all_succeed(database_url: str) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", _MIGRATE, database_url], cwd=ROOT) for _ in range(3)
    ]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    database = open_database(database_url)
    assert "appointments" in inspect(database.engine).get_table_names()
    database.close()
