"""Carries out TwiML in a call: speaks, listens, records, dials, and asks the app what is next."""

import time
from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple, NoReturn, Protocol
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from simulator.twilio.model import CallRecord, Line, Phase, Setup
from simulator.twilio.state import State, new_sid
from simulator.twilio.twiml import BadTwiml, read_twiml, speech_of
from simulator.twilio.voices import language_of, seconds_to_say
from simulator.twilio.webhooks import WebhookFailed, Webhooks

APPLICATION_ERROR: Final = "We are sorry, an application error has occurred. Goodbye."
_MOST_DOCUMENTS: Final = 200
_PATIENCE: Final = 300.0
"""How long a call at the instant pace waits for its player, in seconds."""


class Exchange(Protocol):
    """What a call needs of the local Twilio."""

    setup: Setup
    state: State
    webhooks: Webhooks


class Next(NamedTuple):
    """The document to go on with: an address, or TwiML itself."""

    url: str
    twiml: str = ""
    method: str = "POST"
    extra: Mapping[str, str] = {}


class HungUp(Exception):
    """The call is over. status: its final state."""

    def __init__(self, status: str = "completed") -> None:
        super().__init__(status)
        self.status = status


class _Redirected(Exception):
    """The clinic sent the live call elsewhere through the API."""


