"""The words of a conversation, as every channel shares them. All instants are UTC."""

from dataclasses import dataclass, field
from datetime import datetime
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
    "EngineReply",
    "Handoff",
    "Inbound",
    "Location",
    "Media",
    "Message",
    "Outbound",
    "Receipt",
    "Reception",
    "Understanding",
    "Utterance",
]

Direction = Literal["in", "out"]


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
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
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


@dataclass(frozen=True, slots=True)
class Message:
    """A stored message, inbound or outbound.

    state: a Reception (inbound) or Delivery (outbound). payload: of an inbound, what it was
    resolved to. author: "patient", "bot", "system" (fixed words), "outreach" or "staff:<user>".
    ranking: (intent, confidence) as the engine read it, best first.
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


@dataclass(frozen=True, slots=True)
class Handoff:
    """What a person must see to.

    kind "handoff": the patient waits for a person; "alert": the staff should know. reason: "wish",
    "doubt", "emergency", "failure", "engine_down", "delivery", ...
    """

    id: str
    conversation_id: str
    kind: str
    reason: str
    opened_at: datetime
    taken_by: str | None = None
    taken_at: datetime | None = None
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
    the provider says that the address wants nothing more.
    """

    provider_id: str
    state: Delivery
    message_id: str | None = None
    error_code: str | None = None
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message ready to be handed to a channel.

    sender: the clinic's address as the provider writes it; "" is the channel's own.
    """

    id: str
    channel: str
    to: str
    sender: str
    text: str
    language: Language
    choices: tuple[Choice, ...] = field(default=())
