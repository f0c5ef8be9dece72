"""The conversation of an arriving message, found or opened in a transaction of the caller."""

from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.languages import Language
from conversations.handoffs import move_handoffs
from conversations.keys import IDLE_OF_ADDRESS, Origin, is_idle, is_over, language_of
from conversations.model import ConversationState, Inbound, Reception
from conversations.rows import keep_location, keep_media
from conversations.tables import ConversationRow, MessageRow

Detect = Callable[[str], Language | None]


def is_repeat(session: Session, inbound: Inbound) -> bool:
    """Whether the provider has sent this very message before."""
    found = session.scalar(
        select(MessageRow.id).where(
            MessageRow.channel == inbound.channel,
            MessageRow.provider_id == inbound.provider_id,
            MessageRow.direction == "in",
        )
    )
    return found is not None


def conversation_for(
    session: Session, origin: Origin, text: str, at: datetime, detect: Detect
) -> ConversationRow:
    """The open conversation of the origin, or a new one, which takes over what still matters."""
    closed: list[tuple[ConversationRow, str]] = []
    for find in (_same_call, _mid_talk, _open_with_key):
        found = find(session, origin, at)
        if found is None:
            continue
        if not is_over(found, at) or _has_waiting(session, found.id):
            return found
        closed.append((found, found.state))
        found.state, found.closed_at = ConversationState.CLOSED, at
        session.flush()
    row = _begin(session, origin, text, at, detect)
    for before, state in closed:
        _continue(session, before, state, row)
    return row


def _same_call(session: Session, origin: Origin, _at: datetime) -> ConversationRow | None:
    """That of the call, which lived alone until its caller registered."""
    if origin.call_id is None:
        return None
    return session.scalars(
        select(ConversationRow)
        .where(
            ConversationRow.key == f"call:{origin.call_id}",
            ConversationRow.state != ConversationState.CLOSED,
        )
        .with_for_update()
    ).first()


def _mid_talk(session: Session, origin: Origin, at: datetime) -> ConversationRow | None:
    """The talk under way at the address, whatever its key.

    An address may come to lead to one person, or to two, in the middle of a flow (a new patient
    registers, a child is added): the flow goes on.
    """
    if origin.in_call_alone:
        return None
    row = session.scalars(
        select(ConversationRow)
        .where(
            ConversationRow.address == origin.address,
            ConversationRow.state != ConversationState.CLOSED,
            ConversationRow.key.not_like("call:%"),
        )
        .order_by(ConversationRow.last_at.desc(), ConversationRow.number.desc())
        .limit(1)
        .with_for_update()
    ).first()
    return row if row is not None and at - row.last_at <= IDLE_OF_ADDRESS else None


def _open_with_key(session: Session, origin: Origin, _at: datetime) -> ConversationRow | None:
    return session.scalars(
        select(ConversationRow)
        .where(ConversationRow.key == origin.key, ConversationRow.state != ConversationState.CLOSED)
        .with_for_update()
    ).first()


def _has_waiting(session: Session, conversation_id: str) -> bool:
    found = session.scalar(
        select(MessageRow.id)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.direction == "in",
            MessageRow.state == Reception.WAITING,
        )
        .limit(1)
    )
    return found is not None


def _begin(
    session: Session, origin: Origin, text: str, at: datetime, detect: Detect
) -> ConversationRow:
    row = ConversationRow(
        id=uuid4().hex,
        key=origin.key,
        channel="",
        address=origin.address,
        reply_to=origin.address,
        recipient="",
        patient_id=origin.patient.id if origin.patient else None,
        language=_language(session, origin, text, detect),
        state=ConversationState.BOT,
        opened_at=at,
        last_at=at,
    )
    session.add(row)
    session.flush()
    return row


def _language(session: Session, origin: Origin, text: str, detect: Detect) -> Language:
    """The patient's own; else what the message shows, what was spoken last, or the number's."""
    if origin.patient is not None:
        return origin.patient.language
    before = session.scalar(
        select(ConversationRow.language)
        .where(ConversationRow.key == origin.key)
        .order_by(ConversationRow.number.desc())
        .limit(1)
    )
    return detect(text) or cast("Language | None", before) or language_of(origin.address)


def _continue(
    session: Session, before: ConversationRow, state: str, after: ConversationRow
) -> None:
    """Who waits for a person goes on waiting; a talk cut for its length alone stays identified."""
    if state == ConversationState.WAITING:
        after.state = state
        move_handoffs(session, before.id, after.id, after.opened_at)
    if before.key == after.key and not is_idle(before, after.opened_at):
        after.patient_id, after.identified = before.patient_id, before.identified
        after.language = before.language
    session.flush()


def add_inbound(
    session: Session,
    conversation: ConversationRow,
    inbound: Inbound,
    origin: Origin,
    meant: str | None,
) -> MessageRow:
    """Stores the message, due at once; answers now follow to where the patient spoke."""
    conversation.channel = inbound.channel
    conversation.address = origin.address
    conversation.reply_to = inbound.sender
    conversation.recipient = inbound.recipient
    conversation.call_id = inbound.call_id
    conversation.last_at = max(conversation.last_at, inbound.received_at)
    row = MessageRow(
        id=uuid4().hex,
        conversation_id=conversation.id,
        at=inbound.received_at,
        channel=inbound.channel,
        direction="in",
        address=origin.address,
        reply_to=inbound.sender,
        recipient=inbound.recipient,
        call_id=inbound.call_id,
        text=inbound.text,
        payload=inbound.payload,
        meant=meant,
        media=keep_media(inbound.media),
        location=keep_location(inbound.location),
        opt_out=inbound.opt_out,
        state=Reception.WAITING,
        author="patient",
        provider_id=inbound.provider_id,
        next_attempt_at=inbound.received_at,
    )
    session.add(row)
    session.flush()
    return row
