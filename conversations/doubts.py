"""Messages of which nobody knows whether their provider took them. Each method is a transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from conversations.handoffs import open_handoff
from conversations.model import Delivery
from conversations.outbox import FORGOTTEN, MAX_ATTEMPTS, Claimed, change, claimed
from conversations.tables import MessageRow
from integrations.database import Database

_IN_DOUBT = (MessageRow.state == Delivery.SENDING, MessageRow.uncertain.is_(True))


class Doubts:
    """What was being sent when a worker died or a provider did not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def raise_for(self, claimed_before: datetime, now: datetime) -> None:
        """A worker that has held a message for so long has died."""
        with self._database.begin() as session:
            session.execute(
                update(MessageRow)
                .where(
                    MessageRow.state == Delivery.SENDING,
                    MessageRow.uncertain.is_(False),
                    MessageRow.claimed_at < claimed_before,
                )
                .values(uncertain=True, error_code="unconfirmed", next_attempt_at=now)
            )

    def due(self, now: datetime, limit: int) -> Sequence[Claimed]:
        """What the provider is to be asked for now."""
        query = select(MessageRow).where(*_IN_DOUBT, MessageRow.next_attempt_at <= now)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(MessageRow.next_attempt_at).limit(limit))
            return [claimed(row) for row in rows]

    def taken(self, doubtful: Claimed) -> frozenset[str]:
        """Under which ids the provider is known to have other messages to the address."""
        query = select(MessageRow.provider_id).where(
            MessageRow.address == doubtful.address,
            MessageRow.id != doubtful.id,
            MessageRow.direction == "out",
            MessageRow.provider_id.is_not(None),
        )
        with self._database.read() as session:
            return frozenset(str(each) for each in session.scalars(query))

    def look_again(self, doubtful: Claimed, at: datetime) -> None:
        """The provider could not yet say."""
        with self._database.begin() as session:
            change(session, doubtful.id, *_unchanged(doubtful), next_attempt_at=at)

    def send_again(self, doubtful: Claimed, now: datetime) -> None:
        """The provider surely has it not; it fails when that was its last attempt."""
        with self._database.begin() as session:
            last = doubtful.attempts >= MAX_ATTEMPTS
            changed = change(
                session,
                doubtful.id,
                *_unchanged(doubtful),
                state=Delivery.FAILED if last else Delivery.QUEUED,
                uncertain=False,
                next_attempt_at=None if last else now,
                **({"unmasked": FORGOTTEN} if last else {}),
            )
            if last and changed:
                open_handoff(session, doubtful.conversation_id, "alert", "delivery", now)

    def give_up(self, claimed_before: datetime, now: datetime) -> None:
        """What nobody has told of counts as failed; a receipt that still comes is believed."""
        with self._database.begin() as session:
            rows = session.scalars(
                select(MessageRow)
                .where(*_IN_DOUBT, MessageRow.claimed_at < claimed_before)
                .with_for_update()
            )
            for row in rows.all():
                row.state, row.next_attempt_at = Delivery.FAILED, None
                open_handoff(session, row.conversation_id, "alert", "delivery", now)


def _unchanged(doubtful: Claimed) -> tuple[ColumnElement[bool], ...]:
    """That nothing has become of the message since it was looked at."""
    return (*_IN_DOUBT, MessageRow.attempts == doubtful.attempts)
