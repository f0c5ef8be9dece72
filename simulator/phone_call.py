"""A call from the patient's side, for tests."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol, Self

from simulator.phone_line import PhoneError

_SETTLED = frozenset({"listening", "recording", "dialing", "bridged", "ended"})


class Handset(Protocol):
    """What a call needs of the phone it is made with."""

    def act(self, sid: str, act: str, body: Mapping[str, Any]) -> None:
        """Does something in a call."""

    def call_now(self, sid: str, wait: float = 0.0) -> dict[str, Any]:
        """A call as it stands, after waiting for a change if asked."""


class Call:
    """A call from the patient's side. What it does returns when the clinic listens again."""

    def __init__(self, phone: Handset, sid: str, timeout: float) -> None:
        self._phone, self.sid, self._timeout = phone, sid, timeout
        self._from_line = 0

    def settle(self, turn: int) -> Self:
        """Waits until the clinic listens after that turn, or the call is over or passed on."""
        deadline = time.monotonic() + self._timeout
        while True:
            call = self._phone.call_now(self.sid, wait=0 if time.monotonic() > deadline else 1)
            if call["phase"] in _SETTLED and (call["turn"] > turn or not self._listens(call)):
                return self
            if time.monotonic() > deadline:
                raise PhoneError(f"the clinic does not listen; it said {self.heard}")

    def press(self, digits: str) -> Self:
        """Presses keys: 0 to 9, * and #."""
        return self._do("press", {"digits": digits})

    def say(self, text: str, confidence: float | None = 0.9) -> Self:
        """Says something; confidence None as where Twilio gives none."""
        return self._do("say", {"text": text, "confidence": confidence})

    def stay_silent(self) -> Self:
        """Says nothing until the clinic stops waiting."""
        return self._do("silence", {})

    def answer(self, by: Literal["human", "machine", "fax", "unknown"] = "human") -> Self:
        """Takes a call that rings, or lets a machine take it; see `simulator.twilio.model`."""
        return self._do("answer", {"by": by, "pace": "instant"})

    def hang_up(self) -> None:
        """Ends the call, or declines it while it rings; returns when it is over."""
        self._phone.act(self.sid, "hang-up", {})
        deadline = time.monotonic() + self._timeout
        while not self.ended:
            if time.monotonic() > deadline:
                raise PhoneError("the call does not end")
            self._phone.call_now(self.sid, wait=0.5)

    def transfer(self, outcome: str) -> Self:
        """What the number that the clinic dials does: answered, busy, no-answer, failed or over."""
        return self._do("transfer", {"outcome": outcome})

    @property
    def heard(self) -> Sequence[str]:
        """Everything the patient heard, line by line."""
        return self._said(0)

    @property
    def heard_last(self) -> str:
        """What the patient heard since they last did something."""
        return " ".join(self._said(self._from_line))

    @property
    def languages(self) -> Sequence[str]:
        """The language (BCP 47) of each line that was said."""
        lines = self._phone.call_now(self.sid)["lines"]
        return [str(line["language"]) for line in lines if line["kind"] == "say"]

    @property
    def phase(self) -> str:
        """ringing, talking, listening, recording, dialing, bridged or ended."""
        return str(self._phone.call_now(self.sid)["phase"])

    @property
    def status(self) -> str:
        """Twilio's status of the call."""
        return str(self._phone.call_now(self.sid)["status"])

    @property
    def ended(self) -> bool:
        """Whether the call is over."""
        return self.phase == "ended"

    def _said(self, after: int) -> list[str]:
        lines = self._phone.call_now(self.sid)["lines"][after:]
        return [
            str(line["text"])
            for line in lines
            if line["who"] == "clinic" or line["kind"] == "error"
        ]

    def _do(self, act: str, body: Mapping[str, Any]) -> Self:
        before = self._phone.call_now(self.sid)
        self._from_line = len(before["lines"])
        turn = int(before["turn"])
        self._phone.act(self.sid, act, body)
        return self.settle(turn)

    @staticmethod
    def _listens(call: Mapping[str, Any]) -> bool:
        return call["phase"] in {"listening", "recording"}
