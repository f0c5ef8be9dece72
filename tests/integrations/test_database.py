"""Opening the database, its transactions, and its instants."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from integrations.database import Database, open_database
from integrations.tables import ConsentRow, PatientAddressRow, PlanRow


@pytest.mark.parametrize(
    "written",
    ["postgres://u:pw@h:1/d", "postgresql://u:pw@h:1/d", "postgresql+psycopg://u:pw@h:1/d"],
)
def test_postgresql_may_be_written_in_three_ways(written: str) -> None:
    database = open_database(written)
    assert database.engine.url.render_as_string(hide_password=False) == (
        "postgresql+psycopg://u:pw@h:1/d"
    )
    database.close()


@pytest.mark.parametrize(
    "written", ["", "nonsense", "mysql://u:secret@h/d", "sqlite://", "sqlite:///:memory:"]
)
def test_another_address_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL") as refused:
        open_database(written)
    assert "secret" not in str(refused.value)


def test_sqlite_makes_its_folder(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'a' / 'b' / 'consulta.db'}")
    database.migrate()
    assert (tmp_path / "a" / "b" / "consulta.db").is_file()
    database.close()


def test_sqlite_survives_a_power_cut_and_checks_references(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'consulta.db'}")
    with database.read() as session:
        ask = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert ask == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }
    database.close()


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.begin() as session:
            session.add(PlanRow(code="half", names={}, aliases=[]))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as session:
        assert session.get(PlanRow, "half") is None


def test_references_are_kept(database: Database) -> None:
    def orphan() -> None:
        with database.begin() as session:
            session.add(PatientAddressRow(patient_id="nobody", address="+525500000001"))

    with pytest.raises(IntegrityError):
        orphan()


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.begin() as writer:
        writer.add(PlanRow(code="new", names={}, aliases=[]))
        writer.flush()
        with database.read() as reader:
            assert reader.get(PlanRow, "new") is None


def test_on_sqlite_what_was_read_is_still_so_when_it_is_written(tmp_path: Path) -> None:
    """Counting and adding in one transaction loses nothing: the write lock comes first."""
    database = open_database(f"sqlite:///{tmp_path / 'consulta.db'}")
    database.migrate()
    barrier = Barrier(8)

    def add(_: int) -> None:
        barrier.wait(timeout=30)
        with database.begin() as session:
            count = session.scalar(select(func.count()).select_from(PlanRow))
            session.add(PlanRow(code=f"plan-{count}", names={}, aliases=[]))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(8)))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(PlanRow)) == 8
    database.close()


def test_an_instant_comes_back_in_utc(database: Database) -> None:
    written = datetime(2026, 3, 8, 2, 30, 0, 123456, timezone(timedelta(hours=-6)))
    with database.begin() as session:
        session.add(_consent(written))
    with database.read() as session:
        read = session.scalars(select(ConsentRow.at)).one()
        later = select(ConsentRow.id).where(ConsentRow.at >= written)
        assert session.scalar(later) is not None
    assert read == written
    assert read.tzinfo is UTC


def test_an_instant_without_offset_is_refused(database: Database) -> None:
    def naive() -> None:
        with database.begin() as session:
            session.add(_consent(datetime(2026, 3, 8, 2, 30)))  # noqa: DTZ001

    with pytest.raises(Exception, match="needs its offset"):
        naive()


def test_an_error_of_the_database_tells_no_values(database: Database) -> None:
    def twice() -> None:
        for _ in range(2):
            with database.begin() as session:
                session.add(PlanRow(code="x", names={"es": "Ana Torres"}, aliases=[]))

    with pytest.raises(IntegrityError) as error:
        twice()
    assert "Ana" not in str(error.value)


def _consent(at: datetime) -> ConsentRow:
    return ConsentRow(
        address="+525500000001", purpose="messages", given=True, channel="sms", words="", at=at
    )
