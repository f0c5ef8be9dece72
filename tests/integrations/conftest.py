"""Databases of their own for every test, in both kinds, and the small clinic of the contracts."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateSchema, DropSchema

from integrations.database import Database, open_database
from integrations.demo import seed_demo
from tests.integrations.small_clinic import SmallClinic, open_small_clinic

AURORA_NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
"""A Tuesday morning at every branch."""

POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/test"


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: migrating each would take longer than the tests."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@contextmanager
def postgresql_schema() -> Iterator[str]:
    """An address of PostgreSQL that leads to a new schema without tables, dropped at the end."""
    base = make_url(os.environ.get("TEST_DATABASE_URL", POSTGRESQL))
    engine = create_engine(base.set(drivername="postgresql+psycopg"))
    schema = f"test_{uuid4().hex}"
    try:
        with engine.begin() as connection:
            connection.execute(CreateSchema(schema))
    except OperationalError:
        engine.dispose()
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL does not answer at TEST_DATABASE_URL")
        pytest.skip("PostgreSQL does not answer at TEST_DATABASE_URL")
    address = base.update_query_dict({"options": f"-csearch_path={schema}"})
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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where this test's own database is or will be; not migrated."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'consulta.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def database(database_url: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database of this test alone, in both kinds."""
    if database_url.startswith("sqlite"):
        shutil.copy(request.getfixturevalue("empty_sqlite"), database_url.split("///", 1)[1])
    database = open_database(database_url)
    database.migrate()
    yield database
    database.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def aurora(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Clínica Aurora as seeded at AURORA_NOW, in both kinds: for tests that change nothing."""
    path = tmp_path_factory.mktemp("aurora") / "consulta.db"
    kinds: dict[str, AbstractContextManager[str]] = {
        "sqlite": nullcontext(f"sqlite:///{path}"),
        "postgresql": postgresql_schema(),
    }
    with kinds[request.param] as url:
        database = open_database(url)
        database.migrate()
        seed_demo(database, AURORA_NOW)
        yield database
        database.close()


# Every adapter of the clinic's ports: a fixture that makes what it needs, and what opens the
# small clinic on it. A new system is one more line here and passes every test_*_contract.py.
ADAPTERS: dict[str, tuple[str, Callable[..., SmallClinic]]] = {
    "database": ("database", open_small_clinic),
}


@pytest.fixture(params=ADAPTERS)
def clinic(request: pytest.FixtureRequest, database_url: str) -> SmallClinic:
    """The small clinic, behind each adapter."""
    needs, opens = ADAPTERS[request.param]
    return opens(request.getfixturevalue(needs))
