"""The clinic's account at Twilio."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from integrations.twilio.http import MappedHttpClient

TIMEOUT = 10.0
"""Seconds for one request: the SDK waits for ever by default."""


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """Who we are at Twilio.

    api_base_url: a double of Twilio; empty means Twilio itself. sms_from, whatsapp_from and
    voice_from are E.164. With a messaging_service_sid the service chooses the sender of texts.
    sender_rates: what goes out a second instead of `integrations.twilio.rates`, by channel.
    public_base_url: what Twilio calls us by; empty means that no delivery receipts are asked for.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    api_base_url: str = ""
    sms_from: str = ""
    whatsapp_from: str = ""
    voice_from: str = ""
    messaging_service_sid: str = ""
    public_base_url: str = ""
    sender_rates: Mapping[str, float] = field(default_factory=dict)

    def client(self) -> Client:
        """A new client of the real SDK. Raises TwilioException without an account.

        The environment is not read: TWILIO_REGION or TWILIO_EDGE would rewrite the hosts, and
        TWILIO_ACCOUNT_SID could bring in an account that nobody configured here.
        """
        if not self.account_sid or not self.auth_token:
            raise TwilioException("no Twilio account is configured")
        return Client(
            self.account_sid,
            self.auth_token,
            http_client=MappedHttpClient(self.api_base_url, timeout=TIMEOUT),
            environment={"TWILIO_REGION": "", "TWILIO_EDGE": ""},
        )

    def status_callback(self, message_id: str, *, part: int | None = None) -> str | None:
        """Where Twilio reports on a message of ours; part: which piece of a text that was split."""
        if not self.public_base_url:
            return None
        piece = "" if part is None else f"&part={part}"
        return f"{self.public_base_url}/twilio/status?message={message_id}{piece}"
