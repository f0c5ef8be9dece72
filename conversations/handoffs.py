"""What a person must see to: opened, taken, closed, within a transaction of the caller."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conversations.model import ConversationState
from conversations.tables import ConversationRow, HandoffRow


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
