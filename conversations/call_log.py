"""Telephone calls from their first ring to their end, and what was not said in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session, aliased

from clinic.addresses import canonical, is_withheld
from clinic.ports import Patients
from conversations.arrivals import Detect, add_inbound, conversation_for
from conversations.keys import origin_of_inbound
from conversations.model import Answer, Choice, Delivery, Inbound, Reception, Utterance
from conversations.rows import choices_of, conversation_of
from conversations.tables import CallRow, ConversationRow, MessageRow
from integrations.database import Database
from understanding.languages import detect_language

LONGEST = timedelta(minutes=30)
"""A call of whose end nothing is heard counts as over after so long."""

TAKEN = "/take_call"
"""What the opening of a call that we placed was resolved to: the patient took it."""


@dataclass(frozen=True, slots=True)
class QuietCall:
    """A call that ended before the patient had an answer to anything.

    text: of the message that it was placed to say, None for a call that came in. choices: those
    that the patient had before them, or was about to hear.
    """

    id: str
    address: str
    at: datetime
    text: str | None
    choices: tuple[Choice, ...]


class CallLog:
    """The calls of an instance. Each method is one transaction."""

    def __init__(
        self, database: Database, patients: Patients, detect: Detect = detect_language
    ) -> None:
        self._database = database
        self._patients = patients
        self._detect = detect

    def note(self, call: Inbound, message_id: str | None = None, *, over: bool = False) -> None:
        """Keeps that the call is there, or is over; a caller without a number is not kept."""
        address = canonical(call.sender)
        if call.call_id is None or is_withheld(address):
            return
        with self._database.begin() as session:
            postgresql = session.get_bind().dialect.name == "postgresql"
            insert = postgresql_insert if postgresql else sqlite_insert
            session.execute(
                insert(CallRow)
                .values(
                    id=call.call_id, at=call.received_at, address=address, message_id=message_id
                )
                .on_conflict_do_nothing()
            )
            if over:
                session.execute(
                    update(CallRow)
                    .where(CallRow.id == call.call_id, CallRow.ended_at.is_(None))
                    .values(ended_at=call.received_at)
                )

    def take(self, message_id: str, call: Inbound) -> Answer | None:
        """The patient has taken the call that was placed for a message: what is said now.

        The message belongs to the call from now on, so that keys choose among its choices. None
        where there is no such message. A provider's repeat gets the same.
        """
        origin = origin_of_inbound(call, self._patients)
        with self._database.begin() as session:
            message = _message(session, message_id)
            if message is None:
                return None
            opening = _opening(session, call)
            if opening is None:
                row = conversation_for(session, origin, "", call.received_at, self._detect)
                row.language = message.language or row.language
                opening = add_inbound(session, row, call, origin, TAKEN)
                opening.state, opening.next_attempt_at = Reception.ANSWERED, None
            message.in_reply_to, message.call_id = opening.id, call.call_id
            message.conversation_id = opening.conversation_id
            talk = session.scalars(
                select(ConversationRow).where(ConversationRow.id == opening.conversation_id)
            ).one()
            said = Utterance(message.text, choices_of(message.choices))
            conversation = conversation_of(talk)
            return Answer((said,), True, conversation, conversation.state, opening.id)

    def quiet(self, since: datetime, now: datetime) -> Sequence[QuietCall]:
        """The calls begun from `since` on that are over and in which the patient got no answer.

        Without those after which anything was written or said at the address, and without calls of
        ours that no person took.
        """
        placed = aliased(MessageRow)
        query = (
            select(CallRow.id, CallRow.address, CallRow.at, placed.text)
            .outerjoin(placed, placed.id == CallRow.message_id)
            .where(
                CallRow.at >= since,
                or_(CallRow.ended_at <= now, CallRow.at < now - LONGEST),
                or_(
                    CallRow.message_id.is_(None),
                    placed.state.in_((Delivery.ANSWERED, Delivery.SPOKEN)),
                ),
                ~_was_answered(),
                ~_goes_on_elsewhere(),
            )
            .order_by(CallRow.at)
        )
        with self._database.read() as session:
            return [
                QuietCall(call_id, address, at, text, _choices(session, call_id, address))
                for call_id, address, at, text in session.execute(query)
            ]


def _message(session: Session, message_id: str) -> MessageRow | None:
    return session.scalars(
        select(MessageRow)
        .where(MessageRow.id == message_id, MessageRow.direction == "out")
        .with_for_update()
    ).first()


def _opening(session: Session, call: Inbound) -> MessageRow | None:
    return session.scalars(
        select(MessageRow).where(
            MessageRow.channel == call.channel,
            MessageRow.provider_id == call.provider_id,
            MessageRow.direction == "in",
        )
    ).first()


def _was_answered() -> ColumnElement[bool]:
    """The patient said or pressed something and heard the answer, or is with the staff."""
    reply = aliased(MessageRow)
    heard = exists().where(reply.in_reply_to == MessageRow.id, reply.state == Delivery.SPOKEN)
    return exists().where(
        *_in_the_call(),
        MessageRow.direction == "in",
        or_(
            MessageRow.state == Reception.WITH_STAFF,
            and_(
                MessageRow.state == Reception.ANSWERED,
                func.coalesce(MessageRow.provider_id, "") != CallRow.id + ":0",
                heard,
            ),
        ),
    )


def _goes_on_elsewhere() -> ColumnElement[bool]:
    """Something else was said or written there since the call began."""
    return exists().where(
        MessageRow.address == CallRow.address,
        MessageRow.at >= CallRow.at,
        or_(MessageRow.call_id.is_(None), MessageRow.call_id != CallRow.id),
        or_(CallRow.message_id.is_(None), MessageRow.id != CallRow.message_id),
    )


def _in_the_call() -> tuple[ColumnElement[bool], ...]:
    return (MessageRow.address == CallRow.address, MessageRow.call_id == CallRow.id)


def _choices(session: Session, call_id: str, address: str) -> tuple[Choice, ...]:
    """The last that were put to the patient in the call, heard or not."""
    row = session.scalars(
        select(MessageRow)
        .where(
            MessageRow.address == address,
            MessageRow.call_id == call_id,
            MessageRow.direction == "out",
            MessageRow.has_choices,
        )
        .order_by(MessageRow.number.desc())
        .limit(1)
    ).first()
    return choices_of(row.choices) if row is not None else ()
