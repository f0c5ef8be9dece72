"""Where a patient is reached, and saying something there once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.services import Services
from channels.base import Channel, takes_templates
from clinic.consents import Purpose
from clinic.languages import Language
from clinic.patients import Patient
from conversations.model import Choice, Conversation, Message, Template
from conversations.outgoing import TEXTING, Post
from conversations.tables import MessageRow
from outreach.notices import Notice

_MID_TALK: Final = timedelta(minutes=10)
"""Who has just written is in the middle of something: our digits would be taken for its answer."""

CALLING: Final = "voice"
"""By which an automatic call goes out."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to write to a patient at this moment.

    first_name: whom a message is for, where others share the address; else None.
    first: nothing was ever said there. heard_at: when somebody there last wrote, UTC.
    template_only: free text may not go there now.
    """

    post: Post
    first_name: str | None
    first: bool
    heard_at: datetime | None
    template_only: bool = False

    @property
    def tells_how_to_stop(self) -> bool:
        """Whether the words say how to have them stop; those of a template always do."""
        return self.first or self.template_only

    @property
    def address(self) -> str:
        """The canonical address."""
        return self.post.address

    def is_mid_talk(self, now: datetime) -> bool:
        """Whether somebody there wrote a moment before `now` (UTC)."""
        return self.heard_at is not None and timedelta(0) <= now - self.heard_at < _MID_TALK


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
    """The conversation there, opened where there is none.

    One that begins with a call goes on in writing, since a call ends.
    """
    post = destination.post
    if post.channel == CALLING:
        post = Post(TEXTING, post.address, services.account.sms_from, post.address)
    conversation = services.conversations.reach(
        post.to, post.channel, post.sender, services.patients, now
    )
    return Reached(destination, conversation)


def destination_of(
    services: Services,
    patient_id: str,
    now: datetime,
    notices: Sequence[Notice] = (),
    agreed_to: Purpose | None = None,
) -> Destination | None:
    """Where to write to the patient; changes nothing.

    Where they wrote last, if free text may be sent there now, or if all of `notices`, by one of
    which it will be worded, are approved there in the patient's language; else a text message to a
    number. None where there is no such address that has not opted out. agreed_to:
    what the address must have asked for.
    """
    approved = _Approved(services, patient_id, notices)
    found = [
        destination
        for address in services.patients.reachable({patient_id}).get(patient_id, ())
        if (agreed_to is None or services.patients.agreed(address, agreed_to))
        and (destination := _at(services, address, patient_id, now, approved))
    ]
    never = datetime.min.replace(tzinfo=now.tzinfo)
    return max(found, key=lambda each: each.heard_at or never, default=None)


def at_number(services: Services, channel: str, number: str, patient_id: str) -> Destination:
    """That number, by text message or by a call of ours; changes nothing."""
    texted = Post(TEXTING, number, services.account.sms_from, number)
    return Destination(
        called(services, number) if channel == CALLING else texted,
        _first_name(services.patients.at_address(number), patient_id),
        first=not _ever_written(services, number),
        heard_at=None,
    )


def destination_at(services: Services, address: str, now: datetime) -> Destination | None:
    """Where to write to whoever has the address; None where that may not be."""
    if services.patients.opted_out(address):
        return None
    return _at(services, address, "", now, _Approved(services, "", ()))


def number_to_call(services: Services, patient_id: str) -> Destination | None:
    """Where the patient may be called automatically; None without a number that allows it."""
    for address in services.patients.addresses(patient_id):
        if address.startswith("+") and not services.patients.opted_out(address, Purpose.CALLS):
            name = _first_name(services.patients.at_address(address), patient_id)
            return Destination(called(services, address), name, first=False, heard_at=None)
    return None


def called(services: Services, address: str) -> Post:
    """A call to the number."""
    return Post(CALLING, address, services.account.voice_from, address)


def say_once(
    services: Services,
    reached: Reached,
    text: str,
    choices: Sequence[Choice],
    key: str,
    now: datetime,
    template: Template | None = None,
) -> Message | None:
    """Queues what is said for the key; None where it was said before or by another worker.

    template: what says the same, for a channel that may take nothing else when it is sent.
    """
    if services.conversations.said_for(key):
        return None
    channel = services.channels.get(reached.destination.post.channel)
    try:
        said = services.conversations.say(
            reached.conversation.id,
            text,
            author="outreach",
            at=now,
            choices=choices,
            post=reached.destination.post,
            key=key,
            template=template if channel and takes_templates(channel) else None,
        )
    except IntegrityError:  # another worker has just said it, in another conversation
        return None
    return said if said.at == now else None


@dataclass(frozen=True, slots=True)
class _Approved:
    """Where those notices may go as templates, in the patient's language."""

    services: Services
    patient_id: str
    notices: Sequence[Notice]

    def on(self, channel: Channel) -> bool:
        if not self.notices or not takes_templates(channel):
            return False
        language = self.services.patients.patient(self.patient_id).language
        clinic = self.services.settings.clinic_name
        names = (notice.submitted(language, clinic).name for notice in self.notices)
        return all(channel.templates.approved(name) for name in names)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was last written from an address: when, on which channel, and how it was addressed."""

    at: datetime
    channel: str
    reply_to: str
    recipient: str


def _at(
    services: Services, address: str, patient_id: str, now: datetime, approved: _Approved
) -> Destination | None:
    last = _last_heard(services, address)
    way = _way(services, address, last, now, approved)
    if way is None:
        return None
    post, template_only = way
    return Destination(
        post,
        _first_name(services.patients.at_address(address), patient_id),
        first=last is None and not _ever_written(services, address),
        heard_at=last.at if last else None,
        template_only=template_only,
    )


def _way(
    services: Services, address: str, last: _Heard | None, now: datetime, approved: _Approved
) -> tuple[Post, bool] | None:
    """The way to the address, and whether only a template may go it."""
    if last is not None and (channel := services.channels.get(last.channel)) is not None:
        there = Post(last.channel, last.reply_to, last.recipient, address)
        if channel.capabilities.takes_free_text(now - last.at):
            return there, False
        if approved.on(channel):
            return there, True
    if address.startswith("+"):
        return Post(TEXTING, address, services.account.sms_from, address), False
    for name, channel in services.channels.items():  # an identity there, without a number
        if approved.on(channel):
            return Post(name, address, "", address), True
    return None


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


def _first_name(people: Sequence[Patient], patient_id: str | None) -> str | None:
    if len(people) < 2:
        return None
    return next((each.first_name for each in people if each.id == patient_id), None)