class Conversation:
    """A call that was taken, until one side hangs up."""

    def __init__(
        self, exchange: Exchange, call: CallRecord, params: Callable[[], dict[str, str]]
    ) -> None:
        self._exchange, self._state, self._call = exchange, exchange.state, call
        self._params = params
        self._url = exchange.setup.public_base_url
        self._verbs: dict[str, Callable[[ET.Element], Next | None]] = {
            "Say": self._say,
            "Play": self._play,
            "Pause": self._pause,
            "Gather": self._gather,
            "Redirect": self._redirect,
            "Record": self._record,
            "Dial": self._dial,
            "Hangup": self._hang_up,
            "Reject": self._reject,
        }

    def hold(self, url: str, twiml: str, extra: Mapping[str, str]) -> str:
        """Goes from document to document; returns the final status, or raises HungUp."""
        following: Next | None = Next(url, twiml, extra=extra)
        for _ in range(_MOST_DOCUMENTS):
            if following is None:
                return "completed"
            try:
                following = self._document(following)
            except _Redirected:
                following = self._take_redirect()
        self._state.alert(12400, self._call.sid, "the call never ends: too many documents")
        return "completed"

    def _take_redirect(self) -> Next:
        with self._state.touching(self._call) as call:
            url, twiml = call.redirect or ("", "")
            call.redirect = None
        return Next(url, twiml)

    def _document(self, wanted: Next) -> Next | None:
        try:
            text, content_type = self._fetch(wanted)
            root, problems = read_twiml(text, content_type, "voice")
        except (WebhookFailed, BadTwiml) as failure:
            self._state.alert(failure.code, self._call.sid, failure.text)
            self._line("network", "error", APPLICATION_ERROR, "en-US")
            return None
        for problem in problems:
            self._state.alert(problem.code, self._call.sid, problem.text)
        if not (len(root) and root[0].tag == "Reject"):
            with self._state.touching(self._call) as call:
                call.status = "in-progress"
        return self._carry_out(root)

    def _fetch(self, wanted: Next) -> tuple[str, str]:
        if wanted.twiml:
            return wanted.twiml, "text/xml"
        self._phase("talking")
        timeout = min(self._state.behaviour.webhook_timeout, 15.0)
        params = {**self._params(), **wanted.extra}
        answer = self._exchange.webhooks.send(
            wanted.url, params, method=wanted.method, timeout=timeout
        )
        self._check_over()
        self._url = answer.url
        return answer.text, answer.content_type

    def _carry_out(self, root: ET.Element) -> Next | None:
        for node in root:
            verb = self._verbs.get(str(node.tag))
            if verb is None:
                self._state.alert(12200, self._call.sid, f"<{node.tag}> is not simulated here")
                continue
            self._check_over()
            following = verb(node)
            if following is not None:
                return following
        return None

    # What is heard

    def _say(self, node: ET.Element, barged: Callable[[], bool] = lambda: False) -> None:
        text = speech_of(node)
        language = language_of(node.get("language"), node.get("voice"))
        for _ in range(min(int(node.get("loop") or 1), 10) or 10):
            index = self._line("clinic", "say", text, language)
            self._let_hear(index, seconds_to_say(text), barged)
            if barged():
                return

    def _play(self, node: ET.Element, barged: Callable[[], bool] = lambda: False) -> None:
        index = self._line("clinic", "play", (node.text or node.get("digits") or "").strip())
        self._let_hear(index, 2.0, barged)

    def _pause(self, node: ET.Element, barged: Callable[[], bool] = lambda: False) -> None:
        if self._call.pace == "page":
            self._wait(barged, float(node.get("length") or 1))

    def _let_hear(self, index: int, seconds: float, barged: Callable[[], bool]) -> None:
        """The page says when a line was heard; without its word the line has a longest time."""
        if self._call.pace == "page":
            self._wait(lambda: self._call.heard >= index or barged(), 2.5 * seconds + 3)

    # What is asked

    def _gather(self, node: ET.Element) -> Next | None:
        call, modes = self._call, (node.get("input") or "dtmf").split()
        self._listen(node, modes, "listening")

        def begun() -> bool:
            return bool(("dtmf" in modes and call.keys) or ("speech" in modes and call.speech))

        for child in node:
            speak = {"Say": self._say, "Play": self._play, "Pause": self._pause}.get(str(child.tag))
            if speak is not None and not begun():
                speak(child, begun)
        extra: dict[str, str] = {}
        if self._wait_for_patient(begun, float(node.get("timeout") or 5)):
            keyed = "dtmf" in modes and bool(call.keys)
            extra = {"Digits": self._collect_digits(node)} if keyed else self._take_speech()
        self._stop_listening()
        if extra:
            return self._action(node, extra)
        if node.get("actionOnEmptyResult") != "true":
            return None
        return self._action(node, {"Digits" if modes == ["dtmf"] else "SpeechResult": ""})

    def _stop_listening(self) -> None:
        with self._state.touching(self._call) as call:
            call.silent, call.hint, call.phase = False, {}, "talking"
            call.keys.clear()
            call.speech.clear()

    def _listen(self, node: ET.Element, modes: list[str], phase: Phase) -> None:
        with self._state.touching(self._call) as call:
            call.keys.clear()
            call.speech.clear()
            call.silent = False
            call.phase, call.turn = phase, call.turn + 1
            call.hint = {
                "input": " ".join(modes),
                "language": node.get("language") or "en-US",
                "digits": node.get("numDigits") or "",
            }

    def _collect_digits(self, node: ET.Element) -> str:
        """Digits until there are enough, the finishing key, or a pause as long as the timeout."""
        finish, most = node.get("finishOnKey", "#"), int(node.get("numDigits") or 0)
        timeout = float(node.get("timeout") or 5)
        call, digits = self._call, ""
        while not most or len(digits) < most:
            pause = 0.0 if call.pace == "instant" else timeout
            if not self._wait(lambda: bool(call.keys), pause):
                break
            with self._state.touching(call):
                key = call.keys.popleft()
            if key in finish:
                break
            digits += key
        return digits

    def _take_speech(self) -> dict[str, str]:
        with self._state.touching(self._call) as call:
            speech = call.speech.popleft()
        told = {"SpeechResult": speech.text}
        if speech.confidence is not None:
            told["Confidence"] = f"{speech.confidence}"
        return told

    def _record(self, node: ET.Element) -> Next | None:
        call = self._call
        if node.get("playBeep") != "false":
            self._line("network", "beep", "")
        self._listen(node, ["speech", "dtmf"], "recording")
        begun = time.monotonic()
        most = float(node.get("maxLength") or 3600)

        def over() -> bool:
            return bool(call.keys or call.speech or call.silent or call.ends)

        self._state.wait(over, most if call.pace == "page" else _PATIENCE)
        pressed = call.keys[0] if call.keys else ""
        recording = new_sid("RE")
        account = self._exchange.setup.account_sid
        extra = {
            "RecordingSid": recording,
            "RecordingUrl": "https://api.twilio.com/2010-04-01/Accounts/"
            f"{account}/Recordings/{recording}",
            "RecordingDuration": str(max(1, round(time.monotonic() - begun))),
            "Digits": "hangup" if call.ends else pressed,
        }
        self._phase("talking")
        return self._action(node, extra)

    def _dial(self, node: ET.Element) -> Next | None:
        call = self._call
        numbers = [(child.text or "").strip() for child in node if child.tag == "Number"]
        number = (node.text or "").strip() or ", ".join(numbers)
        self._line("network", "dial", number)
        self._phase("dialing")
        with self._state.touching(call):
            call.transfer, call.transfer_over = None, False
        longest = float(node.get("timeout") or 30) if call.pace == "page" else _PATIENCE
        self._wait(lambda: call.transfer is not None, longest)
        outcome = call.transfer or "no-answer"
        begun = time.monotonic()
        if outcome == "answered":
            self._phase("bridged")
            limit = float(node.get("timeLimit") or 14400)
            self._wait(lambda: call.transfer_over, limit if call.pace == "page" else _PATIENCE)
        self._line("network", "dialed", outcome)
        self._phase("talking")
        if not node.get("action"):
            return None
        status = "completed" if outcome == "answered" else outcome
        extra = {"DialCallStatus": status, "DialCallSid": new_sid("CA")}
        extra["DialBridged"] = "true" if outcome == "answered" else "false"
        if outcome == "answered":
            extra["DialCallDuration"] = str(round(time.monotonic() - begun))
        return self._action(node, extra)

    # Where it goes

    def _redirect(self, node: ET.Element) -> Next:
        target = urljoin(self._url, (node.text or "").strip())
        return Next(target, method=node.get("method") or "POST")

    def _action(self, node: ET.Element, extra: Mapping[str, str]) -> Next:
        target = urljoin(self._url, node.get("action") or "")
        return Next(target, method=node.get("method") or "POST", extra=extra)

    def _hang_up(self, _node: ET.Element) -> NoReturn:
        raise HungUp

    def _reject(self, node: ET.Element) -> NoReturn:
        raise HungUp("busy" if node.get("reason") == "busy" else "no-answer")

    # Time and memory

    def _wait_for_patient(self, begun: Callable[[], bool], timeout: float) -> bool:
        """Whether the patient did something in time; an instant call waits for its player."""
        call = self._call
        self._wait(lambda: begun() or call.silent, timeout if call.pace == "page" else _PATIENCE)
        return begun()

    def _wait(self, ready: Callable[[], bool], seconds: float) -> bool:
        call = self._call
        self._state.wait(lambda: bool(ready() or call.ends or call.redirect), seconds)
        self._check_over()
        return ready()

    def _check_over(self) -> None:
        if self._call.ends:
            raise HungUp(self._call.ends)
        if self._call.redirect:
            raise _Redirected

    def _phase(self, phase: Phase) -> None:
        with self._state.touching(self._call) as call:
            call.phase = phase

    def _line(
        self, who: Literal["clinic", "network"], kind: str, text: str, language: str = ""
    ) -> int:
        with self._state.touching(self._call) as call:
            index = len(call.lines) + 1
            call.lines.append(Line(index, who, kind, text, self._state.clock(), language))
        return index
