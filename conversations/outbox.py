"""The rows of the outbox. Each method is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session, aliased

from clinic.languages import Language
from conversations.handoffs import open_handoff
from conversations.model import Delivery, Outbound, Receipt
from conversations.rows import choices_of
from conversations.tables import MessageRow
from integrations.database import Database

MAX_ATTEMPTS = 6
FIRST_WAIT = timedelta(seconds=5)

_RANK: Final = {
    Delivery.QUEUED: 0,
    Delivery.SENDING: 0,
    Delivery.ACCEPTED: 1,
    Delivery.SENT: 2,
    Delivery.FAILED: 3,
    Delivery.UNDELIVERED: 3,
    Delivery.WITHHELD: 3,
    Delivery.DELIVERED: 4,
    Delivery.READ: 5,
    Delivery.SPOKEN: 6,
}
"""A receipt changes a message only towards a higher rank, so that their order does not matter."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """An outbound message in the hands of a worker."""

    id: str
    author: str
    address: str
    at: datetime
    outbound: Outbound


class Outbox:
    """Outbound messages on their way."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime, conversation_id: str | None, limit: int) -> Sequence[Claimed]:
        """Of every conversation the first message that is to go out, if it is due, oldest first."""
        earlier = aliased(MessageRow)
        held = exists().where(
            earlier.conversation_id == MessageRow.conversation_id,
            earlier.direction == "out",
            earlier.number < MessageRow.number,
            or_(
                and_(earlier.state == Delivery.QUEUED, earlier.next_attempt_at.is_not(None)),
                and_(earlier.state == Delivery.SENDING, earlier.uncertain.is_(False)),
            ),
        )
        query = select(MessageRow).where(
            MessageRow.direction == "out",
            MessageRow.state == Delivery.QUEUED,
            MessageRow.next_attempt_at <= now,
            ~held,
        )
        if conversation_id is not None:
            query = query.where(MessageRow.conversation_id == conversation_id)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(MessageRow.number).limit(limit))
            return [_claimed(row) for row in rows]

    def claim(self, message_id: str, now: datetime) -> bool:
        """Takes a queued message for sending; False when another worker has it."""
        return self._change(
            message_id,
            MessageRow.state == Delivery.QUEUED,
            MessageRow.next_attempt_at.is_not(None),
            state=Delivery.SENDING,
            claimed_at=now,
            next_attempt_at=None,
            attempts=MessageRow.attempts + 1,
        )

    def accept(self, message_id: str, provider_id: str) -> None:
        """The provider has it. A receipt may have come before and told more."""
        self._change(message_id, MessageRow.provider_id.is_(None), provider_id=provider_id)
        self._change(
            message_id,
            MessageRow.state == Delivery.SENDING,
            state=Delivery.ACCEPTED,
            uncertain=False,
            error_code=None,
        )

    def retry(self, message_id: str, code: str, now: datetime) -> bool:
        """Queues it again for later; False when that was its last attempt."""
        with self._database.begin() as session:
            row = _row(session, message_id)
            if row.state != Delivery.SENDING:
                return True  # a receipt has come: the provider has it after all
            if row.attempts >= MAX_ATTEMPTS:
                return False
            row.state, row.error_code = Delivery.QUEUED, code
            row.next_attempt_at = now + FIRST_WAIT * 2 ** (row.attempts - 1)
            return True

    def withhold(self, message_id: str, code: str) -> None:
        """It was not sent: the address wants nothing more."""
        sending = MessageRow.state == Delivery.SENDING
        self._change(message_id, sending, state=Delivery.WITHHELD, error_code=code)

    def mark_uncertain(self, message_id: str, code: str) -> None:
        """Whether the provider took it is not known."""
        self._change(
            message_id, MessageRow.state == Delivery.SENDING, uncertain=True, error_code=code
        )

    def fail(self, message_id: str, code: str, now: datetime, *, alert: bool) -> None:
        """It was not sent; `alert` tells the staff, where the fault is ours."""
        with self._database.begin() as session:
            row = _row(session, message_id)
            if row.state != Delivery.SENDING:
                return
            row.state, row.error_code = Delivery.FAILED, code
            if alert:
                open_handoff(session, row.conversation_id, "alert", "delivery", now)

    def doubt(self, claimed_before: datetime) -> None:
        """A worker that has held a message for so long has died."""
        with self._database.begin() as session:
            session.execute(
                update(MessageRow)
                .where(
                    MessageRow.state == Delivery.SENDING,
                    MessageRow.uncertain.is_(False),
                    MessageRow.claimed_at < claimed_before,
                )
                .values(uncertain=True, error_code="unconfirmed")
            )

    def give_up(self, claimed_before: datetime, now: datetime) -> None:
        """What no receipt has told of counts as failed; one that still comes is believed."""
        with self._database.begin() as session:
            rows = session.scalars(
                select(MessageRow)
                .where(
                    MessageRow.state == Delivery.SENDING,
                    MessageRow.uncertain.is_(True),
                    MessageRow.claimed_at < claimed_before,
                )
                .with_for_update()
            )
            for row in rows.all():
                row.state = Delivery.FAILED
                open_handoff(session, row.conversation_id, "alert", "delivery", now)

    def apply(self, receipt: Receipt) -> Claimed | None:
        """Keeps a receipt; the message it is about, or None."""
        with self._database.begin() as session:
            row = _meant_by(session, receipt)
            if row is None:
                return None
            row.provider_id = row.provider_id or receipt.provider_id
            known = 0 if row.uncertain else _RANK[Delivery(row.state)]
            if _RANK[receipt.state] > known:
                row.state = Delivery.WITHHELD if receipt.opted_out else receipt.state
                row.error_code = receipt.error_code
                row.uncertain, row.next_attempt_at = False, None
            return _claimed(row)

    def _change(self, message_id: str, *conditions: ColumnElement[bool], **values: object) -> bool:
        changing = update(MessageRow).where(MessageRow.id == message_id, *conditions)
        with self._database.begin() as session:
            result = session.execute(changing.values(**values))
            return cast("CursorResult[object]", result).rowcount == 1


def _meant_by(session: Session, receipt: Receipt) -> MessageRow | None:
    """Our own id, where the callback carries it, else the provider's."""
    query = select(MessageRow).where(MessageRow.direction == "out").with_for_update()
    if receipt.message_id is not None:
        return session.scalars(query.where(MessageRow.id == receipt.message_id)).first()
    return session.scalars(query.where(MessageRow.provider_id == receipt.provider_id)).first()


def _row(session: Session, message_id: str) -> MessageRow:
    return session.scalars(
        select(MessageRow).where(MessageRow.id == message_id).with_for_update()
    ).one()


def _claimed(row: MessageRow) -> Claimed:
    return Claimed(
        id=row.id,
        author=row.author,
        address=row.address,
        at=row.at,
        outbound=Outbound(
            id=row.id,
            channel=row.channel,
            to=row.reply_to,
            sender=row.recipient,
            text=row.text,
            language=cast("Language", row.language or "es"),
            choices=choices_of(row.choices),
        ),
    )
