"""The tests' PostgreSQL: databases made, copied, put back as they were, and dropped."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, make_url

SERVER: URL = make_url(
    os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
)
MOST_ROWS = 2000
"""More than these are copied sooner than deleted and written."""

_SHAPE = """
SELECT (SELECT (count(*), sum(hashtext(c.oid::text || relname))) FROM pg_class c
        WHERE relnamespace = 'public'::regnamespace)::text,
       (SELECT (count(*), sum(hashtext(attrelid || attname || attnotnull || attisdropped)))
        FROM pg_attribute WHERE attrelid IN
        (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace))::text,
       (SELECT (count(*), sum(hashtext(oid::text || tgenabled::text))) FROM pg_trigger)::text,
       (SELECT (count(*), sum(hashtext(oid::text || convalidated))) FROM pg_constraint)::text,
       (SELECT (count(*), sum(hashtext(oid::text || prosrc))) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace)::text
"""


def create(template: str = "template1") -> str:
    """Makes a database and returns its name. Skips the test, in CI fails it, without a server."""
    name = f"consulta_test_{uuid4().hex}"
    _tell(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
    return name


def drop(name: str) -> None:
    """Whoever is still connected."""
    _tell(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)


def address(name: str) -> str:
    """Its address, as in DATABASE_URL."""
    # What a crash may lose is of no use after it: nothing waits for the disk.
    found = SERVER.set(database=name).update_query_dict({"options": "-csynchronous_commit=off"})
    return found.render_as_string(hide_password=False)


def disconnect() -> None:
    """Ends the connection that made and dropped them."""
    if _server.cache_info().currsize:
        _server().close()
        _server.cache_clear()


@contextmanager
def empty() -> Iterator[str]:
    """The address of a database without tables, dropped at the end."""
    name = create()
    try:
        yield address(name)
    finally:
        drop(name)


class Copy:
    """A copy of a database, which can be put back as it was: quicker than to make it anew."""

    def __init__(self, original: str) -> None:
        self.name = create(original)
        self.address = address(self.name)
        with connected(self.name) as there:
            self._shape = _shape(there)
            self._tables = _tables(there)
            self._sequences = _sequences(there)
            self._rows = {table: _read(there, table) for table in self._filled(there)}
        self._few = sum(each.count(b"\n") for each in self._rows.values()) <= MOST_ROWS

    def restore(self) -> bool:
        """Ends every connection and takes back what was written.

        Returns False, and leaves it as it is, where that is not to be had: rows by the thousand,
        or tables, triggers or functions that are others now.
        """
        if not self._few:
            return False
        try:
            with connected(self.name) as there:
                there.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                there.commit()
                if _shape(there) != self._shape:
                    return False
                self._write_back(there)
        except psycopg.Error:
            return False
        return True

    def _write_back(self, there: psycopg.Connection) -> None:
        there.execute("SET LOCAL lock_timeout = '5s'")
        there.execute("SET LOCAL session_replication_role = replica")  # no trigger, no order
        for table in self._filled(there):
            there.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        for table, rows in self._rows.items():
            copying = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
            with there.cursor().copy(copying) as into:
                into.write(rows)
        for name, last in _sequences(there).items():
            before = self._sequences[name]
            if last != before:
                there.execute("SELECT setval(%s, %s, %s)", (name, before or 1, before is not None))

    def _filled(self, there: psycopg.Connection) -> list[str]:
        """The tables that hold something now."""
        asked = sql.SQL(", ").join(
            sql.SQL("EXISTS (SELECT 1 FROM {})").format(sql.Identifier(each))
            for each in self._tables
        )
        (row,) = there.execute(sql.SQL("SELECT {}").format(asked)).fetchall()
        return [table for table, holds in zip(self._tables, row, strict=True) if holds]


def _shape(there: psycopg.Connection) -> object:
    return there.execute(_SHAPE).fetchone()


def _tables(there: psycopg.Connection) -> list[str]:
    found = there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in found]


def _sequences(there: psycopg.Connection) -> dict[str, int | None]:
    found = there.execute(
        "SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public'"
    )
    return dict(found.fetchall())


def _read(there: psycopg.Connection, table: str) -> bytes:
    copying = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with there.cursor().copy(copying) as rows:
        return b"".join(rows)


def connected(name: str, *, autocommit: bool = False) -> psycopg.Connection:
    """Connects to a database of this name."""
    there = SERVER.set(database=name, drivername="postgresql")
    return psycopg.connect(there.render_as_string(hide_password=False), autocommit=autocommit)


@cache
def _server() -> psycopg.Connection:
    return connected(SERVER.database or "postgres", autocommit=True)


def _tell(statement: sql.SQL, *names: str) -> None:
    try:
        _server().execute(statement.format(*map(sql.Identifier, names)))
    except psycopg.OperationalError:
        _server.cache_clear()
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL does not answer at TEST_DATABASE_URL")
        pytest.skip("PostgreSQL does not answer at TEST_DATABASE_URL")
