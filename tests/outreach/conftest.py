"""A small clinic without the engine, in both kinds of database, on a clock that tests move."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.database import open_database
from tests.integrations.conftest import postgresql_schema
from tests.outreach.world import World, open_world


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: migrating each would take longer than the tests."""
    path = tmp_path_factory.mktemp("outreach") / "empty.db"
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


def _on_sqlite(home: Path, migrated: Path) -> World:
    return open_world(home, f"sqlite:///{shutil.copy(migrated, home / 'consulta.db')}")


@pytest.fixture
def world(tmp_path: Path, migrated: Path) -> Iterator[World]:
    """On SQLite, as by default."""
    opened = _on_sqlite(tmp_path, migrated)
    yield opened
    opened.services.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_world(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> Iterator[World]:
    """The same test on both."""
    if request.param == "sqlite":
        opened = _on_sqlite(tmp_path, migrated)
        yield opened
        opened.services.close()
        return
    with postgresql_schema() as url:
        opened = open_world(tmp_path, url)
        yield opened
        opened.services.close()
