"""What was said, kept: the threads, who answers, and what a person must see to."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from clinic.languages import Language
from clinic.ports import Patients
from conversations.arrivals import Detect, add_inbound, conversation_for, is_repeat
from conversations.handoffs import answer_handoffs, close_handoffs, open_handoff, take_handoffs
from conversations.keys import origin_of, origin_of_inbound
from conversations.model import (
    Choice,
    Conversation,
    ConversationState,
    Handoff,
    Inbound,
    Masked,
    Message,
    Template,
)
from conversations.outgoing import Post, add_outbound, post_to
from conversations.rows import conversation_of, handoff_of, keep_template, message_of
from conversations.tables import ConversationRow, HandoffRow, MessageRow
from integrations.database import Database
from understanding.languages import detect_language

_TRIES = 5


class ConversationUnknown(LookupError):
    """No conversation has this id."""


class ConversationStore:
    """Conversations and their messages. Every method is one transaction."""

    def __init__(self, database: Database, detect: Detect = detect_language) -> None:
        self.database = database
        self.detect = detect

    def receive(
        self, inbound: Inbound, patients: Patients, meant: str | None = None
    ) -> Message | None:
        """Stores a message, waiting for its answer; None for a provider's repeat.

        meant: a payload of our own that stands for the message (the greeting of a call).
        """
        origin = origin_of_inbound(inbound, patients)
        for attempt in range(1, _TRIES + 1):
            try:
                with self.database.begin() as session:
                    if is_repeat(session, inbound):
                        return None
                    row = conversation_for(
                        session, origin, inbound.text, inbound.received_at, self.detect
                    )
                    return message_of(add_inbound(session, row, inbound, origin, meant))
            except IntegrityError:  # another worker opened the conversation or has the message
                if attempt == _TRIES:
                    raise
        return None

    def reach(
        self, to: str, channel: str, sender: str, patients: Patients, at: datetime
    ) -> Conversation:
        """The conversation in which the clinic itself writes to `to`; opened where none is.

        to, sender: the patient's and the clinic's address as the provider of `channel` writes them.
        A conversation under way keeps the channel where the patient last spoke.
        """
        origin = origin_of(to, None, patients)
        for attempt in range(1, _TRIES + 1):
            try:
                with self.database.begin() as session:
                    row = conversation_for(session, origin, "", at, self.detect)
                    if not row.channel:
                        row.channel, row.reply_to, row.recipient = channel, to, sender
                    return conversation_of(row)
            except IntegrityError:
                if attempt == _TRIES:
                    raise
        raise ConversationUnknown

    def say(
        self,
        conversation_id: str,
        text: str | Masked,
        *,
        author: str,
        at: datetime,
        choices: Sequence[Choice] = (),
        post: Post | None = None,
        key: str | None = None,
        template: Template | None = None,
    ) -> Message:
        """Queues words of the staff ("staff:<user>") or of outreach ("outreach").

        They go where the patient last wrote, or to `post`; to who only called, by SMS. What was
        said for that `key` before is returned and not said again, whoever else says it now.
        template: what says the same where only approved words may be sent.
        """
        with self.database.begin() as session:
            row = locked(session, conversation_id)
            if key is not None and (said := said_for(session, key)):
                return message_of(said)
            row.last_at = max(row.last_at, at)
            kept = text.kept if isinstance(text, Masked) else text
            message = add_outbound(
                session, row, post or post_to(session, row), kept, author, at, tuple(choices)
            )
            message.key, message.template = key, keep_template(template)
            if author.startswith("staff:"):
                answer_handoffs(session, row.id, at)
            message.unmasked = text.sent if isinstance(text, Masked) else None
            session.flush()
            return message_of(message)

    def said_for(self, key: str) -> Message | None:
        """What was said for the key, if it was."""
        with self.database.read() as session:
            said = said_for(session, key)
            return message_of(said) if said else None

    def conversation(self, conversation_id: str) -> Conversation:
        """Raises ConversationUnknown."""
        with self.database.read() as session:
            return conversation_of(found(session, conversation_id))

    def conversation_of_message(self, message_id: str) -> Conversation | None:
        """The conversation in which that was said; None for no such message."""
        query = select(ConversationRow).join(
            MessageRow, MessageRow.conversation_id == ConversationRow.id
        )
        with self.database.read() as session:
            row = session.scalars(query.where(MessageRow.id == message_id)).first()
            return conversation_of(row) if row else None

    def identify(self, conversation_id: str, patient_id: str) -> None:
        """The patient has proved who they are, for as long as this conversation lasts."""
        with self.database.begin() as session:
            row = locked(session, conversation_id)
            row.patient_id, row.identified = patient_id, True

    def set_language(self, conversation_id: str, language: Language) -> None:
        """The language of this conversation from now on."""
        with self.database.begin() as session:
            locked(session, conversation_id).language = language

    def hand_off(self, conversation_id: str, reason: str, at: datetime) -> None:
        """The patient waits for a person; the bot still answers until one comes."""
        with self.database.begin() as session:
            open_handoff(session, conversation_id, "handoff", reason, at)

    def alert(self, conversation_id: str, reason: str, at: datetime) -> None:
        """The staff should know; once for the same reason until it is closed."""
        with self.database.begin() as session:
            open_handoff(session, conversation_id, "alert", reason, at)

    def take_over(self, conversation_id: str, user: str, at: datetime) -> None:
        """From now on `user` answers and the bot is silent.

        Of a conversation that has ended it is the patient's present one that is taken, if any.
        """
        with self.database.begin() as session:
            row = present(session, conversation_id)
            row.state, row.taken_by, row.closed_at = ConversationState.PERSON, user, None
            take_handoffs(session, row.id, user, at)

    def give_back(self, conversation_id: str, at: datetime) -> None:
        """The bot answers again, and what was open is done."""
        with self.database.begin() as session:
            row = present(session, conversation_id)
            row.state, row.taken_by = ConversationState.BOT, None
            close_handoffs(session, row.id, at)

    def close_handoff(self, handoff_id: str, at: datetime) -> None:
        """A person has seen to it."""
        with self.database.begin() as session:
            row = session.get(HandoffRow, handoff_id)
            if row is not None and row.closed_at is None:
                row.closed_at = at

    def message(self, message_id: str) -> Message:
        """One message. Raises NoResultFound."""
        with self.database.read() as session:
            found = session.scalars(select(MessageRow).where(MessageRow.id == message_id))
            return message_of(found.one())

    def thread(self, address: str) -> Sequence[Message]:
        """All that was said with a canonical address, on every channel, oldest first."""
        return self._messages(MessageRow.address == address)

    def patient_thread(self, patient_id: str) -> Sequence[Message]:
        """All that was said in the patient's conversations, at every address, oldest first."""
        theirs = select(ConversationRow.id).where(ConversationRow.patient_id == patient_id)
        return self._messages(MessageRow.conversation_id.in_(theirs))

    def messages(self, conversation_id: str) -> Sequence[Message]:
        """All that was said in one conversation, oldest first."""
        return self._messages(MessageRow.conversation_id == conversation_id)

    def _messages(self, condition: ColumnElement[bool]) -> Sequence[Message]:
        with self.database.read() as session:
            rows = session.scalars(
                select(MessageRow).where(condition).order_by(MessageRow.at, MessageRow.number)
            )
            return [message_of(row) for row in rows]

    def open_handoffs(self) -> Sequence[Handoff]:
        """What nobody has seen to yet, oldest first; alerts too."""
        with self.database.read() as session:
            rows = session.scalars(
                select(HandoffRow)
                .where(HandoffRow.closed_at.is_(None))
                .order_by(HandoffRow.opened_at, HandoffRow.id)
            )
            return [handoff_of(row) for row in rows]

    def handoffs(self, conversation_ids: Collection[str]) -> Sequence[Handoff]:
        """What persons had and have to see to in those conversations, oldest first."""
        with self.database.read() as session:
            rows = session.scalars(
                select(HandoffRow)
                .where(HandoffRow.conversation_id.in_(conversation_ids))
                .order_by(HandoffRow.opened_at, HandoffRow.id)
            )
            return [handoff_of(row) for row in rows]

    def recent(self, limit: int = 100) -> Sequence[Conversation]:
        """The conversations where something was said last, newest first, closed ones too."""
        with self.database.read() as session:
            rows = session.scalars(
                select(ConversationRow).order_by(ConversationRow.last_at.desc()).limit(limit)
            )
            return [conversation_of(row) for row in rows]


def found(session: Session, conversation_id: str) -> ConversationRow:
    """The conversation, to look at. Raises ConversationUnknown."""
    row = session.scalar(select(ConversationRow).where(ConversationRow.id == conversation_id))
    if row is None:
        raise ConversationUnknown
    return row


def said_for(session: Session, key: str) -> MessageRow | None:
    """What was said for the key, if it was."""
    return session.scalars(select(MessageRow).where(MessageRow.key == key)).first()


def locked(session: Session, conversation_id: str) -> ConversationRow:
    """The conversation, for this transaction alone. Raises ConversationUnknown."""
    row = session.scalar(
        select(ConversationRow).where(ConversationRow.id == conversation_id).with_for_update()
    )
    if row is None:
        raise ConversationUnknown
    return row


def present(session: Session, conversation_id: str) -> ConversationRow:
    """The conversation, or after its end the open one that has followed it; else itself again."""
    row = locked(session, conversation_id)
    if row.state != ConversationState.CLOSED:
        return row
    following = session.scalar(
        select(ConversationRow)
        .where(ConversationRow.key == row.key, ConversationRow.state != ConversationState.CLOSED)
        .with_for_update()
    )
    return following or row
