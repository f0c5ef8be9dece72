"""Databases that a test may fill and forget: copies of what is made once in a process.

Migrating and seeding takes a second, copying a tenth of one.
"""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from integrations.database import Database, open_database
from integrations.demo import seed_demo
from tests import postgresql
from tests.conftest import NOW

KINDS = ("sqlite", "postgresql")

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
    free = _free[fill]
    copy = free.pop() if free else postgresql.Copy(_original_database(fill))
    try:
        yield copy.address
    finally:
        if copy.restore():
            free.append(copy)
        else:
            postgresql.drop(copy.name)


def forget_originals() -> None:
    """Takes away what was copied from and the copies; at the end of the process's tests."""
    for copy in (each for copies in _free.values() for each in copies):
        postgresql.drop(copy.name)
    _free.clear()
    for forget in reversed(_forgotten):
        forget()
    _forgotten.clear()
    postgresql.disconnect()


_free: defaultdict[Fill, list[postgresql.Copy]] = defaultdict(list)
"""Copies that nobody uses now, as good as new."""
_forgotten: list[Callable[[], object]] = []


@cache
def _original_file(fill: Fill) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="consulta-original-"))
    _forgotten.append(lambda: shutil.rmtree(folder, ignore_errors=True))
    _fill(f"sqlite:///{folder}/consulta.db", fill)
    return folder / "consulta.db"


@cache
def _original_database(fill: Fill) -> str:
    name = postgresql.create()
    _forgotten.append(lambda: postgresql.drop(name))
    _fill(postgresql.address(name), fill)
    return name


def _fill(url: str, fill: Fill) -> None:
    database = open_database(url)
    fill(database)
    database.close()  # the last connection of SQLite brings everything into the one file
