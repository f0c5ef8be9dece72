"""What the staff write of a thread, for each other: notes, and tags to find it by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from console import shown
from console.needs import Needs
from conversations.tables import ThreadNoteRow, ThreadTagRow

LONGEST_NOTE: Final = 2000
LONGEST_TAG: Final = 40
MOST_TAGS: Final = 10
_TOKEN: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Note:
    """A note; of one that was taken back the words are gone. at: UTC."""

    id: str
    thread_id: str
    at: datetime
    author: str
    text: str
    taken_back_by: str | None


class NotePrevented(ValueError):
    """It was not kept; the text is a key of texts/."""


def add(needs: Needs, thread_id: str, token: str, text: str, author: str) -> None:
    """Keeps a note, once for each token (of a form). Raises NotePrevented."""
    words = shown.plain(text).strip()
    if not _TOKEN.fullmatch(token) or not words:
        raise NotePrevented("note_empty")
    if len(words) > LONGEST_NOTE:
        raise NotePrevented("note_too_long")
    with needs.database.begin() as session:
        if session.get(ThreadNoteRow, token) is None:
            session.add(
                ThreadNoteRow(
                    id=token, thread_id=thread_id, at=needs.clock(), author=author, text=words
                )
            )


def note(needs: Needs, note_id: str) -> Note | None:
    """The note, if there is one."""
    with needs.database.read() as session:
        row = session.get(ThreadNoteRow, note_id)
        return None if row is None else _note(row)


def take_back(needs: Needs, note_id: str, by: str) -> bool:
    """Its words go for good, that there were some stays; False where they had gone before."""
    with needs.database.begin() as session:
        row = session.get(ThreadNoteRow, note_id, with_for_update=True)
        if row is None or row.taken_back_at is not None:
            return False
        row.text, row.taken_back_at, row.taken_back_by = "", needs.clock(), by
        return True


def notes_of(
    needs: Needs, thread_id: str, since: datetime | None = None, until: datetime | None = None
) -> Sequence[Note]:
    """The notes of the thread, of that time, the oldest first."""
    query = select(ThreadNoteRow).where(ThreadNoteRow.thread_id == thread_id)
    if since is not None:
        query = query.where(ThreadNoteRow.at >= since)
    if until is not None:
        query = query.where(ThreadNoteRow.at < until)
    with needs.database.read() as session:
        rows = session.scalars(query.order_by(ThreadNoteRow.at, ThreadNoteRow.id))
        return [_note(row) for row in rows]


def read_tag(text: str) -> str:
    """A tag as it is kept: in small letters, blanks made one. Raises NotePrevented."""
    tag = " ".join(shown.plain(text).split()).lower()
    if not tag:
        raise NotePrevented("tag_empty")
    if len(tag) > LONGEST_TAG:
        raise NotePrevented("tag_too_long")
    return tag


def add_tag(needs: Needs, thread_id: str, tag: str) -> None:
    """Puts the tag to the thread, if it is not there. Raises NotePrevented for too many."""
    with needs.database.begin() as session:
        if session.get(ThreadTagRow, (thread_id, tag)) is not None:
            return
        if _count(session, thread_id) >= MOST_TAGS:
            raise NotePrevented("tag_too_many")
        session.add(ThreadTagRow(thread_id=thread_id, tag=tag))


def remove_tag(needs: Needs, thread_id: str, tag: str) -> None:
    """Takes it off, if it is there."""
    here = (ThreadTagRow.thread_id == thread_id) & (ThreadTagRow.tag == tag)
    with needs.database.begin() as session:
        session.execute(delete(ThreadTagRow).where(here))


def tags_of(needs: Needs, thread_id: str) -> Sequence[str]:
    """The tags of the thread, by name."""
    query = select(ThreadTagRow.tag).where(ThreadTagRow.thread_id == thread_id)
    with needs.database.read() as session:
        return session.scalars(query.order_by(ThreadTagRow.tag)).all()


def _count(session: Session, thread_id: str) -> int:
    query = select(func.count()).where(ThreadTagRow.thread_id == thread_id)
    return session.scalar(query) or 0


def _note(row: ThreadNoteRow) -> Note:
    return Note(row.id, row.thread_id, row.at, row.author, row.text, row.taken_back_by)
