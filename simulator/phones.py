"""The patients' phones: who holds one, and what it shows since it was last looked at."""

import secrets
import threading
from dataclasses import dataclass
from typing import Any

from simulator.twilio.local import LocalTwilio
from simulator.twilio.model import CallRecord, StoredMessage, channel_of, number_of

Json = dict[str, Any]
_MOST_SHOWN = 200
_MOST_WAITING = 4
_LONGEST_WAIT = 20.0


@dataclass(frozen=True, slots=True)
class PhoneInHand:
    """A phone. id stands for the number in addresses, where a number must not appear."""

    id: str
    number: str
    name: str


class Phones:
    """All phones in use, and what happens on them."""

    def __init__(self, twilio: LocalTwilio) -> None:
        self._twilio = twilio
        self._lock = threading.Lock()
        self._phones: dict[str, PhoneInHand] = {}
        self._waiting = threading.Semaphore(_MOST_WAITING)

    def take(self, number: str, name: str) -> PhoneInHand:
        """The phone with that number, which keeps its id."""
        with self._lock:
            known = (phone for phone in self._phones.values() if phone.number == number)
            identifier = next((phone.id for phone in known), secrets.token_urlsafe(9))
            phone = PhoneInHand(identifier, number, name)
            self._phones[identifier] = phone
        return phone

    def phone(self, identifier: str) -> PhoneInHand | None:
        """The phone with that id."""
        return self._phones.get(identifier)

    def updates(self, phone: PhoneInHand, after: int, wait: float) -> Json:
        """What changed since the revision `after`; waits up to `wait` seconds for something.

        Only a few may wait at a time, so that waiting pages never use up the server's threads:
        others are answered at once.
        """
        state = self._twilio.state
        if wait > 0 and self._waiting.acquire(blocking=False):
            try:
                longest = min(wait, _LONGEST_WAIT)
                state.wait(lambda: bool(self._changed(phone, after)), longest)
            finally:
                self._waiting.release()
        with state.changed:
            messages, calls = self._messages(phone, after), self._calls(phone, after)
            return {
                "revision": state.revision,
                "messages": [message_json(phone, message) for message in messages],
                "calls": [call_json(call) for call in calls],
                "alerts": [
                    {"code": alert.code, "sid": alert.sid, "text": alert.text}
                    for alert in state.alerts
                    if alert.revision > after
                ],
                "condition": state.condition(phone.number),
            }

    def _changed(self, phone: PhoneInHand, after: int) -> bool:
        state = self._twilio.state
        alerted = bool(state.alerts) and state.alerts[-1].revision > after
        return alerted or bool(self._calls(phone, after) or self._messages(phone, after))

    def _messages(self, phone: PhoneInHand, after: int) -> list[StoredMessage]:
        return [
            message
            for message in self._twilio.state.messages.values()
            if message.revision > after
            and phone.number in {number_of(message.sender), number_of(message.recipient)}
            and _arrived(message)
        ][-_MOST_SHOWN:]

    def _calls(self, phone: PhoneInHand, after: int) -> list[CallRecord]:
        return [
            call
            for call in self._twilio.state.calls.values()
            if call.revision > after and call.phone == phone.number
        ][-_MOST_SHOWN:]


def _arrived(message: StoredMessage) -> bool:
    """Whether the patient's phone shows it: it was sent, or it is the patient's own."""
    return message.direction == "inbound" or message.status in {"sent", "delivered", "read"}


def message_json(phone: PhoneInHand, message: StoredMessage) -> Json:
    """A message as the phone shows it."""
    shown = message.shown
    return {
        "sid": message.sid,
        "channel": channel_of(message.recipient),
        "mine": number_of(message.sender) == phone.number,
        "text": message.body,
        "at": message.created.isoformat(),
        "status": message.status,
        "error": message.error_code,
        "segments": message.segments,
        "notice": message.notice,
        "media": list(message.media),
        "kind": shown.kind if shown else "text",
        "button": shown.button if shown else "",
        "items": [
            {"title": item.title, "id": item.id, "description": item.description}
            for item in (shown.items if shown else ())
        ],
    }


def call_json(call: CallRecord) -> Json:
    """A call as the phone shows it."""
    return {
        "sid": call.sid,
        "direction": call.direction,
        "status": call.status,
        "phase": call.phase,
        "turn": call.turn,
        "hint": call.hint,
        "answered_by": call.answered_by,
        "started": call.started.isoformat() if call.started else None,
        "lines": [
            {
                "index": line.index,
                "who": line.who,
                "kind": line.kind,
                "text": line.text,
                "language": line.language,
            }
            for line in call.lines
        ],
    }
