"""Creating messages: what Twilio's API checks at once, in the order in which it complains."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

from simulator.twilio.carrier import Carrier
from simulator.twilio.contents import read_variables, show
from simulator.twilio.errors import ApiError
from simulator.twilio.model import Setup, StoredContent, StoredMessage, channel_of, number_of
from simulator.twilio.segments import count_segments
from simulator.twilio.state import State, new_sid

_NUMBER = re.compile(r"^\+[1-9]\d{6,14}$")
_WHATSAPP_USER = re.compile(r"^whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})$")
_MOST_BODY, _MOST_MEDIA = 1600, 10
Form = MultiDict[str, str]


def is_number(address: str) -> bool:
    """Whether the address is a plausible E.164 number."""
    return bool(_NUMBER.match(address))


def create_message(setup: Setup, state: State, carrier: Carrier, form: Form) -> StoredMessage:
    """Takes a message, as POST Messages.json does. Raises ApiError."""
    recipient = form.get("To", "").strip()
    if not recipient:
        raise ApiError(21604)
    sender, service = _sender(setup, form, recipient)
    _check_pair(setup, sender, recipient)
    content = _content(state, form)
    media = tuple(form.getlist("MediaUrl"))
    body = form.get("Body", "")
    _check_body(body, media, content)
    if channel_of(recipient) == "sms" and (sender, recipient) in state.opted_out:
        raise ApiError(21610)
    now = state.clock()
    variables = read_variables(form.get("ContentVariables", ""))
    shown = show(content, variables, channel_of(recipient)) if content else None
    send_at = _send_at(form, service, now)
    text = shown.body if shown else body
    message = StoredMessage(
        sid=new_sid("MM" if media else "SM"),
        direction="outbound-api",
        sender=sender,
        recipient=recipient,
        body=text,
        status="scheduled" if send_at else "accepted" if service else "queued",
        created=now,
        updated=now,
        service_sid=service,
        media=media,
        segments=1 if channel_of(recipient) == "whatsapp" else count_segments(text),
        shown=shown,
        approval=content.approval if content else None,
        status_callback=_status_callback(form),
        send_at=send_at,
    )
    state.add_message(message)
    carrier.take(message)
    return message


def _sender(setup: Setup, form: Form, recipient: str) -> tuple[str, str | None]:
    service = form.get("MessagingServiceSid", "")
    if service:
        if service != setup.messaging_service_sid:
            raise ApiError(21701)
        ours = setup.whatsapp_from if channel_of(recipient) == "whatsapp" else setup.sms_from
        prefix = "whatsapp:" if channel_of(recipient) == "whatsapp" else ""
        return form.get("From", "") or f"{prefix}{ours}", service
    sender = form.get("From", "").strip()
    if not sender:
        raise ApiError(21603)
    return sender, None


def _check_pair(setup: Setup, sender: str, recipient: str) -> None:
    whatsapp = channel_of(recipient) == "whatsapp"
    if not (_WHATSAPP_USER if whatsapp else _NUMBER).match(recipient):
        raise ApiError(21211, recipient)
    if channel_of(sender) != channel_of(recipient):
        raise ApiError(21910)
    if whatsapp and number_of(sender) != setup.whatsapp_from:
        raise ApiError(63007)
    if not whatsapp and sender not in {setup.sms_from, setup.voice_from}:
        raise ApiError(21606, sender)
    if sender == recipient:
        raise ApiError(21266)


def _content(state: State, form: Form) -> StoredContent | None:
    sid = form.get("ContentSid", "")
    if not sid:
        return None
    content = state.contents.get(sid)
    if content is None:
        raise ApiError(21655)
    return content


def _check_body(body: str, media: tuple[str, ...], content: StoredContent | None) -> None:
    if not body and not media and content is None:
        raise ApiError(21602)
    if len(body) > _MOST_BODY:
        raise ApiError(21617)
    if len(media) > _MOST_MEDIA:
        raise ApiError(21623)
    if any(urlsplit(url).scheme not in {"http", "https"} for url in media):
        raise ApiError(21620)


def _status_callback(form: Form) -> str:
    """The callback's address; a bad one is dropped with a warning at Twilio, never an error."""
    url = form.get("StatusCallback", "")
    return url if urlsplit(url).scheme in {"http", "https"} and len(url) <= 4000 else ""


def _send_at(form: Form, service: str | None, now: datetime) -> datetime | None:
    """When to send; without a messaging service Twilio ignores the wish and sends at once."""
    text = form.get("SendAt", "")
    if not text or not service or form.get("ScheduleType", "") != "fixed":
        return None
    try:
        send_at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ApiError(35114) from error
    if not timedelta(minutes=15) <= send_at - now <= timedelta(days=35):
        raise ApiError(35114)
    return send_at


def update_message(state: State, message: StoredMessage, form: Mapping[str, str]) -> None:
    """Redacts a text (Body="") or cancels what is scheduled. Raises ApiError."""
    if form.get("Status") == "canceled":
        if message.status != "scheduled":
            raise ApiError(30409, "Message is not in a cancelable state")
        state.set_status(message, "canceled")
    elif form.get("Body") == "":
        if message.status in {"queued", "accepted", "scheduled"}:
            raise ApiError(20409, "Message cannot be redacted before it is sent")
        with state.changing() as revision:
            message.body, message.shown, message.revision = "", None, revision
    else:
        raise ApiError(20001, "only Body='' or Status=canceled can be updated")
