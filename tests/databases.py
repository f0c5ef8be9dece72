"""Databases that a test may fill and forget: copies of what is made once in a process.

Migrating and seeding takes a second, copying a tenth of one.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from integrations.database import Database, open_database
from integrations.demo import seed_demo
from tests.conftest import NOW

KINDS = ("sqlite", "postgresql")
POSTGRESQL = make_url(
    os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
)

Fill = Callable[[Database], object]
"""What makes the original. One function, one original: it takes nothing from the test."""


def migrated(database: Database) -> None:
    """The tables and nothing in them."""
    database.migrate()


def aurora(database: Database) -> None:
    """Clínica Aurora as it is seeded at NOW."""
    database.migrate()
    seed_demo(database, NOW)


@contextmanager
def fresh(kind: str, folder: Path, fill: Fill = migrated) -> Iterator[str]:
    """The address of a database of this test alone, filled. kind: one of KINDS."""
    if kind == "sqlite":
        yield f"sqlite:///{shutil.copy(_original_file(fill), folder / 'consulta.db')}"
        return
    original = _original_database(fill)
    name = _name()
    _tell(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    try:
        yield _address(name)
    finally:
        _drop(name)


def forget_originals() -> None:
    """Takes away what was copied from; at the end of the process's tests."""
    for forget in reversed(_forgotten):
        forget()
    _forgotten.clear()


_forgotten: list[Callable[[], object]] = []


@cache
def _original_file(fill: Fill) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="consulta-original-"))
    _forgotten.append(lambda: shutil.rmtree(folder, ignore_errors=True))
    _fill(f"sqlite:///{folder}/consulta.db", fill)
    return folder / "consulta.db"


@cache
def _original_database(fill: Fill) -> str:
    name = _name()
    _tell(f'CREATE DATABASE "{name}"')
    _forgotten.append(lambda: _drop(name))
    _fill(_address(name), fill)
    return name


def _fill(url: str, fill: Fill) -> None:
    database = open_database(url)
    fill(database)
    database.close()  # the last connection of SQLite brings everything into the one file


def _name() -> str:
    return f"consulta_test_{uuid4().hex}"


def _address(name: str) -> str:
    # What a crash may lose is of no use after it: nothing waits for the disk.
    address: URL = POSTGRESQL.set(database=name).update_query_dict(
        {"options": "-csynchronous_commit=off"}
    )
    return address.render_as_string(hide_password=False)


def _drop(name: str) -> None:
    _tell(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@cache
def _server() -> Engine:
    engine = create_engine(
        POSTGRESQL.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    _forgotten.append(engine.dispose)
    return engine


def _tell(statement: str) -> None:
    try:
        with _server().connect() as connection:
            connection.execute(text(statement))
    except OperationalError:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL does not answer at TEST_DATABASE_URL")
        pytest.skip("PostgreSQL does not answer at TEST_DATABASE_URL")
