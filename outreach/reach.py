"""Where a patient is reached, and saying something there once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.services import Services
from clinic.languages import Language
from clinic.patients import Patient
from conversations.model import Choice, Conversation, Message
from conversations.outgoing import TEXTING, Post
from conversations.tables import MessageRow

_MARGIN: Final = timedelta(minutes=10)
"""A window that closes while the message is on its way would lose it."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to write to a patient at this moment.

    first_name: whom a message is for, where others share the address; else None.
    first: nothing was ever said there. heard_at: when somebody there last wrote, UTC.
    """

    post: Post
    first_name: str | None
    first: bool
    heard_at: datetime | None

    @property
    def address(self) -> str:
        """The canonical address."""
        return self.post.address


@dataclass(frozen=True, slots=True)
class Reached:
    """A destination with its conversation, open for what the clinic has to say."""

    destination: Destination
    conversation: Conversation

    @property
    def language(self) -> Language:
        """The language spoken there."""
        return self.conversation.language

    @property
    def first_name(self) -> str | None:
        """Whom the message is for, where others share the address."""
        return self.destination.first_name


def reach(services: Services, destination: Destination, now: datetime) -> Reached:
    """The conversation there, opened where there is none."""
    post = destination.post
    conversation = services.conversations.reach(
        post.to, post.channel, post.sender, services.patients, now
    )
    return Reached(destination, conversation)


def destination_of(services: Services, patient_id: str, now: datetime) -> Destination | None:
    """Where to write to the patient; changes nothing.

    Where they wrote last, if free text may be sent there now, else a text message to a number.
    None where there is no such address that has not opted out.
    """
    found = [
        destination
        for address in services.patients.addresses(patient_id)
        if not services.patients.opted_out(address)
        and (destination := _at(services, address, patient_id, now))
    ]
    never = datetime.min.replace(tzinfo=now.tzinfo)
    return max(found, key=lambda each: each.heard_at or never, default=None)


def say_once(
    services: Services,
    reached: Reached,
    text: str,
    choices: Sequence[Choice],
    key: str,
    now: datetime,
) -> Message | None:
    """Queues what is said for the key; None where it was said before or by another worker."""
    if services.conversations.said_for(key):
        return None
    try:
        said = services.conversations.say(
            reached.conversation.id,
            text,
            author="outreach",
            at=now,
            choices=choices,
            post=reached.destination.post,
            key=key,
        )
    except IntegrityError:  # another worker has just said it, in another conversation
        return None
    return said if said.at == now else None


def _at(services: Services, address: str, patient_id: str, now: datetime) -> Destination | None:
    last = _last_heard(services, address)
    post = _post(services, address, last, now)
    if post is None:
        return None
    return Destination(
        post,
        _first_name(services.patients.at_address(address), patient_id),
        first=not _ever_written(services, address),
        heard_at=last.at if last else None,
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was last written from an address: when, on which channel, and how it was addressed."""

    at: datetime
    channel: str
    reply_to: str
    recipient: str


def _post(services: Services, address: str, last: _Heard | None, now: datetime) -> Post | None:
    if last is not None and _is_open(services, last, now):
        return Post(last.channel, last.reply_to, last.recipient, address)
    if not address.startswith("+"):  # an identity of WhatsApp alone has no number to text to
        return None
    return Post(TEXTING, address, services.account.sms_from, address)


def _is_open(services: Services, last: _Heard, now: datetime) -> bool:
    """Whether free text may be sent where that was written."""
    channel = services.channels.get(last.channel)
    if channel is None:
        return False
    window = channel.capabilities.service_window
    return window is None or now - last.at < window - _MARGIN


def _last_heard(services: Services, address: str) -> _Heard | None:
    """The last that was written, not said in a call, from the address."""
    query = (
        select(MessageRow.at, MessageRow.channel, MessageRow.reply_to, MessageRow.recipient)
        .where(
            MessageRow.address == address,
            MessageRow.direction == "in",
            MessageRow.call_id.is_(None),
        )
        .order_by(MessageRow.number.desc())
        .limit(1)
    )
    with services.database.read() as session:
        found = session.execute(query).first()
        return _Heard(*found) if found else None


def _ever_written(services: Services, address: str) -> bool:
    """Whether anything was ever written to or from the address."""
    query = (
        select(MessageRow.id)
        .where(MessageRow.address == address, MessageRow.call_id.is_(None))
        .limit(1)
    )
    with services.database.read() as session:
        return session.scalar(query) is not None


def _first_name(people: Sequence[Patient], patient_id: str) -> str | None:
    if len(people) < 2:
        return None
    return next((each.first_name for each in people if each.id == patient_id), None)
