"""Work that only one transaction may do at a time."""

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session


def be_alone(transaction: Connection | Session, work: str) -> None:
    """Waits until no other transaction does this work; ours is the only one until it ends.

    On SQLite every transaction that may write is alone already.
    """
    connection = transaction.connection() if isinstance(transaction, Session) else transaction
    if connection.dialect.name == "postgresql":
        name = func.concat("consulta:", func.current_schema(), ":", work)
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))
