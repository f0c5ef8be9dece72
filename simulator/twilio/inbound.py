"""A patient's message on its way to the app: the signed webhook and what its answer asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from integrations.twilio.keywords import NOTICES, OptOut, read_keyword
from simulator.twilio.carrier import Carrier
from simulator.twilio.model import Setup, StoredMessage, channel_of, number_of
from simulator.twilio.segments import count_segments
from simulator.twilio.state import State, new_sid
from simulator.twilio.twiml import BadTwiml, read_twiml
from simulator.twilio.webhooks import Answer, WebhookFailed, Webhooks

_MOST_DOCUMENTS = 5


@dataclass(frozen=True, slots=True)
class Letter:
    """What a patient sends. media: (address, content type); location: (latitude, longitude)."""

    text: str = ""
    payload: str | None = None
    title: str | None = None
    media: tuple[tuple[str, str], ...] = ()
    location: tuple[float, float] | None = None
    label: str = ""
    name: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


class Line(Protocol):
    """What delivering a letter needs of the local Twilio."""

    setup: Setup
    state: State
    webhooks: Webhooks
    carrier: Carrier


def deliver(line: Line, channel: str, number: str, letter: Letter) -> StoredMessage:
    """Brings a patient's message to the app and waits for its answer.

    The message is "received" when the app took it; a failed webhook leaves error_code on it and
    an alert. Twilio's own words (STOP …) are answered by Twilio and reach the app all the same.
    """
    message = _store(line, channel, number, letter)
    opt_out = _obey_keyword(line, message)
    params = inbound_params(line.setup, message, letter)
    if opt_out and line.state.behaviour.advanced_opt_out:
        params["OptOutType"] = opt_out
    again(line, message, params)
    return message


def again(line: Line, message: StoredMessage, params: Mapping[str, str]) -> None:
    """Sends the webhook of a message; sent twice, it is a provider's repeat."""
    url = f"{line.setup.public_base_url}/twilio/{message.channel}"
    try:
        answer = line.webhooks.send(url, params, timeout=line.state.behaviour.webhook_timeout)
        _obey_twiml(line, message, answer, params)
    except (WebhookFailed, BadTwiml) as failure:
        line.state.alert(failure.code, message.sid, failure.text)
        line.state.set_status(message, "received", failure.code)
    else:
        line.state.set_status(message, "received")


def _store(line: Line, channel: str, number: str, letter: Letter) -> StoredMessage:
    prefix = "whatsapp:" if channel == "whatsapp" else ""
    ours = line.setup.whatsapp_from if channel == "whatsapp" else line.setup.sms_from
    now = line.state.clock()
    message = StoredMessage(
        sid=new_sid("MM" if letter.media else "SM"),
        direction="inbound",
        sender=f"{prefix}{number}",
        recipient=f"{prefix}{ours}",
        body=letter.title or letter.text,
        status="receiving",
        created=now,
        updated=now,
        media=tuple(url for url, _ in letter.media),
        segments=count_segments(letter.text) if channel == "sms" else 1,
    )
    with line.state.changing():
        line.state.last_inbound[number, ours] = now
    line.state.add_message(message)
    return message


def _obey_keyword(line: Line, message: StoredMessage) -> OptOut | None:
    """Twilio keeps STOP itself: on SMS always, on WhatsApp with Advanced Opt-Out only."""
    advanced = line.state.behaviour.advanced_opt_out
    word = read_keyword(message.body)
    if word is None or (message.channel != "sms" and not advanced):
        return None
    pair = (number_of(message.recipient), message.sender)
    with line.state.changing():
        was_out = pair in line.state.opted_out
        if word == "STOP":
            line.state.opted_out.add(pair)
        elif word == "START":
            line.state.opted_out.discard(pair)
    if word == "HELP" or was_out is (word == "START"):
        _notice(line, message, NOTICES[word])
    return word


def _notice(line: Line, message: StoredMessage, text: str) -> None:
    now = line.state.clock()
    line.state.add_message(
        StoredMessage(
            sid=new_sid("SM"),
            direction="outbound-reply",
            sender=message.recipient,
            recipient=message.sender,
            body=text,
            status="delivered",
            created=now,
            updated=now,
            sent=now,
            segments=count_segments(text),
            notice=True,
        )
    )


def inbound_params(setup: Setup, message: StoredMessage, letter: Letter) -> dict[str, str]:
    """Everything Twilio tells about an inbound message."""
    params = {
        "ToCountry": "MX",
        "SmsMessageSid": message.sid,
        "NumMedia": str(len(letter.media)),
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "Body": message.body,
        "To": message.recipient,
        "NumSegments": str(message.segments),
        "MessageSid": message.sid,
        "AccountSid": setup.account_sid,
        "From": message.sender,
        "ApiVersion": "2010-04-01",
    }
    for position, (url, content_type) in enumerate(letter.media):
        params[f"MediaUrl{position}"] = url
        params[f"MediaContentType{position}"] = content_type
    if setup.messaging_service_sid:
        params["MessagingServiceSid"] = setup.messaging_service_sid
    if message.channel == "whatsapp":
        params |= _whatsapp_params(message, letter)
    return params | dict(letter.extra)


def _whatsapp_params(message: StoredMessage, letter: Letter) -> dict[str, str]:
    params = {
        "ProfileName": letter.name or number_of(message.sender),
        "WaId": number_of(message.sender).removeprefix("+"),
        "MessageType": "text",
    }
    if letter.payload is not None:
        params |= {"ButtonPayload": letter.payload, "ButtonText": message.body}
        params |= {"ButtonType": "REPLY", "MessageType": "button"}
    if letter.location is not None:
        latitude, longitude = letter.location
        params |= {"Latitude": f"{latitude}", "Longitude": f"{longitude}", "Body": ""}
        params |= {"MessageType": "location"}
        params |= {"Label": letter.label} if letter.label else {}
    if letter.media:
        params["MessageType"] = letter.media[0][1].partition("/")[0]
    return params


def _obey_twiml(
    line: Line, message: StoredMessage, answer: Answer, params: Mapping[str, str]
) -> None:
    for _ in range(_MOST_DOCUMENTS):
        if not answer.text.strip():
            return
        root, problems = read_twiml(answer.text, answer.content_type, "messaging")
        for problem in problems:
            line.state.alert(problem.code, message.sid, problem.text)
        target = _obey_document(line, message, root)
        if target is None:
            return
        answer = line.webhooks.send(urljoin(answer.url, target.strip()), params)


def _obey_document(line: Line, message: StoredMessage, root: ET.Element) -> str | None:
    """Sends the document's messages; returns where it redirects to."""
    for node in root:
        if node.tag == "Redirect":
            return node.text or ""
        if node.tag == "Message":
            body = node.findtext("Body") or node.text or ""
            _reply(line, message, body.strip(), node.get("action") or "")
    return None


def _reply(line: Line, message: StoredMessage, text: str, callback: str) -> None:
    pair = (number_of(message.recipient), message.sender)
    if message.channel == "sms" and pair in line.state.opted_out:
        line.state.alert(21610, message.sid, "the reply was not sent: the patient opted out")
        return
    now = line.state.clock()
    reply = StoredMessage(
        sid=new_sid("SM"),
        direction="outbound-reply",
        sender=message.recipient,
        recipient=message.sender,
        body=text,
        status="queued",
        created=now,
        updated=now,
        segments=1 if channel_of(message.sender) == "whatsapp" else count_segments(text),
        status_callback=callback,
    )
    line.state.add_message(reply)
    line.carrier.take(reply)
