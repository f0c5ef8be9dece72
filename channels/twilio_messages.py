"""What Twilio's written channels share: their webhook, their receipts, and sending.

https://www.twilio.com/docs/messaging/guides/webhook-request
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from twilio.rest import Client

from channels.base import Unreadable
from channels.failures import send_failed
from conversations.model import Delivery, Inbound, Location, Media, Receipt
from conversations.ports import SendFailed
from integrations.twilio import TwilioAccount, rule_for

MAX_CHARS = 1600
"""Of one Body: https://www.twilio.com/docs/api/errors/21617"""

_LOOKS_AT = 200
"""Messages to one address: far more than a patient gets between a send and the look for it."""
_TRIAL = "Sent from your Twilio trial account - "
_MAX_MEDIA = 10
_MAX_ID = 128
_OPT_OUT = frozenset({"STOP", "START", "HELP"})

# https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
_STATES: Mapping[str, Delivery] = {
    "accepted": Delivery.ACCEPTED,
    "scheduled": Delivery.ACCEPTED,
    "queued": Delivery.ACCEPTED,
    "sending": Delivery.ACCEPTED,
    "sent": Delivery.SENT,
    "partially_delivered": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
    "undelivered": Delivery.UNDELIVERED,
}
_FAILED = frozenset({Delivery.FAILED, Delivery.UNDELIVERED})


def parse_message(channel: str, form: Mapping[str, str], at: datetime) -> Inbound:
    """Reads a message's webhook; parameters it does not know are left alone. Raises Unreadable."""
    return Inbound(
        channel=channel,
        provider_id=required(form, "MessageSid", "SmsMessageSid", "SmsSid"),
        sender=required(form, "From"),
        recipient=form.get("To", "").strip(),
        text=_clean(form.get("Body", "")),
        received_at=at,
        payload=_clean(form.get("ButtonPayload") or form.get("ListId") or "") or None,
        media=_media(form),
        location=_location(form),
        opt_out=_opt_out(form),
    )


def parse_receipt(form: Mapping[str, str]) -> Receipt | None:
    """Reads a status callback, ours and the provider's parameters together. Raises Unreadable.

    message and part were put there by us. Of a text that went in pieces, all but the last piece
    report only failures: the message has arrived when its last piece has.
    """
    provider_id = required(form, "MessageSid", "SmsSid")
    state = _STATES.get((form.get("MessageStatus") or form.get("SmsStatus") or "").lower())
    if state is None or ("part" in form and state not in _FAILED):
        return None
    return _receipt(provider_id, state, form.get("message"), form.get("ErrorCode", "").strip())


def _receipt(provider_id: str, state: Delivery, message_id: str | None, error: str) -> Receipt:
    """A receipt with all that follows from the error's code, "" or "0" for none."""
    known = int(error) if error.isascii() and error.isdigit() else 0
    rule = rule_for(known) if known else None
    return Receipt(
        provider_id=provider_id,
        state=state,
        message_id=message_id or None,
        error_code=error if error and error != "0" else None,
        opted_out=rule is not None and rule.opted_out,
        slow=rule is not None and rule.slow,
        elsewhere=rule.elsewhere if rule else None,
        again=tuple(timedelta(minutes=each) for each in rule.again) if rule else (),
    )


def required(form: Mapping[str, str], *names: str) -> str:
    """The first of the parameters that is there. Raises Unreadable without any."""
    for name in names:
        value = form.get(name, "").strip()
        if value and len(value) <= _MAX_ID and "\x00" not in value:
            return value
    raise Unreadable(f"{names[0]} is missing")


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()


def _media(form: Mapping[str, str]) -> tuple[Media, ...]:
    found = []
    for number in range(_MAX_MEDIA):
        url = form.get(f"MediaUrl{number}", "").strip()
        if url:
            found.append(Media(url, form.get(f"MediaContentType{number}", "").strip()))
    return tuple(found)


