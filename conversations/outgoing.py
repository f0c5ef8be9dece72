"""Putting words into the outbox, within a transaction of the caller."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.model import Choice, Delivery
from conversations.rows import keep_choices
from conversations.tables import ConversationRow, MessageRow

TEXTING = "sms"
"""Where the clinic writes to whom it knows only from calls."""


@dataclass(frozen=True, slots=True)
class Post:
    """Where words go: on `channel`, to `to`, from `sender` ("" is the channel's own address).

    in_call: they are said within the call and not sent.
    """

    channel: str
    to: str
    sender: str
    address: str
    in_reply_to: str | None = None
    call_id: str | None = None
    in_call: bool = False


def post_to(session: Session, row: ConversationRow) -> Post:
    """Where the patient last wrote; calls aside, since nobody hears what is said after them."""
    last = session.scalars(
        select(MessageRow)
        .where(
            MessageRow.conversation_id == row.id,
            MessageRow.direction == "in",
            MessageRow.call_id.is_(None),
        )
        .order_by(MessageRow.number.desc())
        .limit(1)
    ).first()
    if last is not None:
        return Post(last.channel, last.reply_to, last.recipient, last.address)
    if row.call_id is not None or not row.channel:
        return Post(TEXTING, row.address, "", row.address)
    return Post(row.channel, row.reply_to, row.recipient, row.address)


def add_outbound(
    session: Session,
    row: ConversationRow,
    post: Post,
    text: str,
    author: str,
    at: datetime,
    choices: tuple[Choice, ...] = (),
) -> MessageRow:
    """Stores words of ours, due at once; those of a call wait for the caller instead."""
    message = MessageRow(
        id=uuid4().hex,
        conversation_id=row.id,
        at=at,
        channel=post.channel,
        direction="out",
        address=post.address,
        reply_to=post.to,
        recipient=post.sender,
        call_id=post.call_id,
        text=text,
        language=row.language,
        choices=keep_choices(choices),
        has_choices=bool(choices),
        state=Delivery.QUEUED,
        author=author,
        in_reply_to=post.in_reply_to,
        next_attempt_at=None if post.in_call else at,
    )
    session.add(message)
    session.flush()
    return message
