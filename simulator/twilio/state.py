"""The local Twilio's memory: one lock, bounded, gone when the process ends."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from clinic.clock import Clock
from simulator.twilio.model import (
    Alert,
    Behaviour,
    CallRecord,
    Condition,
    StoredContent,
    StoredMessage,
    number_of,
)

_MESSAGES, _CALLS, _CONTENTS, _ALERTS = 5000, 300, 500, 200
SERVICE_WINDOW = timedelta(hours=24)


def new_sid(prefix: str) -> str:
    """A fresh id as Twilio writes them: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


class State:
    """Messages, calls, contents, opt-outs and alerts.

    Change things only inside `changing()`: it holds the lock and wakes everybody who waits.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.changed = threading.Condition(threading.RLock())
        self.behaviour = Behaviour()
        self.revision = 0
        self.messages: OrderedDict[str, StoredMessage] = OrderedDict()
        self.calls: OrderedDict[str, CallRecord] = OrderedDict()
        self.contents: OrderedDict[str, StoredContent] = OrderedDict()
        self.alerts: list[Alert] = []
        self.opted_out: set[tuple[str, str]] = set()
        self.last_inbound: dict[tuple[str, str], datetime] = {}
        self.conditions: dict[str, Condition] = {}

    @contextmanager
    def changing(self) -> Iterator[int]:
        """Holds the lock; gives the revision that marks this change."""
        with self.changed:
            self.revision += 1
            yield self.revision
            self.changed.notify_all()

    def add_message(self, message: StoredMessage) -> None:
        """Keeps a message; the oldest goes when there are too many."""
        with self.changing() as revision:
            message.revision = revision
            self.messages[message.sid] = message
            _bound(self.messages, _MESSAGES)

    def add_call(self, call: CallRecord) -> None:
        """Keeps a call; the oldest goes when there are too many."""
        with self.changing() as revision:
            call.revision = revision
            self.calls[call.sid] = call
            _bound(self.calls, _CALLS)

    def add_content(self, content: StoredContent) -> None:
        """Keeps a content, or its new state."""
        with self.changing():
            self.contents[content.sid] = content
            _bound(self.contents, _CONTENTS)

    def set_status(self, message: StoredMessage, status: str, error: int | None = None) -> None:
        """Moves a message on."""
        with self.changing() as revision:
            message.status, message.error_code = status, error
            message.updated = self.clock()
            if status == "sent":
                message.sent = message.updated
            message.revision = revision

    @contextmanager
    def touching(self, call: CallRecord) -> Iterator[CallRecord]:
        """Changes a call."""
        with self.changing() as revision:
            yield call
            call.updated = self.clock()
            call.revision = revision

    def alert(self, code: int, sid: str, text: str) -> None:
        """An entry in the debugger."""
        with self.changing() as revision:
            self.alerts.append(Alert(code, sid, text, self.clock(), revision))
            del self.alerts[:-_ALERTS]

    def window_is_open(self, sender: str, recipient: str) -> bool:
        """Whether the patient wrote within the last 24 hours, so that free text may go out."""
        with self.changed:
            last = self.last_inbound.get((number_of(recipient), number_of(sender)))
        return last is not None and self.clock() - last < SERVICE_WINDOW

    def condition(self, address: str) -> Condition:
        """How the patient's phone is."""
        with self.changed:
            return self.conditions.get(number_of(address), "on")

    def wait(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Waits until `ready` (asked under the lock) or until the seconds are over."""
        with self.changed:
            return self.changed.wait_for(ready, seconds)


def _bound(kept: OrderedDict[str, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
