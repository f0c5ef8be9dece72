"""How much a sender may send in a second, as data.

SMS is counted in segments and depends on where it goes: the networks of the United States and
Canada take little from an ordinary number, those elsewhere more. Twilio queues what comes faster
(ten hours of a number's rate, four for WhatsApp) and then fails it; it never tells how long its
queue is, so that ours is kept here, where an answer may still pass a campaign.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_QUEUES: Final = "https://help.twilio.com/articles/115002943027"
_LIMITS: Final = (
    "https://www.twilio.com/help/faq/twilio-basics/"
    "what-are-the-limits-on-outbound-calls-and-sms-messages-per-second"
)
_TOLL_FREE: Final = "https://help.twilio.com/articles/4411046744987"
_WHATSAPP: Final = "https://www.twilio.com/docs/api/errors/63018"


@dataclass(frozen=True, slots=True)
class Rate:
    """kind: of sender and destination. per_second: segments, messages or calls."""

    channel: str
    kind: str
    per_second: float
    source: str


RATES: Final = (
    Rate("sms", "long code to +1", 1, _LIMITS),
    Rate("sms", "toll-free to +1", 3, _TOLL_FREE),
    Rate("sms", "short code", 100, _QUEUES),
    Rate("sms", "elsewhere", 10, _QUEUES),
    Rate("whatsapp", "sender", 80, _WHATSAPP),
    Rate("voice", "account", 1, _LIMITS),
)
_CAUTIOUS: Final = 1.0
"""For a channel of which nothing is known."""
_TOLL_FREE_CODES: Final = tuple(f"+1{code}" for code in (800, 833, 844, 855, 866, 877, 888))
_SHORT_CODE: Final = 6  # digits at most


def rate_of(channel: str, sender: str, to: str, agreed: Mapping[str, float]) -> Rate:
    """The rate of a sender towards an address; what was agreed with Twilio goes before the table.

    sender: E.164, a short code, or the id of a messaging service, which counts as one number.
    """
    kind = _kind(channel, sender, to)
    usual = next(
        (rate for rate in RATES if (rate.channel, rate.kind) == (channel, kind)),
        Rate(channel, kind, _CAUTIOUS, ""),
    )
    if channel not in agreed:
        return usual
    return Rate(channel, kind, agreed[channel], "SENDER_RATES")


def _kind(channel: str, sender: str, to: str) -> str:
    if channel == "voice":
        return "account"
    if channel != "sms":
        return "sender"
    if sender.isdigit() and len(sender) <= _SHORT_CODE:
        return "short code"
    if not to.startswith("+1"):
        return "elsewhere"
    return "toll-free to +1" if sender.startswith(_TOLL_FREE_CODES) else "long code to +1"


def parse_rates(text: str) -> dict[str, float]:
    """Reads ``sms=1,whatsapp=80``. Raises ValueError."""
    agreed = {}
    for each in filter(None, text.split(",")):
        channel, _, number = each.strip().partition("=")
        try:
            agreed[channel] = float(number)
        except ValueError:
            raise ValueError("must read like sms=1,whatsapp=80,voice=1") from None
        if not channel.isalpha() or not 0 < agreed[channel] < 10_000:  # NaN is neither
            raise ValueError("must read like sms=1,whatsapp=80,voice=1")
    return agreed
