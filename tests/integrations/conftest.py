"""Databases of their own for every test, in both kinds, and the small clinic of the contracts."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateSchema, DropSchema

from integrations.database import Database, open_database
from tests import databases
from tests.integrations.small_clinic import SmallClinic, open_small_clinic


@contextmanager
def postgresql_schema() -> Iterator[str]:
    """An address of PostgreSQL that leads to a new schema without tables, dropped at the end."""
    engine = create_engine(databases.POSTGRESQL.set(drivername="postgresql+psycopg"))
    schema = f"test_{uuid4().hex}"
    try:
        with engine.begin() as connection:
            connection.execute(CreateSchema(schema))
    except OperationalError:
        engine.dispose()
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL does not answer at TEST_DATABASE_URL")
        pytest.skip("PostgreSQL does not answer at TEST_DATABASE_URL")
    address = databases.POSTGRESQL.update_query_dict({"options": f"-csearch_path={schema}"})
    yield address.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        connection.execute(DropSchema(schema, cascade=True))
    engine.dispose()


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A schema of this test alone."""
    with postgresql_schema() as url:
        yield url


@pytest.fixture(params=databases.KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which kind of database the test runs on."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where this test's own database will be; without tables."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'consulta.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def database(kind: str, tmp_path: Path) -> Iterator[Database]:
    """A migrated database of this test alone, in both kinds."""
    with databases.fresh(kind, tmp_path) as url:
        database = open_database(url)
        yield database
        database.close()


@pytest.fixture(scope="module", params=databases.KINDS)
def aurora(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Clínica Aurora as seeded at NOW, in both kinds: for tests that change nothing."""
    folder = tmp_path_factory.mktemp("aurora")
    with databases.fresh(request.param, folder, databases.aurora) as url:
        database = open_database(url)
        yield database
        database.close()


# Every adapter of the clinic's ports: a fixture that makes what it needs, and what opens the
# small clinic on it. A new system is one more line here and passes every test_*_contract.py.
ADAPTERS: dict[str, tuple[str, Callable[..., SmallClinic]]] = {
    "database": ("database", open_small_clinic),
}


@pytest.fixture(params=ADAPTERS)
def clinic(request: pytest.FixtureRequest, kind: str) -> SmallClinic:
    """The small clinic, behind each adapter."""
    needs, opens = ADAPTERS[request.param]
    return opens(request.getfixturevalue(needs))
