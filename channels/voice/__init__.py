"""Telephone calls through Twilio: the answer is spoken within the webhook itself."""

from collections.abc import Mapping
from datetime import datetime

from channels.base import Capabilities, Unreadable
from channels.twilio_messages import required
from conversations.model import Inbound, Outbound, Receipt
from conversations.ports import SendFailed
from integrations.twilio import TwilioAccount

HIDDEN = "anonymous"
"""The sender of a call that shows no number at all."""

_MAX_SPOKEN = 3000


class VoiceChannel:
    """Calls: heard, answered at once, and never a way to deliver a message."""

    name = "voice"
    capabilities = Capabilities(max_chars=_MAX_SPOKEN, spoken=True, immediate=True)

    def parse(self, form: Mapping[str, str], at: datetime) -> Inbound:
        """Reads a call's webhook. Raises Unreadable.

        In a call that we made the patient is the one called. provider_id is the call's own: who
        reads several webhooks of one call tells them apart.
        """
        call_id = required(form, "CallSid")
        if "From" not in form:
            raise Unreadable("From is missing")
        sender = form["From"].strip() or HIDDEN
        recipient = form.get("To", "").strip()
        if form.get("Direction", "").startswith("outbound"):
            sender, recipient = recipient or HIDDEN, sender
        digits = form.get("Digits", "").strip()
        return Inbound(
            channel=self.name,
            provider_id=call_id,
            sender=sender,
            recipient=recipient,
            text=digits or form.get("SpeechResult", "").replace("\x00", "").strip(),
            received_at=at,
            call_id=call_id,
        )

    def receipt(self, form: Mapping[str, str]) -> Receipt | None:  # noqa: ARG002  # the contract
        """Raises Unreadable: what is spoken has no receipts."""
        raise Unreadable("a call has no receipts")

    def send(self, message: Outbound) -> str:  # noqa: ARG002  # the contract
        """Raises SendFailed: what arises outside a call cannot be said in one."""
        raise SendFailed("voice-has-no-messages", ours=True)


def create(account: TwilioAccount) -> VoiceChannel:  # noqa: ARG001  # as every channel's
    """The channel of this folder."""
    return VoiceChannel()
