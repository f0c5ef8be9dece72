"""Opens the database and hands out transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from integrations.database.migrating import upgrade

_BUSY_SECONDS = 30
_BEGIN = "consulta_begin"


class Database:
    """The tables of every room, and the only way to them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reader = engine.execution_options(**{_BEGIN: "BEGIN DEFERRED"})

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One transaction that may write, committed at the end, rolled back by any exception.

        On SQLite it takes the write lock at once, so that what was read is still so when it
        writes; others wait up to 30 s for it.
        """
        with Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One transaction that only reads; on SQLite it never waits for a writer."""
        with Session(self._reader) as session, session.begin():
            yield session

    def migrate(self) -> None:
        """Brings the tables to the newest form; safe while other processes do the same."""
        upgrade(self.engine)

    def close(self) -> None:
        """Gives back every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Opens ``sqlite:///path`` or a PostgreSQL address; creates nothing but SQLite's folder.

    PostgreSQL may be written postgres://, postgresql:// or postgresql+psycopg://.
    Raises ValueError for anything else; the text never repeats the address, which may hold a
    password.
    """
    address = _read_address(url)
    if address.get_backend_name() == "sqlite":
        return Database(_sqlite_engine(address))
    return Database(
        create_engine(
            address, pool_size=10, max_overflow=10, pool_pre_ping=True, hide_parameters=True
        )
    )


def _read_address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise ValueError("DATABASE_URL is not a database address") from None
    if address.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise ValueError("DATABASE_URL must be PostgreSQL or SQLite")
    if address.database in {None, "", ":memory:"}:
        raise ValueError("DATABASE_URL must name a file: SQLite in memory cannot be shared")
    return address


def _sqlite_engine(address: URL) -> Engine:
    Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        address,
        connect_args={"timeout": _BUSY_SECONDS},
        pool_size=10,
        max_overflow=10,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_connection(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    """WAL lets readers read while one writes; FULL keeps a commit through a power cut."""
    connection.isolation_level = None  # transactions are begun below, not guessed by the driver
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get(_BEGIN, "BEGIN IMMEDIATE")
    connection.exec_driver_sql(begin)
