"""What each of the staff has read."""

from contextlib import suppress

from sqlalchemy.exc import IntegrityError

from console.needs import Needs
from conversations.tables import ThreadReadRow
from conversations.threads import Thread


def note_read(needs: Needs, thread: Thread, user: str) -> None:
    """The user has seen the thread up to its last message."""
    _keep(needs, thread.id, user, thread.last)


def mark_unread(needs: Needs, thread: Thread, user: str) -> None:
    """What the patient said last is new again to the user."""
    _keep(needs, thread.id, user, thread.heard - 1)


def _keep(needs: Needs, thread_id: str, user: str, number: int) -> None:
    with needs.database.read() as session:
        row = session.get(ThreadReadRow, (user, thread_id))
        if row is not None and row.number == number:
            return
    # It fails for the same page in another window, and where the thread has become somebody's.
    with suppress(IntegrityError), needs.database.begin() as session:
        session.merge(ThreadReadRow(user_name=user, thread_id=thread_id, number=number))
