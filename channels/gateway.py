"""The webhooks of every channel, made from the channels themselves.

A channel named `sms` is served at /twilio/sms; a new one needs no change here. Nothing of a
request is looked at before its signature is found good, and nothing but XML or plain text ever
goes out: never a traceback.
"""

import logging
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import HTTPException

from channels.base import Answerer, Callback, Channel, Reply, Route, Unreadable
from clinic.clock import Clock
from conversations.model import Inbound, Receipt
from integrations.twilio import TwilioAccount, signature_is_valid

log = logging.getLogger(__name__)

MAX_BODY = 64 * 1024
"""Bytes of a webhook's form; Twilio's largest are a few kilobytes."""

_ACKNOWLEDGED = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_ABSOLUTE = re.compile(r"^https?://[^/?]*", re.IGNORECASE)


def create_gateway(
    channels: Mapping[str, Channel],
    *,
    account: TwilioAccount,
    public_base_url: str,
    clock: Clock,
    receive: Callable[[Inbound], object],
    apply: Callable[[Receipt], object],
    answerers: Mapping[str, Answerer] | None = None,
) -> Blueprint:
    """The blueprint with every webhook.

    receive: stores an inbound message before it is acknowledged. apply: notes a delivery
    receipt. answerers: by channel name, what answers in the webhook itself (calls).
    public_base_url: what Twilio calls us by; signatures are made over it.
    """
    blueprint = Blueprint("gateway", __name__, url_prefix="/twilio")
    guard = _Guard(account.auth_token, public_base_url.rstrip("/"), clock)
    routes: dict[str, Route] = {"status": _status_route(channels.values(), apply)}
    for name, channel in channels.items():
        if not channel.capabilities.immediate:
            routes[name] = _message_route(channel, receive)
    for name, answerer in (answerers or {}).items():
        for path, route in answerer.routes().items():
            routes[f"{name}/{path}".rstrip("/")] = route
    for path, route in routes.items():
        blueprint.add_url_rule(
            f"/{path}",
            endpoint=path.replace("/", "_"),
            view_func=guard.view(route),
            methods=["POST"],
            provide_automatic_options=False,
        )
    blueprint.register_error_handler(Exception, _failed)
    return blueprint


def _message_route(channel: Channel, receive: Callable[[Inbound], object]) -> Route:
    def handle(callback: Callback) -> Reply:
        receive(channel.parse(callback.form, callback.at))
        return Reply(_ACKNOWLEDGED)

    return handle


def _status_route(channels: Iterable[Channel], apply: Callable[[Receipt], object]) -> Route:
    known = tuple(channels)

    def handle(callback: Callback) -> Reply:
        receipt = _read_receipt(known, {**callback.args, **callback.form})
        if receipt is not None:
            apply(receipt)
        return Reply(status=204)

    return handle


def _read_receipt(channels: Iterable[Channel], form: Mapping[str, str]) -> Receipt | None:
    """As the first channel reads it that knows it as its own. Raises Unreadable."""
    reason = Unreadable("no channel reads this receipt")
    for channel in channels:
        try:
            return channel.receipt(form)
        except Unreadable as error:
            reason = error
    raise reason


class _Guard:
    """Lets a request through to its route when the provider really signed it."""

    def __init__(self, auth_token: str, public_base_url: str, clock: Clock) -> None:
        self._auth_token = auth_token
        self._public_base_url = public_base_url
        self._clock = clock

    def view(self, route: Route) -> Callable[[], Response]:
        """The Flask view of a route."""

        def handle() -> Response:
            signature = request.headers.get("X-Twilio-Signature")
            if not signature:
                return _plain(403, "the signature is missing")
            request.max_content_length = MAX_BODY
            url = self._public_base_url + raw_target(request)
            if not signature_is_valid(self._auth_token, url, request.form, signature):
                return _plain(403, "the signature is not valid")
            callback = Callback(request.form, request.args, self._clock())
            try:
                return _response(route(callback))
            except Unreadable as error:
                return _plain(400, str(error))

        return handle


def raw_target(incoming: Request) -> str:
    """Path and query as they were sent, still percent-encoded.

    Flask's own URL is decoded, and a signature over `%C3%A9` would never match `é`.
    """
    raw = incoming.environ.get("RAW_URI") or incoming.environ.get("REQUEST_URI")
    target = _ABSOLUTE.sub("", str(raw or "")).partition("#")[0]
    if "?" in target:
        return target
    path = target or quote(incoming.root_path.rstrip("/") + incoming.path, safe="/:@!$&'()*+,;=~")
    query = incoming.query_string.decode("latin-1")
    return f"{path}?{query}" if query else path


def _response(reply: Reply) -> Response:
    if reply.status == 204:  # no content, so no type of it either
        return Response(status=204)
    return Response(reply.body, reply.status, mimetype=reply.mimetype)


def _plain(status: int, text: str) -> Response:
    return Response(text, status, mimetype="text/plain")


def _failed(error: Exception) -> Response:
    """A plain answer; the log gets where it happened, not with whose data."""
    if isinstance(error, HTTPException):
        return _plain(error.code or 500, error.name)
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("a webhook failed with %s\n%s", type(error).__name__, places)
    return _plain(500, "the request could not be handled")
