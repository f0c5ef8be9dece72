"""Saying again what did not arrive, as a message of its own that is linked to the first."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conversations.model import Receipt
from conversations.outgoing import TEXTING, Post, add_outbound
from conversations.rows import choices_of
from conversations.tables import ConversationRow, MessageRow


def follow_up(
    session: Session,
    lost: MessageRow,
    why: Receipt,
    now: datetime,
    may_text: Callable[[str], bool],
) -> None:
    """What follows by itself when a message did not arrive: a text message, a later try, nothing.

    A text message goes to a number that has not stopped us. Each is said once, whoever else finds
    the message lost.
    """
    lost.elsewhere = why.elsewhere
    if lost.unmasked is not None:
        return  # what was secret in it is forgotten; the patient asks for another
    if why.elsewhere == "text" and can_be_texted(lost) and may_text(lost.address):
        said_for = lost.key or f"instead:{lost.id}"
        say_again(session, lost, texting(lost), f"{said_for}:{TEXTING}", now, now)
    elif (tried := lost.tries or 0) < len(why.again):
        due = now + why.again[tried]
        say_again(session, lost, the_same_way(lost), f"again:{lost.id}", now, due)


def can_be_texted(lost: MessageRow) -> bool:
    """Whether a text message is another way to who the message was for."""
    return lost.channel != TEXTING and lost.address.startswith("+")


def texting(lost: MessageRow) -> Post:
    """By text message to the same number."""
    return Post(TEXTING, lost.address, "", lost.address)


def the_same_way(lost: MessageRow) -> Post:
    """As it went before."""
    return Post(lost.channel, lost.reply_to, lost.recipient, lost.address)


def say_again(
    session: Session, lost: MessageRow, post: Post, key: str, now: datetime, due: datetime
) -> MessageRow | None:
    """Queues the same words once more, due at `due`; None where that was done for the key."""
    if session.scalar(select(exists().where(MessageRow.key == key))):
        return None
    conversation = session.scalars(
        select(ConversationRow).where(ConversationRow.id == lost.conversation_id)
    ).one()
    try:
        with session.begin_nested():
            again = add_outbound(
                session,
                conversation,
                post,
                lost.text,
                lost.author,
                now,
                choices_of(lost.choices),
            )
            again.key, again.instead_of, again.next_attempt_at = key, lost.id, due
            again.language, again.template = lost.language, lost.template
            again.tries = (lost.tries or 0) + 1
    except IntegrityError:  # another worker says it in this moment
        return None
    return again
