"""What did not arrive and nobody has seen to yet: shown, said again, struck out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import ColumnElement, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from conversations.again import can_be_texted, say_again, texting, the_same_way
from conversations.handoffs import close_handoffs
from conversations.model import Choice, Delivery, Message
from conversations.outgoing import Post, post_to
from conversations.rows import choices_of, message_of
from conversations.tables import ConversationRow, MessageRow
from integrations.database import Database

LATELY: Final = timedelta(days=14)

Refusal = Literal["stopped", "changed", "no_way", "gone"]


@dataclass(frozen=True, slots=True)
class Lost:
    """A message that did not arrive. refusal: why it cannot be said again, None where it can."""

    message: Message
    refusal: Refusal | None


class Undelivered:
    """Messages that failed, were not delivered or were withheld. Each method is a transaction.

    What follows by itself (`conversations.again`) is not here; that is, if it does not arrive.
    may_text: whether an address has not stopped us. still_true: whether what outreach said with
    those choices then may be said now.
    """

    def __init__(
        self,
        database: Database,
        may_text: Callable[[str], bool],
        still_true: Callable[[Iterable[Choice], datetime, datetime], bool],
    ) -> None:
        self._database = database
        self._may_text = may_text
        self._still_true = still_true

    def count(self, now: datetime) -> int:
        """How many there are."""
        query = select(func.count()).select_from(MessageRow).where(*_lost(now))
        with self._database.read() as session:
            return session.scalar(query) or 0

    def lately(self, now: datetime, limit: int) -> Sequence[Lost]:
        """The newest first."""
        query = select(MessageRow).where(*_lost(now))
        with self._database.read() as session:
            rows = session.scalars(
                query.order_by(MessageRow.at.desc(), MessageRow.number.desc()).limit(limit)
            ).all()
            return [Lost(message_of(row), self._refusal(session, row, now)) for row in rows]

    def send_again(self, message_id: str, now: datetime) -> Refusal | None:
        """Queues it once more, by a way that may work; else why not."""
        with self._database.begin() as session:
            row = _found(session, message_id, now)
            if row is None:
                return "gone"
            refusal = self._refusal(session, row, now)
            way = _way(session, row)
            if refusal is not None or way is None:
                return refusal
            say_again(session, row, way, f"resend:{row.id}", now, now)
            close_handoffs(session, row.conversation_id, now, reason="delivery")
            return None

    def see_to(self, message_id: str, user: str, now: datetime) -> bool:
        """A person has seen to it; False where that was done before."""
        with self._database.begin() as session:
            row = _found(session, message_id, now)
            if row is None:
                return False
            row.seen_to_at, row.seen_to_by = now, user
            close_handoffs(session, row.conversation_id, now, reason="delivery")
            return True

    def _refusal(self, session: Session, row: MessageRow, now: datetime) -> Refusal | None:
        way = _way(session, row)
        if not self._may_text((way or the_same_way(row)).address):
            return "stopped"
        if row.unmasked is not None:
            return "changed"
        begun = row.author == "outreach"
        if begun and not self._still_true(choices_of(row.choices), row.at, now):
            return "changed"
        return "no_way" if way is None else None


def _lost(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The states stand here as in the index that leads to them, and not as parameters, through
    which SQLite does not see."""
    follower = aliased(MessageRow)
    states = (Delivery.FAILED, Delivery.UNDELIVERED, Delivery.WITHHELD)
    return (
        MessageRow.state.in_([literal_column(f"'{each.value}'") for each in states]),
        MessageRow.seen_to_at.is_(None),
        MessageRow.at >= now - LATELY,
        or_(MessageRow.error_code.is_(None), MessageRow.error_code != "arrived"),
        ~exists().where(follower.instead_of == MessageRow.id),
    )


def _found(session: Session, message_id: str, now: datetime) -> MessageRow | None:
    query = select(MessageRow).where(MessageRow.id == message_id, *_lost(now))
    return session.scalars(query.with_for_update()).first()


def _way(session: Session, row: MessageRow) -> Post | None:
    """By which it may arrive: as before, unless that cannot be; then where the patient writes."""
    if row.elsewhere is None:
        return the_same_way(row)
    conversation = session.scalars(
        select(ConversationRow).where(ConversationRow.id == row.conversation_id)
    ).one()
    last = post_to(session, conversation)
    if last.channel != row.channel:
        return last
    return texting(row) if can_be_texted(row) else None
