"""What a turn reads and writes; each method is one transaction, closed before others answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import exists, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from clinic.languages import Language
from conversations.handoffs import close_handoffs, open_handoff
from conversations.keys import is_idle
from conversations.model import ConversationState, Delivery, Reception, Utterance
from conversations.outgoing import Post, add_outbound
from conversations.tables import ConversationRow, MessageRow
from conversations.turn import Outcome, Waiting, waiting_of
from integrations.database import Database

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(seconds=60)


class TurnRecords:
    """The records of turns."""

    def __init__(self, database: Database, immediate: frozenset[str]) -> None:
        self._database = database
        self._immediate = immediate

    def waiting(self, conversation_id: str) -> Sequence[Waiting]:
        """The messages of a conversation that wait for their answer, oldest first."""
        with self._database.read() as session:
            rows = session.scalars(
                select(MessageRow)
                .where(
                    MessageRow.conversation_id == conversation_id,
                    MessageRow.direction == "in",
                    MessageRow.state == Reception.WAITING,
                )
                .order_by(MessageRow.number)
            )
            return [waiting_of(row) for row in rows]

    def conversations_due(self, now: datetime) -> Sequence[str]:
        """The conversations in which a message is due for its answer."""
        with self._database.read() as session:
            rows = session.execute(
                select(MessageRow.conversation_id, MessageRow.number)
                .where(
                    MessageRow.next_attempt_at <= now,
                    MessageRow.state == Reception.WAITING,
                )
                .order_by(MessageRow.number)
            )
            return list(dict.fromkeys(row.conversation_id for row in rows))

    def newest_waiting(self, conversation_id: str) -> int:
        """The number of the last message that waits; -1 for none."""
        with self._database.read() as session:
            newest = session.scalar(
                select(func.max(MessageRow.number)).where(
                    MessageRow.conversation_id == conversation_id,
                    MessageRow.direction == "in",
                    MessageRow.state == Reception.WAITING,
                )
            )
            return -1 if newest is None else newest

    def notice_language(self, waiting: Waiting, detected: Language) -> Language:
        """Keeps the language of a message; the second of another language in a row switches.

        Returns the conversation's language.
        """
        with self._database.begin() as session:
            row = _message(session, waiting.id)
            row.language = detected
            before = session.scalar(
                select(MessageRow.language)
                .where(
                    MessageRow.conversation_id == row.conversation_id,
                    MessageRow.direction == "in",
                    MessageRow.number < row.number,
                    MessageRow.language.is_not(None),
                )
                .order_by(MessageRow.number.desc())
                .limit(1)
            )
            conversation = _conversation(session, row.conversation_id)
            if before == detected:
                conversation.language = detected
            return cast("Language", conversation.language)

    def record(self, waiting: Waiting, outcome: Outcome, at: datetime) -> bool:
        """Marks the message answered and queues what is said, all of it or nothing.

        False when another worker has done so before: then nothing is added.
        """
        with self._database.begin() as session:
            conversation = _conversation(session, waiting.message.conversation_id)
            if not self._close(session, waiting, outcome):
                return False
            if outcome.by_engine:
                conversation.flow = outcome.flow
                conversation.turns += 1
                if conversation.outage_told_at is not None:
                    conversation.outage_told_at = None
                    close_handoffs(session, conversation.id, at, "engine_down")
            if outcome.silences:
                _withhold(session, waiting)
            self._add(session, conversation, waiting, outcome, at)
            return True

    def _close(self, session: Session, waiting: Waiting, outcome: Outcome) -> bool:
        read = outcome.understanding
        closing = (
            update(MessageRow)
            .where(MessageRow.id == waiting.id, MessageRow.state == Reception.WAITING)
            .values(
                state=outcome.state,
                meant=outcome.meant,
                next_attempt_at=None,
                intent=read.intent if read else None,
                confidence=read.confidence if read else None,
                ranking=[list(pair) for pair in read.ranking] if read else [],
                model=outcome.model,
            )
        )
        return cast("CursorResult[object]", session.execute(closing)).rowcount == 1

    def _add(
        self,
        session: Session,
        conversation: ConversationRow,
        waiting: Waiting,
        outcome: Outcome,
        at: datetime,
    ) -> None:
        post = self._post(waiting)
        for utterance in outcome.utterances:
            add_outbound(
                session, conversation, post, utterance.text, outcome.author, at, utterance.choices
            )
        if outcome.utterances:
            conversation.last_at = max(conversation.last_at, at)
        for kind, reason in outcome.raised:
            open_handoff(session, conversation.id, kind, reason, at)

    def _post(self, waiting: Waiting) -> Post:
        message = waiting.message
        return Post(
            message.channel,
            waiting.reply_to,
            waiting.recipient,
            message.address,
            in_reply_to=message.id,
            call_id=waiting.call_id,
            in_call=message.channel in self._immediate,
        )

    def postpone(self, waiting: Waiting, words: Utterance, at: datetime, *, failed: bool) -> None:
        """The message waits for the engine; once an outage the patient and the staff are told.

        failed: the engine answered with an error, which counts towards giving up.
        """
        with self._database.begin() as session:
            conversation = _conversation(session, waiting.message.conversation_id)
            row = _message(session, waiting.id)
            if row.state != Reception.WAITING:
                return
            wait = min(FIRST_WAIT * 2 ** min(row.attempts, 10), LONGEST_WAIT)
            row.attempts += 1
            row.failures += failed
            row.next_attempt_at = at + wait
            if conversation.outage_told_at is None:
                conversation.outage_told_at = at
                raised = (("alert", "engine_down"),)
                told = Outcome(utterances=(words,), raised=raised)
                self._add(session, conversation, waiting, told, at)

    def close_idle(self, now: datetime) -> None:
        """Ends the talks that nobody goes on with and nobody waits in."""
        waits = exists().where(
            MessageRow.conversation_id == ConversationRow.id,
            MessageRow.direction == "in",
            MessageRow.state == Reception.WAITING,
        )
        with self._database.begin() as session:
            rows = session.scalars(
                select(ConversationRow)
                .where(ConversationRow.state == ConversationState.BOT, ~waits)
                .with_for_update()
            )
            for row in rows:
                if is_idle(row, now):
                    row.state, row.closed_at = ConversationState.CLOSED, now


def _withhold(session: Session, stop: Waiting) -> None:
    """After a STOP: what still waits to be sent to the address, or to be answered, stays unsaid."""
    address = MessageRow.address == stop.message.address
    session.execute(
        update(MessageRow)
        .where(
            address,
            MessageRow.direction == "out",
            MessageRow.state == Delivery.QUEUED,
            MessageRow.next_attempt_at.is_not(None),
        )
        .values(state=Delivery.WITHHELD, next_attempt_at=None)
    )
    session.execute(
        update(MessageRow)
        .where(
            address,  # and the same talk: hidden callers share what stands for a number
            MessageRow.conversation_id == stop.message.conversation_id,
            MessageRow.direction == "in",
            MessageRow.state == Reception.WAITING,
            MessageRow.number < stop.number,
        )
        .values(state=Reception.OVERTAKEN, next_attempt_at=None)
    )


def _conversation(session: Session, conversation_id: str) -> ConversationRow:
    return session.scalars(
        select(ConversationRow).where(ConversationRow.id == conversation_id).with_for_update()
    ).one()


def _message(session: Session, message_id: str) -> MessageRow:
    return session.scalars(
        select(MessageRow).where(MessageRow.id == message_id).with_for_update()
    ).one()