def _location(form: Mapping[str, str]) -> Location | None:
    try:
        latitude, longitude = float(form["Latitude"]), float(form["Longitude"])
    except (KeyError, ValueError):
        return None
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    if abs(latitude) > 90 or abs(longitude) > 180:  # degrees
        return None
    label = form.get("Label") or form.get("Address") or ""
    return Location(latitude, longitude, _clean(label))


def _opt_out(form: Mapping[str, str]) -> str | None:
    word = form.get("OptOutType", "").strip().upper()
    return word if word in _OPT_OUT else None


@dataclass
class Messages:
    """Twilio's Messages resource, as the account may use it."""

    account: TwilioAccount

    @cached_property
    def client(self) -> Client:
        """The SDK's client, made at the first use. Raises SendFailed."""
        try:
            return self.account.client()
        except Exception as error:  # whatever the SDK raises, the sender is told
            raise send_failed(error) from error

    def create(self, **fields: Any) -> str:
        """Creates one message and returns its id. Raises SendFailed.

        Nothing is tried twice here: Twilio has no idempotency key for a message.
        """
        given = {name: value for name, value in fields.items() if value is not None}
        client = self.client
        try:
            sid = client.messages.create(**given).sid
        except Exception as error:  # the SDK and requests raise without a base
            raise send_failed(error) from error
        if not sid:
            raise SendFailed("unreadable-answer", unknown=True)
        return str(sid)

    def create_pieces(self, pieces: tuple[str, ...], message_id: str, **fields: Any) -> str:
        """Sends the pieces in order and returns the last one's id. Raises SendFailed.

        Once the first piece is taken a failure is `unknown`: sent again, the patient would read
        the beginning twice.
        """
        sid = ""
        for number, piece in enumerate(pieces, start=1):
            part = None if number == len(pieces) else number
            callback = self.account.status_callback(message_id, part=part)
            try:
                sid = self.create(body=piece, status_callback=callback, **fields)
            except SendFailed as failure:
                if number == 1:
                    raise
                raise SendFailed(failure.code, unknown=True) from failure
        return sid

    def find(
        self,
        to: str,
        pieces: tuple[str, ...] | None,
        message_id: str,
        since: datetime,
        taken: Collection[str],
    ) -> Receipt | None:
        """What Twilio has of a message, by its text; without pieces any that nothing else explains.

        since: UTC. taken: ids that other messages of ours carry. Raises SendFailed where it cannot
        be told. The list is not asked for by DateSent: what still queues at Twilio has none, and
        would be sent twice.
        """
        try:
            listed = self.client.messages.list(to=to, limit=_LOOKS_AT, page_size=_LOOKS_AT)
        except Exception as error:  # the SDK and requests raise without a base
            raise SendFailed("unlisted", unknown=True) from error
        ours = [
            each
            for each in reversed(listed)
            if each.direction != "inbound" and each.date_created >= since
        ]
        free = [each for each in ours if each.sid not in taken]
        if pieces is None:
            return _found(free[0], message_id) if free else None
        last = next((each for each in free if _says(each, pieces[-1])), None)
        if last is not None:
            return _found(last, message_id)
        if any(not each.body for each in free):  # of a Content it shows the text only when sent
            raise SendFailed("listed-without-text", unknown=True)
        return _begun(ours, pieces, message_id, taken)


def _found(listed: Any, message_id: str) -> Receipt:
    state = _STATES.get(str(listed.status), Delivery.ACCEPTED)
    return _receipt(str(listed.sid), state, message_id, str(listed.error_code or ""))


def _begun(
    ours: Iterable[Any], pieces: tuple[str, ...], message_id: str, taken: Collection[str]
) -> Receipt | None:
    """Failed, where the beginning of a split text went out and its end did not."""
    begun = [each for each in ours if len(pieces) > 1 and _says(each, pieces[0])]
    ended = [each for each in ours if each.sid in taken and _says(each, pieces[-1])]
    if len(begun) <= len(ended):
        return None
    return Receipt(str(begun[-1].sid), Delivery.FAILED, message_id, "incomplete")


def _says(listed: Any, text: str) -> bool:
    body = str(listed.body or "").removeprefix(_TRIAL)
    return body.split() == text.split()
