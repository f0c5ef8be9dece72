"""What a call asks of the records: what is said to a message, and whether it is ready."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conversations.model import Delivery, Message, Reception, Utterance
from conversations.rows import choices_of, message_of
from conversations.tables import MessageRow
from integrations.database import Database

_UNHEARD = (Delivery.QUEUED, Delivery.FAILED)
UNHEARD_AFTER = timedelta(minutes=5)


class Spoken:
    """The answers of immediate channels. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hear(self, turn_id: str) -> tuple[Utterance, ...]:
        """What is said to a message, noted as spoken: the caller now gets it."""
        with self._database.begin() as session:
            rows = list(
                session.scalars(
                    select(MessageRow)
                    .where(MessageRow.in_reply_to == turn_id, MessageRow.direction == "out")
                    .order_by(MessageRow.number)
                )
            )
            for row in rows:
                if row.next_attempt_at is None and row.state in _UNHEARD:
                    row.state, row.error_code = Delivery.SPOKEN, None
            return tuple(Utterance(row.text, choices_of(row.choices)) for row in rows)

    def state_of(self, message_id: str) -> Reception:
        """What has become of an inbound message."""
        with self._database.read() as session:
            return Reception(_inbound(session, message_id).state)

    def message(self, message_id: str) -> Message:
        """The inbound message with that id. Raises NoResultFound."""
        with self._database.read() as session:
            return message_of(_inbound(session, message_id))

    def known(self, channel: str, provider_id: str) -> Message:
        """The inbound message that the provider repeats. Raises NoResultFound."""
        with self._database.read() as session:
            return message_of(
                session.scalars(
                    select(MessageRow).where(
                        MessageRow.channel == channel,
                        MessageRow.provider_id == provider_id,
                        MessageRow.direction == "in",
                    )
                ).one()
            )

    def fail_unheard(self, now: datetime) -> None:
        """What was never handed to its caller, who has hung up, is not shown as still to come."""
        with self._database.begin() as session:
            session.execute(
                update(MessageRow)
                .where(
                    MessageRow.direction == "out",
                    MessageRow.state == Delivery.QUEUED,
                    MessageRow.next_attempt_at.is_(None),
                    MessageRow.at < now - UNHEARD_AFTER,
                )
                .values(state=Delivery.FAILED, error_code="unheard")
            )


def _inbound(session: Session, message_id: str) -> MessageRow:
    return session.scalars(select(MessageRow).where(MessageRow.id == message_id)).one()
