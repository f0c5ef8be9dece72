"""How a person of the staff answers: takes a conversation, replies in it, gives it back.

Two of them cannot answer one patient unknowingly: only who has the conversation replies, and what
is given up or taken is checked again in the transaction that acts.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversations import fixed_words
from conversations.handoffs import (
    STAFF_BEGAN,
    answer_handoffs,
    close_handoffs,
    is_handed_over,
    open_handoff,
    pass_handoffs,
    take_handoffs,
)
from conversations.model import Conversation, ConversationState, Message, Template
from conversations.outgoing import TEXTING, Post, add_outbound, post_to
from conversations.rows import conversation_of, keep_template, message_of
from conversations.store import found, present, said_for
from conversations.tables import ConversationRow, MessageRow
from integrations.database import Database


@dataclass(frozen=True, slots=True)
class Way:
    """How the patient can be written to. heard: their last message there, None where none was."""

    post: Post
    heard: Message | None

    @property
    def code(self) -> str:
        """What stands for it in a form."""
        return f"{self.post.channel}:{self.post.address}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody of the staff wants to say.

    seen: the id of the newest message they saw, "" where there was none. token: of the form, so
    that the same words are said once however often it is sent. template: what says the same where
    only approved words may be sent.
    """

    text: str
    way: Way
    seen: str
    token: str
    template: Template | None = None


class NotYours(Exception):
    """Somebody else has the conversation, or nobody; `holder` is their name or None."""

    def __init__(self, holder: str | None) -> None:
        super().__init__("the conversation is not theirs")
        self.holder = holder


class NewsCame(Exception):
    """The patient has written meanwhile; `count` messages."""

    def __init__(self, count: int) -> None:
        super().__init__("messages came meanwhile")
        self.count = count


class Answering:
    """The hands of the staff in conversations. Each method is one transaction.

    A conversation that has ended stands for the patient's present one. All raise
    ConversationUnknown.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def conversation(self, conversation_id: str) -> Conversation:
        """The one that is answered in when this one is meant."""
        with self._database.begin() as session:
            return conversation_of(present(session, conversation_id))

    def take(
        self, conversation_id: str, user: str, at: datetime, *, holder: str | None = None
    ) -> None:
        """From now on `user` answers and the bot is silent; noted also where nobody asked for it.

        holder: the colleague from whom it is knowingly taken. Raises NotYours where another has it.
        """
        with self._database.begin() as session:
            row = present(session, conversation_id)
            if row.taken_by not in {None, user, holder}:
                raise NotYours(row.taken_by)
            if row.taken_by not in {None, user}:
                pass_handoffs(session, row.id, user)
            row.state, row.taken_by, row.closed_at = ConversationState.PERSON, user, None
            if not is_handed_over(session, row.id):
                open_handoff(session, row.id, "handoff", STAFF_BEGAN, at)
            take_handoffs(session, row.id, user, at)

    def ways(self, conversation_id: str, numbers: Sequence[str]) -> Sequence[Way]:
        """How the patient can be written to, first where they last wrote.

        numbers: the patient's canonical addresses; a telephone number takes text messages.
        """
        with self._database.read() as session:
            row = found(session, conversation_id)
            heard = {way.code: way for way in _written_from(session, row, numbers)}
            first = Way(post_to(session, row), None)
            texts = [
                Way(Post(TEXTING, number, "", number), None) for number in (*numbers, row.address)
            ]
            codes = dict.fromkeys(way.code for way in (first, *heard.values(), *texts))
            known = {way.code: way for way in (first, *texts)} | heard
            return [known[code] for code in codes if _leads_somewhere(known[code])]

    def reply(self, conversation_id: str, reply: Reply, user: str, at: datetime) -> Message:
        """Queues the words, once for each form and text.

        Raises NotYours, and NewsCame where the patient has written since what `user` saw.
        """
        words = hashlib.sha256(f"{reply.token}\0{reply.text}".encode()).hexdigest()
        with self._database.begin() as session:
            row = present(session, conversation_id)
            key = f"staff:{row.id}:{words}"
            if said := said_for(session, key):
                return message_of(said)
            if row.state != ConversationState.PERSON or row.taken_by != user:
                raise NotYours(row.taken_by)
            if count := _news(session, row, reply.seen):
                raise NewsCame(count)
            message = add_outbound(session, row, reply.way.post, reply.text, f"staff:{user}", at)
            message.key, message.template = key, keep_template(reply.template)
            row.last_at = max(row.last_at, at)
            answer_handoffs(session, row.id, at)
            session.flush()
            return message_of(message)

    def give_back(
        self, conversation_id: str, user: str, at: datetime, *, tell: bool = False
    ) -> None:
        """The bot answers again, and says so where `tell`. Raises NotYours."""
        with self._database.begin() as session:
            row = present(session, conversation_id)
            if row.taken_by != user:
                raise NotYours(row.taken_by)
            row.state, row.taken_by = ConversationState.BOT, None
            close_handoffs(session, row.id, at)
            if tell:
                line = fixed_words.WITH_ASSISTANT[conversation_of(row).language]
                add_outbound(session, row, post_to(session, row), line, "system", at)
            row.last_at = max(row.last_at, at)


def _news(session: Session, row: ConversationRow, seen: str) -> int:
    """How many messages the patient has sent since the one that was seen."""
    number = select(MessageRow.number).where(MessageRow.id == seen)
    query = select(func.count()).where(
        MessageRow.conversation_id == row.id,
        MessageRow.direction == "in",
        MessageRow.number > func.coalesce(number.scalar_subquery(), 0),
    )
    return session.scalar(query) or 0


def _leads_somewhere(way: Way) -> bool:
    """A caller who hides their number cannot be texted."""
    return way.post.channel != TEXTING or way.post.address.startswith("+")


def _written_from(session: Session, row: ConversationRow, numbers: Sequence[str]) -> Sequence[Way]:
    """Where the patient has written from, the latest message of each channel and address."""
    latest = (
        select(func.max(MessageRow.number))
        .where(
            MessageRow.address.in_({row.address, *numbers}),
            MessageRow.direction.concat("") == "in",  # else SQLite reads all that ever came in
            MessageRow.call_id.is_(None),
        )
        .group_by(MessageRow.channel, MessageRow.address)
    )
    rows = session.scalars(
        select(MessageRow).where(MessageRow.number.in_(latest)).order_by(MessageRow.number.desc())
    )
    return [
        Way(Post(each.channel, each.reply_to, each.recipient, each.address), message_of(each))
        for each in rows
    ]
