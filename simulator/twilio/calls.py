"""Calls: how they begin, ring, are answered and end, and what is reported of them."""

import logging
import threading
from collections.abc import Mapping
from datetime import UTC
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import urlsplit

from simulator.twilio.errors import ApiError
from simulator.twilio.model import CallRecord, Line, Pace, Setup, Speech
from simulator.twilio.resources import duration_of
from simulator.twilio.sending import is_number
from simulator.twilio.state import State, new_sid
from simulator.twilio.verbs import Conversation, HungUp
from simulator.twilio.webhooks import WebhookFailed, Webhooks

log = logging.getLogger(__name__)
_MOST_LIVE = 20
_LONGEST_RING = 120.0
_FINAL = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


class Exchange(Protocol):
    """What a call needs of the local Twilio."""

    setup: Setup
    state: State
    webhooks: Webhooks


def start_inbound(exchange: Exchange, number: str, pace: Pace) -> CallRecord:
    """A patient calls the clinic: the app's entry of a call is asked what to do."""
    setup, now = exchange.setup, exchange.state.clock()
    call = CallRecord(
        sid=new_sid("CA"),
        direction="inbound",
        caller=number,
        called=setup.voice_from,
        status="ringing",
        created=now,
        updated=now,
        pace=pace,
        status_callback=f"{setup.public_base_url}/twilio/voice/status",
    )
    _begin(exchange, call, f"{setup.public_base_url}/twilio/voice", "")
    return call


def start_outbound(exchange: Exchange, form: Mapping[str, str], events: list[str]) -> CallRecord:
    """The clinic calls a patient, as POST Calls.json does. Raises ApiError."""
    called, caller = form.get("To", ""), form.get("From", "")
    if not called:
        raise ApiError(21201)
    if not caller:
        raise ApiError(21213)
    if not is_number(called):
        raise ApiError(21211, called)
    if caller not in {exchange.setup.voice_from, exchange.setup.sms_from}:
        raise ApiError(21210, caller)
    url, twiml = form.get("Url", ""), form.get("Twiml", "")
    if not twiml and urlsplit(url).scheme not in {"http", "https"}:
        raise ApiError(21205)
    if len(twiml) > 4000:
        raise ApiError(20001, "Twiml is longer than 4000 characters")
    now = exchange.state.clock()
    call = CallRecord(
        sid=new_sid("CA"),
        direction="outbound-api",
        caller=caller,
        called=called,
        status="queued",
        created=now,
        updated=now,
        pace="page",
        status_callback=form.get("StatusCallback", ""),
        status_events=frozenset(events) or frozenset({"completed"}),
        options=dict(form),
    )
    _begin(exchange, call, url, "" if url else twiml)
    return call


def update_call(exchange: Exchange, call: CallRecord, form: Mapping[str, str]) -> None:
    """Ends or redirects a live call. Raises ApiError 21220."""
    status = form.get("Status", "")
    if call.status in _FINAL:
        raise ApiError(21220)
    with exchange.state.touching(call):
        if status in {"completed", "canceled"}:
            before = call.status in {"queued", "ringing"}
            call.ends = "canceled" if before else "completed"
        elif form.get("Url") or form.get("Twiml"):
            if call.status != "in-progress":
                raise ApiError(21220)
            call.redirect = (form.get("Url", ""), form.get("Twiml", ""))
        else:
            raise ApiError(20001, "Status, Url or Twiml is required")


def _begin(exchange: Exchange, call: CallRecord, url: str, twiml: str) -> None:
    with exchange.state.changed:
        live = sum(other.status not in _FINAL for other in exchange.state.calls.values())
    if live >= _MOST_LIVE:
        raise ApiError(20429)
    exchange.state.add_call(call)
    run = _Run(exchange, call)
    threading.Thread(
        target=run.whole, args=(url, twiml), name=f"call-{call.sid[-6:]}", daemon=True
    ).start()


