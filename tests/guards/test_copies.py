"""A database of PostgreSQL that one test leaves is as new for the next one, or not used again."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from conversations.model import Inbound
from conversations.store import ConversationStore
from integrations.database import open_database
from integrations.patients import open_patients
from tests import databases, postgresql
from tests.conftest import NOW


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[postgresql.Copy]:
    with databases.fresh("postgresql", tmp_path):  # so that there is an original
        made = postgresql.Copy(databases._original_database(databases.migrated))
    yield made
    postgresql.drop(made.name)


def _told(address: str) -> list[int]:
    """The numbers of a patient's messages, after one more."""
    database = open_database(address)
    inbound = Inbound("sms", "SM1", "+525500000001", "+525550000100", "Hola", NOW)
    ConversationStore(database).receive(inbound, open_patients(database))
    with database.read() as session:
        numbers = list(session.scalars(text("SELECT number FROM messages")))
    database.close()
    return numbers


def test_what_was_written_is_gone_and_numbers_begin_anew(copy: postgresql.Copy) -> None:
    first = _told(copy.address)
    assert len(first) == 1
    assert copy.restore()
    assert _told(copy.address) == first


def test_who_is_still_connected_is_disconnected(copy: postgresql.Copy) -> None:
    with postgresql.connected(copy.name) as other:
        other.execute("LOCK TABLE messages")
        assert copy.restore()
        with pytest.raises(psycopg.OperationalError):
            other.execute("SELECT 1")


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER {trigger} ON messages",
        "ALTER TABLE messages DISABLE TRIGGER {trigger}",
        "ALTER TABLE messages ADD COLUMN more integer",
        "CREATE TABLE more (id integer)",
    ],
)
def test_a_copy_with_another_shape_is_not_used_again(copy: postgresql.Copy, change: str) -> None:
    database = open_database(copy.address)
    named = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'messages'::regclass AND NOT tgisinternal"
    )
    with database.begin() as session:
        trigger = session.scalars(text(named)).first()
        session.execute(text(change.format(trigger=trigger)))
    database.close()
    assert not copy.restore()
