"""Databases of their own for every test, and the small clinic on top."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.database import Database, open_database
from tests import databases
from tests.conversations_core.world import World


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    with databases.fresh("sqlite", tmp_path) as url:
        database = open_database(url)
        yield database
        database.close()


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Database]:
    with databases.fresh("postgresql", tmp_path) as url:
        database = open_database(url)
        yield database
        database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """The same test on both."""
    database: Database = request.getfixturevalue(request.param)
    return database


@pytest.fixture
def world(sqlite: Database) -> Iterator[World]:
    yield from _world(sqlite)


@pytest.fixture
def any_world(database: Database) -> Iterator[World]:
    yield from _world(database)


def _world(database: Database) -> Iterator[World]:
    world = World(database)
    world.add_cast()
    yield world
    world.turns.close()
