"""Text messages through Twilio."""

from collections.abc import Collection, Mapping
from datetime import datetime

from channels.base import Capabilities, Unreadable
from channels.sms.gsm import segments, to_gsm
from channels.texts import numbered, split
from channels.twilio_messages import MAX_CHARS, Messages, parse_message, parse_receipt
from conversations.model import Inbound, Load, Outbound, Receipt
from integrations.twilio import TwilioAccount
from integrations.twilio.rates import rate_of


def render(message: Outbound) -> tuple[str, ...]:
    """The texts to send: choices as digits, in the cheap alphabet, each within the limit."""
    return split(to_gsm(numbered(message.text, message.choices)), MAX_CHARS)


class SmsChannel:
    """Text messages: read, not tapped; without limit of time."""

    name = "sms"
    capabilities = Capabilities(max_chars=MAX_CHARS)

    def __init__(self, account: TwilioAccount) -> None:
        self._account = account
        self._messages = Messages(account)

    def parse(self, form: Mapping[str, str], at: datetime) -> Inbound:
        """Reads a webhook's parameters. Raises Unreadable."""
        return parse_message(self.name, form, at)

    def receipt(self, form: Mapping[str, str]) -> Receipt | None:
        """Reads a status callback. Raises Unreadable, also for another channel's."""
        if ":" in form.get("From", "") or ":" in form.get("To", ""):
            raise Unreadable("the receipt is of another channel")
        return parse_receipt(form)

    def send(self, message: Outbound) -> str:
        """Sends the text and returns the id of its last piece. Raises SendFailed."""
        service = self._account.messaging_service_sid
        sender = message.sender or self._account.sms_from
        return self._messages.create_pieces(
            render(message),
            message.id,
            to=message.to,
            messaging_service_sid=service or None,
            from_=None if service else sender,
        )

    def find(self, message: Outbound, since: datetime, taken: Collection[str]) -> Receipt | None:
        """What Twilio has of the message. Raises SendFailed."""
        return self._messages.find(message.to, render(message), message.id, since, taken)

    def load(self, message: Outbound) -> Load:
        """Its segments."""
        account = self._account
        sender = account.messaging_service_sid or message.sender or account.sms_from
        rate = rate_of(self.name, sender, message.to, account.sender_rates)
        units = sum(segments(piece) for piece in render(message))
        return Load(f"{self.name}:{sender}:{rate.kind}", units, rate.per_second)


def create(account: TwilioAccount) -> SmsChannel:
    """The channel of this folder."""
    return SmsChannel(account)
