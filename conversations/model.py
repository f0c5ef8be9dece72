"""The words of a conversation, as every channel shares them. All instants are UTC."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from clinic.languages import Language
from integrations.engine.words import Choice, EngineReply, Understanding, Utterance

__all__ = [
    "Answer",
    "Choice",
    "Conversation",
    "ConversationState",
    "Delivery",
    "Direction",
    "Elsewhere",
    "EngineReply",
    "Handoff",
    "Inbound",
    "Load",
    "Location",
    "Masked",
    "Media",
    "Message",
    "Outbound",
    "Receipt",
    "Reception",
    "Template",
    "Understanding",
    "Utterance",
]

Direction = Literal["in", "out"]
Elsewhere = Literal["text", "voice"]
"""By what a patient may be reached whom a channel cannot reach: a text message, or a call."""


@dataclass(frozen=True, slots=True)
class Media:
    """Something sent along with a message; never fetched by us."""

    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Location:
    """A place the patient shared, in degrees."""

    latitude: float
    longitude: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """What a patient sent, as a channel read it.

    sender and recipient are as the provider writes them; provider_id is unique per channel.
    payload is what a tapped button carries, not yet believed. call_id is set inside a call.
    opt_out: "STOP", "START" or "HELP" where the provider itself has answered that word already.
    """

    channel: str
    provider_id: str
    sender: str
    recipient: str
    text: str
    received_at: datetime
    payload: str | None = None
    media: tuple[Media, ...] = ()
    location: Location | None = None
    call_id: str | None = None
    opt_out: str | None = None


class Delivery(StrEnum):
    """How far an outbound message is known to have come; never shown better than known."""

    QUEUED = "queued"  # stored by us, not yet handed to the provider
    SENDING = "sending"  # claimed by a worker; after a crash: unknown until reconciled
    ACCEPTED = "accepted"  # the provider has it
    SENT = "sent"
    ANSWERED = "answered"  # a call of ours was taken; whether its words were heard is not known
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    BUSY = "busy"  # a call of ours that met an engaged line
    NO_ANSWER = "no_answer"  # one that nobody took
    VOICEMAIL = "voicemail"  # a machine took it: the clinic's name was left, nothing of the message
    SPOKEN = "spoken"  # said within a call
    WITHHELD = "withheld"  # not sent: the address opted out


class Reception(StrEnum):
    """What became of an inbound message."""

    WAITING = "waiting"  # not answered yet: new, or the engine is out of reach
    ANSWERED = "answered"
    WITH_STAFF = "with_staff"  # a person answers; the bot said nothing
    GIVEN_UP = "given_up"  # the engine failed on it again and again: handed to the staff
    OVERTAKEN = "overtaken"  # followed by a STOP before it was answered: nothing more is said


class ConversationState(StrEnum):
    """Who answers."""

    BOT = "bot"
    WAITING = "waiting"  # for a person; the bot still answers
    PERSON = "person"  # a person answers; the bot is silent
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A bounded stretch of talk: what the engine knows as `sender`.

    address is canonical; reply_to is how the provider writes it on `channel`, where the patient
    last spoke; recipient is the clinic's own address there. patient_id: whom the address leads to,
    or who was identified; only `identified` says that they proved it in this conversation.
    taken_by: who of the staff answers.
    """

    id: str
    channel: str
    address: str
    reply_to: str
    recipient: str
    patient_id: str | None
    language: Language
    state: ConversationState
    call_id: str | None
    flow: str | None
    opened_at: datetime
    last_at: datetime
    identified: bool = False
    taken_by: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A stored message, inbound or outbound.

    state: a Reception (inbound) or Delivery (outbound). payload: of an inbound, what it was
    resolved to. author: "patient", "bot", "system" (fixed words), "outreach" or "staff:<user>".
    ranking: (intent, confidence) as the engine read it, best first. instead_of: the id of the
    message that did not arrive and is said again by this one. model: the name of the engine's
    model that answered it.
    """

    id: str
    conversation_id: str
    at: datetime
    channel: str
    direction: Direction
    text: str
    choices: tuple[Choice, ...] = ()
    payload: str | None = None
    intent: str | None = None
    confidence: float | None = None
    state: str = ""
    author: str = "bot"
    provider_id: str | None = None
    error_code: str | None = None
    in_reply_to: str | None = None
    media: tuple[Media, ...] = ()
    location: Location | None = None
    address: str = ""
    ranking: tuple[tuple[str, float], ...] = ()
    instead_of: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """What a person must see to.

    kind "handoff": the patient waits for a person; "alert": the staff should know. reason: "wish",
    "doubt", "emergency", "failure", "engine_down", "delivery", ... answered_at: when the staff
    first wrote after that.
    """

    id: str
    conversation_id: str
    kind: str
    reason: str
    opened_at: datetime
    taken_by: str | None = None
    taken_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said at once to a message of an immediate channel.

    turn: the id to collect the rest with when it is not finished. state: who answers from now on.
    """

    utterances: tuple[Utterance, ...]
    finished: bool
    conversation: Conversation
    state: ConversationState
    turn: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider's word on an outbound message.

    state is a Delivery value; message_id is our own id where the callback carries it. opted_out:
    the provider says that the address wants nothing more. slow: it says that we send too fast.
    elsewhere: by what else the patient may be reached. again: how long to wait before each further
    try of what did not arrive.
    """

    provider_id: str
    state: Delivery
    message_id: str | None = None
    error_code: str | None = None
    opted_out: bool = False
    slow: bool = False
    elsewhere: Elsewhere | None = None
    again: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """What a message weighs on the sender that it goes out from.

    line: the sender with all that shares its limit. units: as the provider counts, such as
    segments; `rate` of them go out a second.
    """

    line: str
    units: int
    rate: float

    @property
    def seconds(self) -> float:
        """How long the sender is busy with it."""
        return self.units / self.rate


@dataclass(frozen=True, slots=True)
class Template:
    """Words that a provider has approved, for where free text may not be sent.

    name: as the channel knows it. variables: what fills {{1}}, {{2}}, ... in that order. choices:
    its buttons; their payloads fill the variables that follow.
    """

    name: str
    variables: tuple[str, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Masked:
    """Words with a secret in them: as the thread keeps them, and as they are sent."""

    kept: str
    sent: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message ready to be handed to a channel.

    sender: the clinic's address as the provider writes it; "" is the channel's own. template: what
    says the same where the channel takes nothing but approved words now; None: there is none.
    silence: of a message with a template, how long ago the address last wrote on that channel,
    None where it never did.
    """

    id: str
    channel: str
    to: str
    sender: str
    text: str
    language: Language
    choices: tuple[Choice, ...] = field(default=())
    template: Template | None = None
    silence: timedelta | None = None
