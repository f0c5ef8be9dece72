"""What the local Twilio remembers. Instants are UTC; durations are seconds."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Delivery = Literal["prompt", "late", "twice", "out_of_order"]
Condition = Literal["on", "off", "landline", "blocked", "no_whatsapp"]
Pace = Literal["instant", "page"]
Phase = Literal["ringing", "talking", "listening", "recording", "dialing", "bridged", "ended"]
Transfer = Literal["answered", "busy", "no-answer", "failed"]
Approval = Literal[
    "unsubmitted", "received", "pending", "approved", "rejected", "paused", "disabled"
]


@dataclass(frozen=True, slots=True)
class Setup:
    """The account this local Twilio plays, and the one place it may call.

    public_base_url: where the app is reached, without a slash at the end; webhooks are signed over
    it and go nowhere else. Numbers are E.164.
    """

    account_sid: str
    auth_token: str
    public_base_url: str
    sms_from: str
    whatsapp_from: str
    voice_from: str
    messaging_service_sid: str = ""


@dataclass(slots=True)
class Behaviour:
    """How Twilio and the carriers behave; tests change it.

    Delays count from the acceptance of a message. refuse: error codes that the next API requests
    get, one each. lose: of so many of the next messages the answer gets lost on its way, though
    they were taken. listed_after: how long a new message is missing in lists. advanced_opt_out:
    Twilio answers STOP on every channel and says so. review: whether WhatsApp's word on a template
    is there at the next look, or somebody sets it.
    """

    delivery: Delivery = "prompt"
    sent_after: float = 0.25
    delivered_after: float = 0.6
    read_after: float | None = 1.4
    late_by: float = 2.0
    advanced_opt_out: bool = False
    webhook_timeout: float = 15.0
    refuse: list[int] = field(default_factory=list)
    review: Literal["prompt", "by_hand"] = "prompt"
    lose: int = 0
    listed_after: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """A button or a row of a list as the phone shows it."""

    title: str
    id: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A content with its variables filled in."""

    kind: str
    body: str
    button: str = ""
    items: tuple[Item, ...] = ()


@dataclass(slots=True)
class StoredMessage:
    """A message resource. notice: written by Twilio itself, so not among the account's messages.

    approval: WhatsApp's word on the content it was made of, if it was.
    """

    sid: str
    direction: Literal["inbound", "outbound-api", "outbound-reply"]
    sender: str
    recipient: str
    body: str
    status: str
    created: datetime
    updated: datetime
    sent: datetime | None = None
    service_sid: str | None = None
    media: tuple[str, ...] = ()
    segments: int = 1
    shown: Shown | None = None
    approval: Approval | None = None
    status_callback: str = ""
    error_code: int | None = None
    notice: bool = False
    send_at: datetime | None = None
    revision: int = 0

    @property
    def channel(self) -> str:
        """ "sms" or "whatsapp"."""
        return channel_of(self.recipient)


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened in a call, in order. language: BCP 47 where something was said."""

    index: int
    who: Literal["clinic", "patient", "network"]
    kind: str
    text: str
    at: datetime
    language: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """What the patient said; confidence from 0 to 1, None where Twilio gives none."""

    text: str
    confidence: float | None = 0.9


Answer = Literal["", "human", "machine", "fax", "unknown", "declined"]
"""Who or what takes a call of the clinic's; unknown: a person whom Twilio cannot tell from a
machine."""


@dataclass(slots=True)
class CallRecord:
    """A call resource together with what both ends do in it.

    turn counts how often the clinic began to listen; heard is the last line that was played to
    its end. ends: why the call must end now, if it must.
    """

    sid: str
    direction: Literal["inbound", "outbound-api"]
    caller: str
    called: str
    status: str
    created: datetime
    updated: datetime
    pace: Pace = "instant"
    phase: Phase = "ringing"
    started: datetime | None = None
    finished: datetime | None = None
    answered_by: str | None = None
    lines: list[Line] = field(default_factory=list)
    keys: deque[str] = field(default_factory=deque)
    speech: deque[Speech] = field(default_factory=deque)
    silent: bool = False
    answer: Answer = ""
    transfer: Transfer | None = None
    transfer_over: bool = False
    redirect: tuple[str, str] | None = None
    ends: str | None = None
    hint: dict[str, str] = field(default_factory=dict)
    turn: int = 0
    heard: int = 0
    sequence: int = 0
    status_callback: str = ""
    status_events: frozenset[str] = frozenset({"completed"})
    options: dict[str, str] = field(default_factory=dict)
    revision: int = 0

    @property
    def phone(self) -> str:
        """The patient's number."""
        return self.caller if self.direction == "inbound" else self.called


@dataclass(frozen=True, slots=True)
class StoredContent:
    """A content (template). approval: WhatsApp's word on it; reason: why it was rejected."""

    sid: str
    friendly_name: str
    language: str
    variables: dict[str, str]
    types: dict[str, dict[str, object]]
    created: datetime
    approval: Approval = "unsubmitted"
    category: str = ""
    name: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """An entry of Twilio's debugger: the error code, the resource and what was wrong."""

    code: int
    sid: str
    text: str
    at: datetime
    revision: int = 0


def channel_of(address: str) -> str:
    """The channel of a provider's address."""
    return "whatsapp" if address.startswith("whatsapp:") else "sms"


def number_of(address: str) -> str:
    """The number or opaque identity behind a provider's address."""
    return address.removeprefix("whatsapp:")
