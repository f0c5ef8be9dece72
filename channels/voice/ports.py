"""What a call needs of the conversation behind it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from conversations.model import Answer, Choice, Inbound, Message, Receipt


class CallTurns(Protocol):
    """The turns, as a call uses them."""

    def answer_now(self, inbound: Inbound, budget: float, opening: str | None = None) -> Answer:
        """Answers within `budget` seconds; what is not finished goes on and is collected.

        A provider's repeat is answered with the same words. opening: a payload of ours, believed
        as it is: what begins the call, or a key of the call itself ("0" for a person, another
        language).
        """

    def collect(self, turn_id: str, budget: float) -> Answer:
        """What is said to a turn that was not finished, waiting up to `budget` seconds for it."""


class CallStore(Protocol):
    """The conversations, as a call uses them."""

    def messages(self, conversation_id: str) -> Sequence[Message]:
        """All that was said in one conversation, oldest first."""

    def hand_off(self, conversation_id: str, reason: str, at: datetime) -> None:
        """The patient waits for a person."""

    def say(
        self,
        conversation_id: str,
        text: str,
        *,
        author: str,
        at: datetime,
        choices: Sequence[Choice] = (),
        key: str | None = None,
    ) -> object:
        """Queues a message to the patient, in writing; for the same key it is said once."""


class Log(Protocol):
    """The calls that there were, as a call uses them."""

    def note(self, call: Inbound, message_id: str | None = None, *, over: bool = False) -> None:
        """Keeps that the call is there, or is over."""

    def take(self, message_id: str, call: Inbound) -> Answer | None:
        """What a call that we placed is to say, now that it is taken; None for no message."""


Apply = Callable[[Receipt], object]
"""Keeps how far the message of a call that we placed has come."""


Desk = Callable[[str, datetime], str | None]
"""The telephone (E.164) of a branch that is open at the instant, for a caller's canonical address;
None when nobody is there."""

MayText = Callable[[str], bool]
"""Whether a canonical address may be written to."""
