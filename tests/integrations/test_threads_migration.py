"""What was said before there were threads is in them after the migration."""

from datetime import date

from alembic import command
from sqlalchemy import insert, select, text

from conversations.tables import ConversationRow, HandoffRow, MessageRow, ThreadRow
from integrations.database import Database, open_database
from integrations.database.migrating import configuration
from integrations.tables import PatientRow
from tests.conftest import NOW


def _migrate(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        command.upgrade(configuration(connection), revision)


def _talk(database: Database, name: str, patient: str | None, key: str) -> None:
    """As it stood in the tables of then."""
    address = f"+52{name}"
    shared = {"channel": "sms", "address": address, "reply_to": address, "recipient": "+52"}
    talk = {
        "id": name,
        "key": key,
        "patient_id": patient,
        "identified": False,
        "turns": 1,
        "language": "es",
        "state": "waiting",
        "opened_at": NOW,
        "last_at": NOW,
    }
    said = {
        "id": f"m{name}",
        "conversation_id": name,
        "at": NOW,
        "direction": "in",
        "media": [],
        "text": f"Mañana {name}",
        "choices": [],
        "has_choices": False,
        "ranking": [],
        "state": "answered",
        "author": "patient",
        "attempts": 0,
        "failures": 0,
        "uncertain": False,
        "provider_id": name,
    }
    wait = {"id": f"h{name}", "conversation_id": name, "kind": "handoff", "reason": "wish"}
    with database.begin() as session:
        session.execute(insert(ConversationRow), [{**shared, **talk}])
        session.execute(insert(MessageRow), [{**shared, **said}])
        session.execute(insert(HandoffRow), [{**wait, "opened_at": NOW}])


def test_threads_words_and_names_are_made_of_what_was_there(database_url: str) -> None:
    database = open_database(database_url)
    _migrate(database, "0025_responses")
    with database.begin() as session:
        session.execute(
            text("INSERT INTO patients (id, name, birth_date, language) VALUES (:i, :n, :b, 'es')"),
            {"i": "p1", "n": "Ana de la Peña", "b": date(1988, 3, 14).isoformat()},
        )
    _talk(database, "1", "p1", "patient:p1")
    _talk(database, "2", None, "address:+522")
    _talk(database, "3", "p9", "erased:3")
    _migrate(database, "head")
    with database.read() as session:
        found = {
            (row.patient_id, row.address, row.state, row.last_number, row.waiting_since)
            for row in session.scalars(select(ThreadRow))
        }
        match = (
            "words @@ 'manana'::tsquery"
            if database.engine.dialect.name == "postgresql"
            else "message_words MATCH 'manana'"
        )
        words = session.execute(text(f"SELECT count(*) FROM message_words WHERE {match}")).scalar()
        folded = session.scalar(select(PatientRow.folded))
    database.close()
    assert found == {("p1", None, "waiting", 1, NOW), (None, "+522", "waiting", 2, NOW)}
    assert words == 3
    assert folded == "ana pena"
