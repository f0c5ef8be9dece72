"""What keeps threads and the words of messages true: triggers, in both kinds of database.

A thread's row and the index of words follow every change of a conversation, a message or a handoff
in the same transaction, whoever makes it: a turn, a merge, an erasure (docs/adr/0015).
"""

from typing import Final

from sqlalchemy import Connection

from integrations.database.threads import postgresql, sqlite
from integrations.database.threads.common import filling

WORDS: Final = "message_words"
"""The index of words: by the number of the message, no table of the models."""


def create(connection: Connection) -> None:
    """Makes the index of words and the triggers."""
    _run(connection, *_kind(connection).STATEMENTS)


def forget(connection: Connection) -> None:
    """Words that were said no more leave the index for good, in this transaction.

    FTS5 else only notes that they have gone, until it happens to write that part anew.
    """
    if connection.dialect.name == "sqlite":
        _run(connection, "INSERT INTO message_words (message_words) VALUES ('optimize')")


def fill(connection: Connection) -> None:
    """Makes the threads, and the words, of what was said before there were triggers."""
    kind = _kind(connection)
    _run(connection, *filling(kind.NEW_ID), *kind.FILL)


def _kind(connection: Connection) -> "type[sqlite.Kind | postgresql.Kind]":
    return postgresql.Kind if connection.dialect.name == "postgresql" else sqlite.Kind


def _run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
