"""Twilio's requests to the app: signed, cut off, and never to anywhere but the app itself."""

import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag, urlencode, urlsplit

import httpx
from twilio.request_validator import RequestValidator

from simulator.twilio.model import Setup

_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered."""

    url: str
    content_type: str
    text: str


class WebhookFailed(Exception):
    """The app gave no usable answer. code: Twilio's (11100, 11200 or 11205)."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def is_loopback(host: str | None) -> bool:
    """Whether the host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


class Webhooks:
    """Posts to the app as Twilio does. timeout: seconds until Twilio gives up."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._validator = RequestValidator(setup.auth_token)

    def send(
        self,
        url: str,
        params: Mapping[str, str],
        *,
        method: str = "POST",
        timeout: float = 15.0,
    ) -> Answer:
        """The app's answer. Raises WebhookFailed; a failed connection is tried once more."""
        token = secrets.token_hex(16)
        answer = self._attempt(urldefrag(url).url, params, method.upper(), timeout, token)
        for _ in range(_REDIRECTS):
            if not answer.has_redirect_location:
                break
            target = str(answer.next_request.url) if answer.next_request else ""
            answer = self._attempt(target, {}, "GET", timeout, token)
        if answer.status_code >= 400 or answer.has_redirect_location:
            raise WebhookFailed(11200, f"HTTP {answer.status_code} from {urlsplit(url).path}")
        return Answer(str(answer.url), answer.headers.get("content-type", ""), answer.text)

    def _attempt(
        self, url: str, params: Mapping[str, str], method: str, timeout: float, token: str
    ) -> httpx.Response:
        self._refuse_elsewhere(url)
        for last in (False, True):
            try:
                return self._request(url, params, method, timeout, token)
            except httpx.ConnectError as error:
                if last:
                    raise WebhookFailed(11205, "the app cannot be reached") from error
            except httpx.TimeoutException as error:
                raise WebhookFailed(11200, f"no answer in {timeout:g} s") from error
            except httpx.HTTPError as error:
                raise WebhookFailed(11200, "the answer broke off") from error
        raise AssertionError("unreachable")

    def _request(
        self,
        url: str,
        params: Mapping[str, str],
        method: str,
        timeout: float,
        token: str,
    ) -> httpx.Response:
        signed: Mapping[str, str] = params
        if method == "GET" and params:
            url = f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(params)}"
        if method == "GET":
            signed = {}
        url = str(httpx.URL(url))  # percent-encoded as it is sent, which is what is signed
        headers = {
            "X-Twilio-Signature": self._validator.compute_signature(url, signed),
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1",
        }
        body = dict(params) if method == "POST" else None
        with httpx.Client(timeout=timeout, trust_env=False) as client:
            return client.request(method, url, data=body, headers=headers)

    def _refuse_elsewhere(self, url: str) -> None:
        ours, theirs = urlsplit(self._setup.public_base_url), urlsplit(url)
        if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc):
            raise WebhookFailed(11100, "the address is not under PUBLIC_BASE_URL")
        if not is_loopback(ours.hostname):
            raise WebhookFailed(11100, "PUBLIC_BASE_URL is not on this machine")
