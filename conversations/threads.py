"""A thread read a page at a time: only the messages that are shown are ever loaded."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conversations.answering import NewsCame, NotYours
from conversations.handoffs import close_handoffs
from conversations.model import ConversationState, Message
from conversations.rows import message_of
from conversations.tables import ConversationRow, MessageRow, ThreadRow
from integrations.database import Database

PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as the pages know it. last: the number of its last message, 0 where there is none.

    talk_id: the conversation where something was said last, "" for none.
    """

    id: str
    patient_id: str | None
    address: str | None
    state: str
    taken_by: str | None
    talk_id: str
    last: int
    heard: int


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Some messages, oldest first. earlier, later: whether there are more on either side.

    since: when the last message before them was said; None where they are the first.
    """

    messages: Sequence[Message]
    earlier: bool
    later: bool
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of a thread, by the ids of messages: the newest where none is named."""

    before: str = ""
    after: str = ""
    around: str = ""


class Threads:
    """The threads of an instance."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_patient(self, patient_id: str) -> Thread:
        """The patient's; made where nothing was said yet, so that staff may write of them."""
        found = self._find(ThreadRow.patient_id == patient_id)
        if found is None:
            # It fails where a message has come in between, which makes it too.
            with suppress(IntegrityError), self._database.begin() as session:
                session.add(ThreadRow(id=uuid4().hex, patient_id=patient_id))
            found = self._find(ThreadRow.patient_id == patient_id)
        if found is None:
            raise LookupError("a thread that was made is there")
        return found

    def of_conversation(self, conversation_id: str) -> Thread | None:
        """That to which the conversation belongs; None for one that was erased."""
        theirs = select(ConversationRow.thread_id).where(ConversationRow.id == conversation_id)
        return self._find(ThreadRow.id == theirs.scalar_subquery())

    def by_id(self, thread_id: str) -> Thread | None:
        """The thread, if there is one."""
        return self._find(ThreadRow.id == thread_id)

    def _find(self, condition: ColumnElement[bool]) -> Thread | None:
        with self._database.read() as session:
            row = session.scalar(select(ThreadRow).where(condition))
            return None if row is None else _thread(row)

    def page(self, thread_id: str, place: Place, size: int = PAGE) -> ThreadPage:
        """The messages there; a place that is none is the newest page."""
        with self._database.read() as session:
            if at := _number(session, place.around):
                numbers, earlier, later = _around(session, thread_id, at, size)
            elif at := _number(session, place.after):
                numbers, later = _some(session, _after(thread_id, at), size)
                earlier = True
            else:
                at = _number(session, place.before)
                numbers, earlier = _some(session, _before(thread_id, at), size)
                later = at is not None
            rows = session.scalars(select(MessageRow).where(MessageRow.number.in_(numbers)))
            ordered = sorted(rows, key=lambda row: (row.at, row.number))
            since = _said_before(session, thread_id, min(numbers)) if earlier and numbers else None
            return ThreadPage([message_of(row) for row in ordered], earlier, later, since)

    def finish(self, thread_id: str, seen: int, user: str, at: datetime) -> None:
        """The staff are done with it until more is said: who waited is waited on no more.

        seen: the number of the last message that they saw. Raises NewsCame where something was
        said since, NotYours where a colleague leads it; then nothing was changed.
        """
        led = (ConversationState.WAITING, ConversationState.PERSON)
        talks = (
            select(ConversationRow)
            .where(ConversationRow.thread_id == thread_id, ConversationRow.state.in_(led))
            .order_by(ConversationRow.id)
            .with_for_update()
        )
        with self._database.begin() as session:
            for row in session.scalars(talks).all():
                if row.taken_by not in {None, user}:
                    raise NotYours(row.taken_by)
                row.state, row.taken_by = ConversationState.BOT, None
                close_handoffs(session, row.id, at)
            session.flush()
            thread = session.get_one(ThreadRow, thread_id, with_for_update=True)
            if thread.last_number != seen:
                raise NewsCame(_since(session, thread_id, seen))
            thread.done_number = seen

    def all(self, thread_id: str, size: int = 500) -> Iterator[Message]:
        """Every message, oldest first, as many at once as a page holds."""
        at = 0
        while True:
            with self._database.read() as session:
                numbers, more = _some(session, _after(thread_id, at), size)
                rows = session.scalars(
                    select(MessageRow)
                    .where(MessageRow.number.in_(numbers))
                    .order_by(MessageRow.number)
                )
                found = [message_of(row) for row in rows]
            yield from found
            if not more:
                return
            at = numbers[-1]


def _said_before(session: Session, thread_id: str, number: int) -> datetime | None:
    before = _before(thread_id, number).limit(1).scalar_subquery()
    return session.scalar(select(MessageRow.at).where(MessageRow.number == before))


def _since(session: Session, thread_id: str, seen: int) -> int:
    return len(session.scalars(_after(thread_id, seen)).all())


def _number(session: Session, message_id: str) -> int | None:
    if not message_id:
        return None
    return session.scalar(select(MessageRow.number).where(MessageRow.id == message_id))


_order: Final = MessageRow.number + 0
"""No column, so that the thread's own messages are sorted and not all messages gone through."""


def _of(thread_id: str) -> Select[int]:
    talks = select(ConversationRow.id).where(ConversationRow.thread_id == thread_id)
    return select(MessageRow.number).where(MessageRow.conversation_id.in_(talks))


def _before(thread_id: str, at: int | None) -> Select[int]:
    query = _of(thread_id).order_by(_order.desc())
    return query if at is None else query.where(_order < at)


def _after(thread_id: str, at: int) -> Select[int]:
    return _of(thread_id).where(_order > at).order_by(_order)


def _some(session: Session, query: Select[int], size: int) -> tuple[Sequence[int], bool]:
    found = session.scalars(query.limit(size + 1)).all()
    return found[:size], len(found) > size


def _around(
    session: Session, thread_id: str, at: int, size: int
) -> tuple[Sequence[int], bool, bool]:
    older, earlier = _some(session, _before(thread_id, at + 1), size // 2)
    newer, later = _some(session, _after(thread_id, at), size // 2)
    return [*older, *newer], earlier, later


def _thread(row: ThreadRow) -> Thread:
    return Thread(
        row.id,
        row.patient_id,
        row.address,
        row.state,
        row.taken_by,
        row.talk_id,
        row.last_number,
        row.heard_number,
    )