class _Run:
    """One call from its first ring to its last callback, in a thread of its own."""

    def __init__(self, exchange: Exchange, call: CallRecord) -> None:
        self._exchange, self._state, self._call = exchange, exchange.state, call

    def whole(self, url: str, twiml: str) -> None:
        try:
            final = self._answered(url, twiml)
        except HungUp as hung_up:
            final = hung_up.status
        except Exception:  # The call must end whatever went wrong in here
            log.exception("a call of the local Twilio failed")
            final = "failed"
        with self._state.touching(self._call) as call:
            call.phase, call.status = "ended", final
            call.finished = self._state.clock()
        self._report("completed")

    def _answered(self, url: str, twiml: str) -> str:
        call = self._call
        if call.direction == "outbound-api" and (unanswered := self._ring()):
            return unanswered
        with self._state.touching(call):
            call.started = self._state.clock()
            call.status = "in-progress" if call.direction == "outbound-api" else "ringing"
            call.phase = "talking"
        self._report("answered")
        extra = self._detect_machine()
        conversation = Conversation(self._exchange, call, self.params)
        return conversation.hold(url, twiml, extra)

    def _ring(self) -> str | None:
        """Rings at the patient's phone; the final status when nobody takes the call."""
        call, state = self._call, self._state
        self._report("initiated")
        with state.touching(call):
            call.status = "ringing"
        self._report("ringing")
        if state.condition(call.called) == "off":
            return "no-answer"
        longest = min(float(call.options.get("Timeout") or 60), _LONGEST_RING)
        state.wait(lambda: bool(call.answer or call.ends), longest)
        if call.ends:
            return call.ends
        if call.answer == "declined":
            return "busy"
        return None if call.answer else "no-answer"

    def _detect_machine(self) -> dict[str, str]:
        """Who answered, where the clinic asked for it; at once or by a callback."""
        call = self._call
        wanted = call.options.get("MachineDetection", "")
        if wanted not in {"Enable", "DetectMessageEnd"}:
            return {}
        machine = "machine_end_beep" if wanted == "DetectMessageEnd" else "machine_start"
        with self._state.touching(call):
            call.answered_by = machine if call.answer == "machine" else call.answer
        told = {"AnsweredBy": call.answered_by or "unknown"}
        if call.options.get("AsyncAmd") != "true":
            return told
        target = call.options.get("AsyncAmdStatusCallback", "")
        if target:
            told |= {"CallSid": call.sid, "AccountSid": self._exchange.setup.account_sid}
            self._post(target, {**told, "MachineDetectionDuration": "2400"})
        return {}

    def params(self) -> dict[str, str]:
        """What Twilio tells with every request of this call."""
        call = self._call
        return {
            "CallSid": call.sid,
            "AccountSid": self._exchange.setup.account_sid,
            "From": call.caller,
            "To": call.called,
            "Caller": call.caller,
            "Called": call.called,
            "CallStatus": call.status,
            "ApiVersion": "2010-04-01",
            "Direction": call.direction,
        }

    def _report(self, event: str) -> None:
        call = self._call
        if event not in call.status_events or not call.status_callback:
            return
        params = self.params() | {
            "Timestamp": format_datetime(self._state.clock().astimezone(UTC)),
            "SequenceNumber": str(call.sequence),
            "CallbackSource": "call-progress-events",
        }
        if event == "completed":
            seconds = duration_of(call)
            params |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
        if call.answered_by:
            params["AnsweredBy"] = call.answered_by
        call.sequence += 1
        self._post(call.status_callback, params)

    def _post(self, url: str, params: Mapping[str, str]) -> None:
        timeout = self._state.behaviour.webhook_timeout
        try:
            self._exchange.webhooks.send(url, params, timeout=timeout)
        except WebhookFailed as failure:
            self._state.alert(failure.code, self._call.sid, f"call callback: {failure.text}")


def press(state: State, call: CallRecord, digits: str) -> None:
    """The patient presses keys."""
    with state.touching(call):
        _note(state, call, "digits", digits)
        call.keys.extend(digits)


def say(state: State, call: CallRecord, speech: Speech) -> None:
    """The patient says something."""
    with state.touching(call):
        _note(state, call, "speech", speech.text)
        call.speech.append(speech)


def stay_silent(state: State, call: CallRecord) -> None:
    """The patient says nothing until the clinic stops waiting."""
    with state.touching(call):
        _note(state, call, "silence", "")
        call.silent = True


def hang_up(state: State, call: CallRecord) -> None:
    """The patient ends the call, or declines one that still rings."""
    with state.touching(call):
        if call.phase == "ringing" and call.direction == "outbound-api":
            call.answer = call.answer or "declined"
        elif call.phase != "ended":
            call.ends = call.ends or "completed"


def _note(state: State, call: CallRecord, kind: str, text: str) -> None:
    call.lines.append(Line(len(call.lines) + 1, "patient", kind, text, state.clock()))
