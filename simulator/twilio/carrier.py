"""The way of a message after Twilio took it: its states, a little later, and their callbacks."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from simulator.twilio.contents import SESSION_BUTTONS
from simulator.twilio.model import Approval, Condition, Setup, StoredMessage, number_of
from simulator.twilio.state import State
from simulator.twilio.webhooks import WebhookFailed, Webhooks

log = logging.getLogger(__name__)
_Task = Callable[[], None]
_Step = tuple[float, str, int | None]
_SMS_FAILURES: Final[dict[Condition, tuple[str, int]]] = {
    "off": ("undelivered", 30003),
    "blocked": ("undelivered", 30004),
    "landline": ("undelivered", 30006),
}


_TEMPLATE_FAILURES: Final[dict[Approval | None, int]] = {
    "rejected": 63040,
    "paused": 63041,
    "disabled": 63042,
}


class Timetable:
    """Does things later, in one background thread that starts when first needed."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, _Task]] = []
        self._count = itertools.count()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def after(self, seconds: float, task: _Task) -> None:
        """Runs `task` after so many seconds; it must be quick."""
        with self._wake:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._count), task))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="local-twilio", daemon=True)
                self._thread.start()
            self._wake.notify()

    def close(self) -> None:
        """Forgets what is still due."""
        with self._wake:
            self._closed = True
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                if self._closed:
                    return
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is None or wait > 0:
                    self._wake.wait(wait)
                    continue
                task = heapq.heappop(self._due)[2]
            try:
                task()
            except Exception:  # One task must not end the thread of all others
                log.exception("a task of the local Twilio failed")


_LANES: Final = 4
"""So many callbacks at once; those of one message in one lane, so that they come in order."""


class Carrier:
    """Brings messages to phones."""

    def __init__(self, setup: Setup, state: State, webhooks: Webhooks) -> None:
        self._setup, self._state, self._webhooks = setup, state, webhooks
        self.timetable = Timetable()
        self._posting = [
            ThreadPoolExecutor(1, thread_name_prefix="local-twilio-callback") for _ in range(_LANES)
        ]

    def close(self) -> None:
        """Ends the background work."""
        self.timetable.close()
        for lane in self._posting:
            lane.shutdown(wait=False, cancel_futures=True)

    def take(self, message: StoredMessage) -> None:
        """Starts the way of an accepted message."""
        now = self._state.clock()
        wait = max(0.0, (message.send_at - now).total_seconds()) if message.send_at else 0.0
        self.timetable.after(wait, lambda: self._set_out(message))

    def _set_out(self, message: StoredMessage) -> None:
        if message.status == "canceled":
            return
        plan = self._plan(message)
        for delay, status, error in plan:
            self.timetable.after(delay, partial(self._arrive, message, status, error))
        for delay, status, error in self._callback_plan(plan):
            self.timetable.after(delay, partial(self._post, message, status, error))

    def _plan(self, message: StoredMessage) -> list[_Step]:
        """(seconds, status, error code) of each state to come."""
        behaviour = self._state.behaviour
        queued: list[_Step] = [(0.0, "queued", None)] if message.service_sid else []
        failure = self._failure(message)
        if failure:
            status, code = failure
            sent: list[_Step] = [] if status == "failed" else [(behaviour.sent_after, "sent", None)]
            if code == 0:
                return [*queued, *sent]
            return [*queued, *sent, (behaviour.delivered_after, status, code)]
        plan: list[_Step] = [
            *queued,
            (behaviour.sent_after, "sent", None),
            (behaviour.delivered_after, "delivered", None),
        ]
        if message.channel == "whatsapp" and behaviour.read_after is not None:
            plan.append((behaviour.read_after, "read", None))
        return plan

    def _failure(self, message: StoredMessage) -> tuple[str, int] | None:
        """How the message ends badly, if it does; code 0 for silence after "sent"."""
        condition = self._state.condition(message.recipient)
        if message.channel == "sms":
            return _SMS_FAILURES.get(condition)
        if condition == "no_whatsapp":
            return "failed", 63003
        if (number_of(message.sender), message.recipient) in self._state.opted_out:
            return "failed", 21610
        if message.approval != "approved" and (refused := self._refused_in_session(message)):
            return "failed", refused
        return ("undelivered", 0) if condition in {"off", "blocked"} else None

    def _refused_in_session(self, message: StoredMessage) -> int | None:
        """What WhatsApp refuses of what is not an approved template."""
        if not self._state.window_is_open(message.sender, message.recipient):
            return _TEMPLATE_FAILURES.get(message.approval, 63016)
        shown = message.shown
        if shown and shown.kind == "quick-reply" and len(shown.items) > SESSION_BUTTONS:
            return 63005
        return None

    def _callback_plan(self, plan: list[_Step]) -> list[_Step]:
        behaviour = self._state.behaviour
        if behaviour.delivery == "late":
            return [(delay + behaviour.late_by, status, error) for delay, status, error in plan]
        if behaviour.delivery == "twice":
            return [*plan, *((delay + 0.05, status, error) for delay, status, error in plan)]
        if behaviour.delivery == "out_of_order":
            last = max(delay for delay, _, _ in plan)
            return [
                (last + 0.1 * position, status, error)
                for position, (_, status, error) in enumerate(reversed(plan))
            ]
        return plan

    def _arrive(self, message: StoredMessage, status: str, error: int | None) -> None:
        self._state.set_status(message, status, error)
        if error:
            self._state.alert(error, message.sid, f"the message is {status}")

    def _post(self, message: StoredMessage, status: str, error: int | None) -> None:
        if message.status_callback:
            lane = self._posting[hash(message.sid) % _LANES]
            lane.submit(self._call_back, message, status, error)

    def _call_back(self, message: StoredMessage, status: str, error: int | None) -> None:
        try:
            self._webhooks.send(
                message.status_callback,
                callback_params(self._setup, message, status, error),
                timeout=self._state.behaviour.webhook_timeout,
            )
        except WebhookFailed as failure:
            self._state.alert(failure.code, message.sid, f"status callback: {failure.text}")


def callback_params(
    setup: Setup, message: StoredMessage, status: str, error: int | None
) -> dict[str, str]:
    """The parameters of a status callback."""
    params = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": status,
        "SmsStatus": status,
        "AccountSid": setup.account_sid,
        "From": message.sender,
        "To": message.recipient,
        "ApiVersion": "2010-04-01",
    }
    if message.service_sid:
        params["MessagingServiceSid"] = message.service_sid
    if error:
        params["ErrorCode"] = str(error)
    if message.channel == "whatsapp":
        params |= {"ChannelPrefix": "whatsapp", "ChannelInstallSid": "XE" + "0" * 32}
        params |= {"ChannelToAddress": message.recipient}
        if status in {"delivered", "read"}:
            params["EventType"] = status.upper()
    elif status in {"delivered", "undelivered"}:
        params["RawDlrDoneDate"] = f"{message.updated:%y%m%d%H%M}"
    return params
