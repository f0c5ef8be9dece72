"""What we have offered and said before a message came: digits and taps refer to it."""

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from clinic.addresses import is_withheld
from conversations.model import Choice, Utterance
from conversations.rows import choices_of
from conversations.tables import ConversationRow, MessageRow
from conversations.turn import Waiting
from integrations.database import Database


class Offers:
    """What the patient had before them. Each method is one reading transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def offered(self, waiting: Waiting) -> tuple[Choice, ...]:
        """The choices that were before the patient when they wrote.

        Those of the call in which they speak; else those that they last read in this talk on the
        channel where they write, for that is where they count; else our latest anywhere.
        """
        with self._database.read() as session:
            said = select(MessageRow).where(*_before(waiting), MessageRow.direction == "out")
            said = said.where(MessageRow.author.in_(("bot", "outreach")))
            said = said.order_by(MessageRow.number.desc()).limit(1)
            here = said.where(
                MessageRow.conversation_id == waiting.message.conversation_id,
                MessageRow.channel == waiting.message.channel,
            )
            call = [said.where(MessageRow.call_id == waiting.call_id)] if waiting.in_call else []
            for where in (*call, here, said):
                if session.scalars(where.where(MessageRow.has_choices)).first() is not None:
                    return _open_choices(session, where, waiting)
            return ()

    def was_offered(self, waiting: Waiting, payload: str) -> bool:
        """Whether a message of ours to that address, or in that talk, offered the payload."""
        with self._database.read() as session:
            rows = session.execute(
                select(MessageRow.choices, MessageRow.template)
                .where(*_before(waiting), MessageRow.direction == "out", MessageRow.has_choices)
                .order_by(MessageRow.number.desc())
            )
            return any(
                choice["payload"] == payload
                for choices, template in rows
                for choice in (*choices, *(template["choices"] if template else ()))
            )

    def last_said(self, waiting: Waiting) -> tuple[Utterance, ...]:
        """What was said last in the same call, for who asks to hear it again."""
        with self._database.read() as session:
            rows = list(
                session.scalars(
                    select(MessageRow)
                    .where(
                        MessageRow.conversation_id == waiting.message.conversation_id,
                        MessageRow.call_id == waiting.call_id,
                        MessageRow.direction == "out",
                        MessageRow.number < waiting.number,
                    )
                    .order_by(MessageRow.number)
                )
            )
            return tuple(
                Utterance(row.text, choices_of(row.choices))
                for row in rows
                if row.in_reply_to == rows[-1].in_reply_to
            )


def _open_choices(
    session: Session, said: Select[MessageRow], waiting: Waiting
) -> tuple[Choice, ...]:
    """The newest choices of what was said, if they are still open.

    While a flow waits, its last question counts: where that was asked without choices, "el 2"
    answers it and is no choice of an earlier one.
    """
    last = session.scalars(said).one()
    row = session.scalars(said.where(MessageRow.has_choices)).one()
    same_turn = row.id == last.id or (
        row.in_reply_to is not None and row.in_reply_to == last.in_reply_to
    )
    flow = session.scalar(
        select(ConversationRow.flow).where(ConversationRow.id == waiting.message.conversation_id)
    )
    return choices_of(row.choices) if same_turn or flow is None else ()


def _before(waiting: Waiting) -> tuple[ColumnElement[bool], ...]:
    """Messages older than this one, at the same address or in the same patient's conversations."""
    message = waiting.message
    key = (
        select(ConversationRow.key)
        .where(ConversationRow.id == message.conversation_id)
        .scalar_subquery()
    )
    theirs: ColumnElement[bool] = MessageRow.conversation_id.in_(
        select(ConversationRow.id).where(ConversationRow.key == key)
    )
    if not is_withheld(message.address):
        theirs = or_(theirs, MessageRow.address == message.address)
    return (theirs, MessageRow.number < waiting.number)
