"""Twilio's requests made by hand: signed as it signs, or not."""

import secrets
from collections.abc import Mapping
from typing import Any

import httpx
from twilio.request_validator import RequestValidator

from app.account import SIMULATED_SID
from app.secrets import twilio_auth_token
from tests.e2e.instance import Instance

ROUTES = (
    "sms",
    "whatsapp",
    "status",
    "voice",
    "voice/status",
    "voice/turn",
    "voice/wait",
    "voice/dialled",
)


class TwilioSide:
    """Posts to an instance's webhooks. token, public: as the instance is told them."""

    def __init__(self, instance: Instance, token: str = "", public: str = "") -> None:
        self._instance = instance
        self._validator = RequestValidator(token or twilio_auth_token(instance.settings))
        self._public = (public or instance.url).rstrip("/")

    def post(
        self, path: str, form: Mapping[str, Any], signature: str | None = None
    ) -> httpx.Response:
        """Signed over the public address; sent to the one on this machine."""
        target = f"/twilio/{path}"
        good = self._validator.compute_signature(self._public + target, dict(form))
        headers = {"X-Twilio-Signature": good if signature is None else signature}
        return self.send(target, form, headers if signature != "" else {})

    def send(
        self, target: str, form: Mapping[str, Any], headers: Mapping[str, str]
    ) -> httpx.Response:
        """As it is."""
        with httpx.Client(trust_env=False, timeout=20) as client:
            return client.post(self._instance.url + target, data=dict(form), headers=dict(headers))

    def text(
        self, phone: str, words: str, *, sid: str = "", channel: str = "sms", **more: str
    ) -> httpx.Response:
        """A message of a patient."""
        return self.post(channel, message_form(phone, words, sid=sid, channel=channel) | more)


def message_form(phone: str, words: str, *, sid: str = "", channel: str = "sms") -> dict[str, str]:
    """A message's webhook."""
    prefix = "whatsapp:" if channel == "whatsapp" else ""
    sid = sid or f"SM{secrets.token_hex(16)}"
    return {
        "MessageSid": sid,
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "AccountSid": SIMULATED_SID,
        "From": prefix + phone,
        "To": prefix + "+525550000100",
        "Body": words,
        "NumMedia": "0",
        "NumSegments": "1",
        "ApiVersion": "2010-04-01",
    }


def call_form(phone: str, call: str, **more: str) -> dict[str, str]:
    """A call's webhook."""
    return {
        "CallSid": call,
        "AccountSid": SIMULATED_SID,
        "From": phone,
        "To": "+525550000100",
        "CallStatus": "in-progress",
        "Direction": "inbound",
        "ApiVersion": "2010-04-01",
        **more,
    }
