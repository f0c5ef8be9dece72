"""What a person must see to: opened, taken, closed, within a transaction of the caller."""

from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from conversations.model import ConversationState, Handoff
from conversations.tables import ConversationRow, HandoffRow, MessageRow

STAFF_BEGAN: Final = "staff"
"""The reason of a handoff that nobody asked for: the staff took the conversation by itself."""


def open_handoff(
    session: Session, conversation_id: str, kind: str, reason: str, at: datetime
) -> None:
    """Opens one unless the same is open; a handoff makes the patient wait for a person."""
    row = session.execute(
        select(ConversationRow).where(ConversationRow.id == conversation_id).with_for_update()
    ).scalar_one()
    if kind == "handoff" and row.state == ConversationState.BOT:
        row.state = ConversationState.WAITING
    if not _is_open(session, conversation_id, kind, reason):
        session.add(
            HandoffRow(
                id=uuid4().hex,
                conversation_id=conversation_id,
                kind=kind,
                reason=reason,
                opened_at=at,
            )
        )
        session.flush()


def _is_open(session: Session, conversation_id: str, kind: str, reason: str) -> bool:
    found = session.scalar(
        select(HandoffRow.id).where(
            HandoffRow.conversation_id == conversation_id,
            HandoffRow.kind == kind,
            HandoffRow.reason == reason,
            HandoffRow.closed_at.is_(None),
        )
    )
    return found is not None


def is_handed_over(session: Session, conversation_id: str) -> bool:
    """Whether a handoff is open in the conversation, whatever for; alerts are none."""
    query = select(HandoffRow.id).where(
        HandoffRow.conversation_id == conversation_id,
        HandoffRow.kind == "handoff",
        HandoffRow.closed_at.is_(None),
    )
    return session.scalars(query.limit(1)).first() is not None


def silent_since(session: Session, handoff: Handoff) -> datetime | None:
    """Since when the patient waits for a word of the staff; None where they have it, or need none.

    What they write after an answer waits for the next one.
    """
    if handoff.kind != "handoff" or handoff.closed_at is not None:
        return None
    here = MessageRow.conversation_id == handoff.conversation_id
    answered = session.scalar(
        select(func.max(MessageRow.number)).where(
            here, MessageRow.author.startswith("staff:"), MessageRow.at >= handoff.opened_at
        )
    )
    if answered is None and handoff.reason != STAFF_BEGAN:
        return handoff.opened_at
    return session.scalar(
        select(func.min(MessageRow.at)).where(
            here,
            MessageRow.direction == "in",
            MessageRow.at > handoff.opened_at,
            MessageRow.number > (answered or 0),
        )
    )


def take_handoffs(session: Session, conversation_id: str, user: str, at: datetime) -> None:
    """What is open in the conversation is now this person's."""
    session.execute(
        update(HandoffRow)
        .where(
            HandoffRow.conversation_id == conversation_id,
            HandoffRow.closed_at.is_(None),
            HandoffRow.taken_by.is_(None),
        )
        .values(taken_by=user, taken_at=at)
    )


def pass_handoffs(session: Session, conversation_id: str, user: str) -> None:
    """What a colleague had taken in the conversation is now this person's."""
    session.execute(
        update(HandoffRow)
        .where(HandoffRow.conversation_id == conversation_id, HandoffRow.closed_at.is_(None))
        .values(taken_by=user)
    )


def answer_handoffs(session: Session, conversation_id: str, at: datetime) -> None:
    """The staff has written to the patient: what was open is answered, the first time counts."""
    session.execute(
        update(HandoffRow)
        .where(
            HandoffRow.conversation_id == conversation_id,
            HandoffRow.closed_at.is_(None),
            HandoffRow.answered_at.is_(None),
        )
        .values(answered_at=at)
    )


def close_handoffs(
    session: Session, conversation_id: str, at: datetime, reason: str | None = None
) -> None:
    """Closes what is open in the conversation, or only what was opened for one reason."""
    closing = update(HandoffRow).where(
        HandoffRow.conversation_id == conversation_id, HandoffRow.closed_at.is_(None)
    )
    if reason is not None:
        closing = closing.where(HandoffRow.reason == reason)
    session.execute(closing.values(closed_at=at))


def move_handoffs(session: Session, before: str, after: str, at: datetime) -> None:
    """What is open follows the patient into the next conversation; the same is open there once."""
    for row in session.scalars(
        select(HandoffRow).where(
            HandoffRow.conversation_id == before, HandoffRow.closed_at.is_(None)
        )
    ).all():
        if _is_open(session, after, row.kind, row.reason):
            row.closed_at = at
        else:
            row.conversation_id = after
        session.flush()
