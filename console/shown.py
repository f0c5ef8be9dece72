"""How a state, a channel and a text are shown: a word, a colour's name, an icon's name.

A state is never told by colour alone. Words are keys of `texts/`.
"""

import re
from dataclasses import dataclass

from clinic.appointments import AppointmentStatus
from clinic.campaigns import CampaignState
from clinic.feedback import Feedback
from clinic.waitlist import OfferOutcome
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
LATE = Badge("visit_late", "bad", "alert")
"""Beside a visit's state: the patient is not there yet."""
_DELIVERIES = {
    Delivery.QUEUED: Badge("delivery_queued", "wait", "clock"),
    Delivery.SENDING: Badge("delivery_sending", "wait", "clock"),
    Delivery.ACCEPTED: Badge("delivery_accepted", "calm", "check"),
    Delivery.SENT: Badge("delivery_sent", "calm", "check"),
    Delivery.DELIVERED: Badge("delivery_delivered", "good", "checks"),
    Delivery.READ: Badge("delivery_read", "good", "checks"),
    Delivery.FAILED: Badge("delivery_failed", "bad", "alert"),
    Delivery.UNDELIVERED: Badge("delivery_undelivered", "bad", "alert"),
    Delivery.ANSWERED: Badge("delivery_answered", "calm", "voice"),
    Delivery.BUSY: Badge("delivery_busy", "bad", "alert"),
    Delivery.NO_ANSWER: Badge("delivery_no_answer", "bad", "alert"),
    Delivery.VOICEMAIL: Badge("delivery_voicemail", "wait", "voice"),
    Delivery.SPOKEN: Badge("delivery_spoken", "calm", "voice"),
    Delivery.WITHHELD: Badge("delivery_withheld", "off", "cross"),
}
_CONVERSATIONS = {
    ConversationState.BOT: Badge("talk_bot", "calm", "bot"),
    ConversationState.WAITING: Badge("talk_waiting", "wait", "hand"),
    ConversationState.PERSON: Badge("talk_person", "good", "person"),
    ConversationState.CLOSED: Badge("talk_closed", "off", "check"),
}
_REPORTS = {
    True: Badge("result_open", "good", "check"),
    False: Badge("result_closed", "wait", "lock"),
}
_RESULTS = {
    "waiting": Badge("campaign_word_waiting", "wait", "clock"),
    "told": Badge("campaign_word_told", "calm", "check"),
    "delivered": Badge("campaign_word_delivered", "calm", "checks"),
    "answered": Badge("campaign_word_answered", "calm", "sms"),
    "moved": Badge("campaign_word_moved", "good", "calendar"),
    "cancelled": Badge("campaign_word_cancelled", "off", "cross"),
    "person": Badge("campaign_word_person", "wait", "hand"),
    "unreachable": Badge("campaign_word_unreachable", "bad", "alert"),
    "left_out": Badge("campaign_word_left_out", "off", "dot"),
    "stopped": Badge("campaign_word_stopped", "off", "cross"),
    "closed": Badge("campaign_word_closed", "off", "cross"),
}
"""How a campaign went with a recipient, in the order in which they are counted."""
_CAMPAIGNS = {
    "working": Badge("campaign_is_working", "wait", "clock"),
    "done": Badge("campaign_is_done", "good", "check"),
    CampaignState.PAUSED: Badge("campaign_is_paused", "off", "pause"),
    CampaignState.STOPPED: Badge("campaign_is_stopped", "off", "cross"),
}
_OFFERS = {
    OfferOutcome.OPEN: Badge("offer_open", "wait", "clock"),
    OfferOutcome.ACCEPTED: Badge("offer_accepted", "good", "check"),
    OfferOutcome.DECLINED: Badge("offer_declined", "calm", "cross"),
    OfferOutcome.TAKEN: Badge("offer_taken", "off", "cross"),
    OfferOutcome.EXPIRED: Badge("offer_expired", "off", "clock"),
}
_FREED = {
    "filled": Badge("freed_filled", "good", "check"),
    "offered": Badge("freed_offered", "wait", "clock"),
    "next": Badge("freed_next", "wait", "clock"),
    "over": Badge("freed_over", "off", "cross"),
}
_CHANNELS = {"sms", "whatsapp", "voice", "web"}


def visit(status: AppointmentStatus) -> Badge:
    """Where a visit stands."""
    return _VISITS[status]


def score(feedback: Feedback) -> Badge:
    """What a patient said of a visit, from 1 to 5."""
    if feedback.is_low:
        return Badge("feedback_score", "bad", "alert")
    return Badge("feedback_score", "good" if feedback.score > 3 else "calm", "star")


def delivery(state: str) -> Badge | None:
    """How far a message came; None for a state that is no delivery."""
    return _DELIVERIES[Delivery(state)] if state in set(Delivery) else None


def report(is_open: bool) -> Badge:
    """Whether the patient may open a report."""
    return _REPORTS[is_open]


def talk(state: ConversationState) -> Badge:
    """Who answers in a conversation."""
    return _CONVERSATIONS[state]


def results() -> list[str]:
    """All that may become of a campaign's recipient, in order."""
    return list(_RESULTS)


def result(word: str) -> Badge:
    """How a campaign went with a recipient."""
    return _RESULTS[word]


def campaign(state: CampaignState, *, waiting: bool) -> Badge:
    """Whether a campaign goes on; waiting: somebody was not told yet."""
    if state is CampaignState.RUNNING:
        return _CAMPAIGNS["working" if waiting else "done"]
    return _CAMPAIGNS[state]


def offer(outcome: OfferOutcome) -> Badge:
    """What became of an offer."""
    return _OFFERS[outcome]


def freed(state: str) -> Badge:
    """How far the offering of a freed slot is (`console.outreach.waitlist.Freed.state`)."""
    return _FREED[state]


def channel(name: str) -> Badge:
    """A channel; one that came later than this page is shown by its own name."""
    return Badge(f"channel_{name}" if name in _CHANNELS else name, "calm", name)


def masked(name: str) -> str:
    """A name of which only the person themselves recognises anything: "A••• T•••"."""
    return " ".join(f"{word[0]}•••" for word in harmless(name).split())


def masked_number(address: str) -> str:
    """A number by its country and its end, enough to tell it from others: "+52 ••• 0001"."""
    text = harmless(address)
    return f"{text[:3]} ••• {text[-4:]}" if len(text) > 9 else text


def plain(text: str) -> str:
    """What somebody typed, without such characters and with plain line breaks."""
    return _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def harmless(text: str) -> str:
    """The text with characters that hide or reorder others made visible."""
    return _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
