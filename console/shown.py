"""How a state, a channel and a text are shown: a word, a colour's name, an icon's name.

A state is never told by colour alone. Words are keys of `texts.toml`.
"""

import re
from dataclasses import dataclass

from clinic.appointments import AppointmentStatus
from conversations.model import ConversationState, Delivery

# Marks that reorder or hide what stands around them: a message may not dress up as another.
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Badge:
    """A state to show. tone: good, wait, calm, bad or off."""

    word: str
    tone: str
    icon: str


_VISITS = {
    AppointmentStatus.BOOKED: Badge("visit_booked", "wait", "clock"),
    AppointmentStatus.CONFIRMED: Badge("visit_confirmed", "good", "check"),
    AppointmentStatus.CANCELLED: Badge("visit_cancelled", "off", "cross"),
    AppointmentStatus.ARRIVED: Badge("visit_arrived", "calm", "door"),
    AppointmentStatus.COMPLETED: Badge("visit_completed", "calm", "check"),
    AppointmentStatus.NO_SHOW: Badge("visit_no_show", "bad", "cross"),
}
_DELIVERIES = {
    Delivery.QUEUED: Badge("delivery_queued", "wait", "clock"),
    Delivery.SENDING: Badge("delivery_sending", "wait", "clock"),
    Delivery.ACCEPTED: Badge("delivery_accepted", "calm", "check"),
    Delivery.SENT: Badge("delivery_sent", "calm", "check"),
    Delivery.DELIVERED: Badge("delivery_delivered", "good", "checks"),
    Delivery.READ: Badge("delivery_read", "good", "checks"),
    Delivery.FAILED: Badge("delivery_failed", "bad", "alert"),
    Delivery.UNDELIVERED: Badge("delivery_undelivered", "bad", "alert"),
    Delivery.SPOKEN: Badge("delivery_spoken", "calm", "voice"),
    Delivery.WITHHELD: Badge("delivery_withheld", "off", "cross"),
}
_CONVERSATIONS = {
    ConversationState.BOT: Badge("talk_bot", "calm", "bot"),
    ConversationState.WAITING: Badge("talk_waiting", "wait", "hand"),
    ConversationState.PERSON: Badge("talk_person", "good", "person"),
    ConversationState.CLOSED: Badge("talk_closed", "off", "check"),
}
_CHANNELS = {"sms", "whatsapp", "voice", "web"}


def visit(status: AppointmentStatus) -> Badge:
    """Where a visit stands."""
    return _VISITS[status]


def delivery(state: str) -> Badge | None:
    """How far a message came; None for a state that is no delivery."""
    return _DELIVERIES[Delivery(state)] if state in set(Delivery) else None


def talk(state: ConversationState) -> Badge:
    """Who answers in a conversation."""
    return _CONVERSATIONS[state]


def channel(name: str) -> Badge:
    """A channel; one that came later than this page is shown by its own name."""
    return Badge(f"channel_{name}" if name in _CHANNELS else name, "calm", name)


def harmless(text: str) -> str:
    """The text with characters that hide or reorder others made visible."""
    return _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
