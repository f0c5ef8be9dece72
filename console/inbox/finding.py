"""Finding messages by the words that were said, in the index of either database, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import Session

from console.access import scope
from console.inbox.planning import is_postgresql, plan
from console.inbox.words import Wanted, for_postgresql, for_sqlite
from console.needs import Needs
from conversations.tables import ConversationRow, MessageRow, ThreadRow
from integrations.database import threads
from integrations.tables import PatientRow

PAGE: Final = 25
_FEW: Final = 2000
"""So many messages with a word are still few."""
_SLACK: Final = timedelta(days=1)
_WORDS: Final = table(threads.WORDS, column("rowid"), column("number"), column("words"))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Where to look: on one channel ("" is all), from one instant to another, before a message."""

    channel: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A message. name: "" where nobody is known."""

    message: MessageRow
    thread: ThreadRow
    name: str


def find(
    needs: Needs, wanted: Wanted, narrowed: Narrowed, size: int = PAGE
) -> tuple[Sequence[Found], bool]:
    """The newest messages with the words, and whether there are more."""
    with needs.database.read() as session:
        query = _query(session, wanted, narrowed).limit(size + 1)
        rows = session.execute(query).all()
        found = [Found(message, thread, name or "") for message, thread, name in map(tuple, rows)]
        session.expunge_all()
    return found[:size], len(found) > size


def _query(session: Session, wanted: Wanted, narrowed: Narrowed) -> Select[*tuple[Any, ...]]:
    number, having = _index(session, wanted)
    query = (
        select(MessageRow, ThreadRow, PatientRow.name)
        .select_from(_WORDS)
        .join(MessageRow, MessageRow.number == number)
        .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
        .join(ThreadRow, ThreadRow.id == ConversationRow.thread_id)
        .outerjoin(PatientRow, PatientRow.id == ThreadRow.patient_id)
        .where(having)
        .order_by(number.desc())
    )
    if (seen := scope.seen(ThreadRow.patient_id)) is not None:
        query = query.where(seen)
    if narrowed.channel:
        query = query.where(MessageRow.channel == narrowed.channel)
    if narrowed.since is not None:
        query = query.where(MessageRow.at >= narrowed.since)
        if low := _heard(session, MessageRow.at < narrowed.since - _SLACK, MessageRow.at.desc()):
            query = query.where(number > low)
    if narrowed.until is not None:
        query = query.where(MessageRow.at < narrowed.until)
        if high := _heard(session, MessageRow.at >= narrowed.until + _SLACK, MessageRow.at.asc()):
            query = query.where(number < high)
    if narrowed.before is not None:
        query = query.where(number < narrowed.before)
    return query


def _heard(
    session: Session, when: ColumnElement[bool], order: ColumnElement[datetime]
) -> int | None:
    """The number of the message next to a time, so that the index is read from there.

    Messages are numbered as they come, so but for a little their numbers follow their times.
    """
    query = select(MessageRow.number).where(MessageRow.direction == "in", when)
    return session.scalar(query.order_by(order).limit(1))


def _index(session: Session, wanted: Wanted) -> tuple[ColumnElement[int], ColumnElement[bool]]:
    """The number of the message in the index, and the condition that it has the words."""
    if is_postgresql(session):
        return _WORDS.c.number, _in_postgresql(session, wanted)
    return _WORDS.c.rowid, literal_column(threads.WORDS).op("MATCH")(for_sqlite(wanted))


def _in_postgresql(session: Session, wanted: Wanted) -> ColumnElement[bool]:
    """Rare words by their list of messages, common ones by looking back from the newest.

    PostgreSQL guesses badly which of the two is shorter: a beginning counts as common to it, and
    then it reads everything in vain. So it is told.
    """
    held = _WORDS.c.words.op("@@")(cast(for_postgresql(wanted), TSQUERY))
    plan(session, enable_seqscan=False, enable_indexscan=False, enable_bitmapscan=True)
    few = session.scalars(select(_WORDS.c.number).where(held).limit(_FEW + 1)).all()
    if len(few) <= _FEW:
        plan(session, enable_seqscan=True, enable_indexscan=True)
        return _WORDS.c.number == func.any(cast(few, ARRAY(BigInteger)))
    plan(session, enable_seqscan=True, enable_indexscan=True, enable_bitmapscan=False)
    return held
