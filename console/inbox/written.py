"""What the staff wrote of a patient's thread, where two records become one, and where one goes."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from console.inbox.notes import Note
from conversations.tables import ConversationRow, ThreadNoteRow, ThreadRow, ThreadTagRow


def of(
    session: Session, patient_id: str, talks: Collection[str]
) -> tuple[Sequence[Note], Sequence[str]]:
    """Notes, the oldest first, and tags of the patient's threads, by name."""
    theirs = _threads(session, patient_id, talks)
    notes = select(ThreadNoteRow).where(ThreadNoteRow.thread_id.in_(theirs))
    tags = select(ThreadTagRow.tag).where(ThreadTagRow.thread_id.in_(theirs)).distinct()
    found = [
        Note(row.id, row.thread_id, row.at, row.author, row.text, row.taken_back_by)
        for row in session.scalars(notes.order_by(ThreadNoteRow.at, ThreadNoteRow.id))
    ]
    return found, session.scalars(tags.order_by(ThreadTagRow.tag)).all()


def erase(session: Session, patient_id: str, talks: Collection[str]) -> None:
    """The threads go, with notes, tags and who has read them; before the talks leave them."""
    theirs = _threads(session, patient_id, talks)
    leaving = update(ConversationRow).where(ConversationRow.thread_id.in_(theirs))
    session.execute(leaving.values(thread_id=None))
    session.execute(delete(ThreadRow).where(ThreadRow.id.in_(theirs)))


def _threads(session: Session, patient_id: str, talks: Collection[str]) -> Sequence[str]:
    spoken = select(ConversationRow.thread_id).where(
        ConversationRow.id.in_(talks), ConversationRow.thread_id.is_not(None)
    )
    query = select(ThreadRow.id).where(
        or_(ThreadRow.patient_id == patient_id, ThreadRow.id.in_(spoken))
    )
    return session.scalars(query).all()


def move(session: Session, merged: str, kept: str) -> dict[str, Any] | None:
    """Notes and tags go along to the survivor's thread; returns what must be known to return them.

    The thread of the record that goes stays, empty, so that the same one is there again.
    """
    before, after = _thread_of(session, merged), _thread_of(session, kept)
    if before is None:
        return None
    notes = list(session.scalars(select(ThreadNoteRow.id).filter_by(thread_id=before)))
    tags = list(session.scalars(select(ThreadTagRow.tag).filter_by(thread_id=before)))
    after = after or _make(session, kept)
    had = set(session.scalars(select(ThreadTagRow.tag).filter_by(thread_id=after)))
    session.execute(
        update(ThreadNoteRow).where(ThreadNoteRow.id.in_(notes)).values(thread_id=after)
    )
    session.execute(delete(ThreadTagRow).where(ThreadTagRow.thread_id == before))
    session.add_all(ThreadTagRow(thread_id=after, tag=tag) for tag in tags if tag not in had)
    session.flush()
    return {"notes": notes, "tags": [{"tag": tag, "shared": tag in had} for tag in tags]}


def give_back(session: Session, before: dict[str, Any] | None, kept: str, merged: str) -> None:
    """Each has what it had; a tag that was taken off meanwhile does not come back."""
    here, there = _thread_of(session, kept), _thread_of(session, merged)
    if before is None or here is None or there is None:
        return
    theirs = ThreadNoteRow.id.in_(before["notes"])
    session.execute(update(ThreadNoteRow).where(theirs).values(thread_id=there))
    left = set(session.scalars(select(ThreadTagRow.tag).filter_by(thread_id=here)))
    own = [each["tag"] for each in before["tags"] if not each["shared"] and each["tag"] in left]
    session.execute(
        delete(ThreadTagRow).where(ThreadTagRow.thread_id == here, ThreadTagRow.tag.in_(own))
    )
    shared = [each["tag"] for each in before["tags"] if each["shared"]]
    session.add_all(ThreadTagRow(thread_id=there, tag=tag) for tag in (*own, *shared))
    session.flush()


def _make(session: Session, patient_id: str) -> str:
    row = ThreadRow(id=uuid4().hex, patient_id=patient_id)
    session.add(row)
    session.flush()
    return row.id


def _thread_of(session: Session, patient_id: str) -> str | None:
    return session.scalar(select(ThreadRow.id).where(ThreadRow.patient_id == patient_id))
