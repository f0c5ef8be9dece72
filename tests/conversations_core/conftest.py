"""Databases of their own for every test, and the small clinic on top."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

import conversations.tables  # noqa: F401  (registers our tables)
import integrations.tables  # noqa: F401  (registers the clinic's tables)
from integrations.database import Base, Database, open_database
from tests.conversations_core.world import World

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to copy: making the tables anew would take longer than most tests."""
    path = tmp_path_factory.mktemp("conversations") / "empty.db"
    database = open_database(f"sqlite:///{path}")
    Base.metadata.create_all(database.engine)
    database.close()
    return path


@pytest.fixture
def sqlite(tmp_path: Path, empty_sqlite: Path) -> Iterator[Database]:
    path = shutil.copy(empty_sqlite, tmp_path / "consulta.db")
    database = open_database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def postgres() -> Iterator[Database]:
    schema = f"t{uuid4().hex}"
    try:
        connection = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no PostgreSQL at TEST_DATABASE_URL")
    with connection:
        connection.execute(f'CREATE SCHEMA "{schema}"')
        url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
        database = open_database(url.render_as_string(hide_password=False))
        Base.metadata.create_all(database.engine)
        yield database
        database.close()
        connection.execute(f'DROP SCHEMA "{schema}" CASCADE')
    connection.close()


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
