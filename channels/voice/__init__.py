"""Telephone calls through Twilio: the answer is spoken within the webhook itself.

https://www.twilio.com/docs/voice/api/call-resource
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from twilio.rest import Client

from channels.base import Capabilities, Unreadable
from channels.failures import send_failed
from channels.twilio_messages import required
from conversations.model import Delivery, Inbound, Load, Outbound, Receipt
from conversations.ports import SendFailed
from integrations.twilio import TwilioAccount
from integrations.twilio.rates import rate_of

HIDDEN = "anonymous"
"""The sender of a call that shows no number at all."""

_MAX_SPOKEN = 3000
_RINGS = 25
"""Seconds, about five rings; most voicemails take the call by then."""
_LOOKS_AT = 50
"""So many of the latest calls to a number are looked through for one of ours."""
_DETECTION = 20
"""Seconds to tell a person from a machine; after them it is "unknown"."""

_STATES: Mapping[str, Delivery] = {
    "queued": Delivery.ACCEPTED,
    "initiated": Delivery.ACCEPTED,
    "ringing": Delivery.ACCEPTED,
    "in-progress": Delivery.ANSWERED,
    "completed": Delivery.ANSWERED,
    "busy": Delivery.BUSY,
    "no-answer": Delivery.NO_ANSWER,
    "canceled": Delivery.FAILED,
    "failed": Delivery.FAILED,
}
ENDED = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
"""What Twilio calls a call that is over."""


class VoiceChannel:
    """Calls: heard, and answered at once. A message is a call that is placed to say it."""

    name = "voice"
    capabilities = Capabilities(max_chars=_MAX_SPOKEN, spoken=True, immediate=True)

    def __init__(self, account: TwilioAccount) -> None:
        self._account = account

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

    def receipt(self, form: Mapping[str, str]) -> Receipt | None:
        """Reads how a call that we placed goes on. Raises Unreadable.

        Whether its words were heard Twilio does not know: that a person has answered them, or a
        machine was left a word, is noted where it happens.
        """
        call_id = required(form, "CallSid")
        state = _STATES.get(form.get("CallStatus", ""))
        if state is None:
            return None
        failed = state is Delivery.FAILED
        code = form.get("ErrorCode") or form.get("SipResponseCode") or form["CallStatus"]
        return Receipt(call_id, state, form.get("message"), code if failed else None)

    def send(self, message: Outbound) -> str:
        """Places the call; what is said in it is asked of us when it is taken. Raises SendFailed.

        Nothing is tried twice: Twilio has no idempotency key for a call.
        """
        base = self._account.public_base_url.rstrip("/")
        if not base:
            raise SendFailed("no-public-address", ours=True)
        voice = f"{base}/twilio/voice"
        query = urlencode({"l": message.language, "message": message.id})
        try:
            call = self._client.calls.create(
                to=message.to,
                from_=message.sender or self._account.voice_from,
                url=f"{voice}?{query}",
                method="POST",
                status_callback=f"{voice}/status?{query}",
                status_callback_method="POST",
                status_callback_event=["answered", "completed"],
                timeout=_RINGS,
                machine_detection="DetectMessageEnd",
                machine_detection_timeout=_DETECTION,
            )
        except Exception as error:  # the SDK and requests raise without a base
            raise send_failed(error) from error
        if not call.sid:
            raise SendFailed("unreadable-answer", unknown=True)
        return str(call.sid)

    def find(self, message: Outbound, since: datetime, taken: Collection[str]) -> Receipt | None:
        """The call that was placed for the message, if Twilio knows one that nothing else explains.

        since: UTC. taken: ids that other messages carry. Raises SendFailed where it cannot be told.
        """
        try:
            listed = self._client.calls.list(to=message.to, limit=_LOOKS_AT)
        except Exception as error:  # the SDK and requests raise without a base
            raise SendFailed("unlisted", unknown=True) from error
        ours = [
            call
            for call in listed
            if call.direction.startswith("outbound")
            and call.sid not in taken
            and call.date_created >= since
        ]
        if not ours:
            return None
        state = _STATES.get(ours[-1].status, Delivery.ACCEPTED)
        return Receipt(str(ours[-1].sid), state, message.id)

    def load(self, message: Outbound) -> Load:
        """One call."""
        sender = message.sender or self._account.voice_from
        rate = rate_of(self.name, sender, message.to, self._account.sender_rates)
        return Load(sender, 1, rate.per_second)

    @cached_property
    def _client(self) -> Client:
        return self._account.client()


def create(account: TwilioAccount) -> VoiceChannel:
    """The channel of this folder."""
    return VoiceChannel(account)
