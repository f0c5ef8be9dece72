"""What a turn needs of the outside."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, runtime_checkable

from clinic.languages import Language
from conversations.model import Elsewhere, EngineReply, Load, Outbound, Receipt
from integrations.engine.words import EngineDown, EngineFailed

__all__ = [
    "Engine",
    "EngineDown",
    "EngineFailed",
    "Finder",
    "Locks",
    "Pace",
    "Paced",
    "SendFailed",
    "Sender",
]


class Engine(Protocol):
    """The dialogue engine. A turn asked again with the same turn_id answers the same, once done."""

    def turn(
        self,
        conversation_id: str,
        turn_id: str,
        *,
        text: str | None,
        payload: str | None,
        language: Language,
        channel: str,
    ) -> EngineReply:
        """Exactly one of text and payload is given. Raises EngineDown or EngineFailed."""


class SendFailed(Exception):
    """The provider did not take a message.

    retryable: the same message may be taken later. opted_out: the address wants nothing more.
    ours: our configuration is wrong. unknown: it may have been taken all the same. slow: we send
    too fast, and the message itself is as good as before. elsewhere: by what else the patient may
    be reached.
    """

    def __init__(
        self,
        code: str,
        *,
        retryable: bool = False,
        opted_out: bool = False,
        ours: bool = False,
        unknown: bool = False,
        slow: bool = False,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        super().__init__(f"provider error {code}")
        self.code = code
        self.retryable = retryable
        self.opted_out = opted_out
        self.ours = ours
        self.unknown = unknown
        self.slow = slow
        self.elsewhere = elsewhere


class Sender(Protocol):
    """Hands a message to a provider."""

    def send(self, message: Outbound) -> str:
        """The provider's id of the message. Raises SendFailed."""


@runtime_checkable
class Finder(Protocol):
    """A sender whose provider can be asked what it took."""

    def find(self, message: Outbound, since: datetime, taken: Collection[str]) -> Receipt | None:
        """What the provider has of a message that was sent at `since` (UTC) or later.

        taken: the provider's ids that other messages of ours carry. None: it has nothing, which
        is sure only some minutes after the sending. Raises SendFailed when it cannot be told.
        """


@runtime_checkable
class Paced(Protocol):
    """A sender whose provider takes only so much a second."""

    def load(self, message: Outbound) -> Load:
        """What sending the message weighs."""


class Pace(Protocol):
    """How fast each sender of ours may send, across everything that runs."""

    def take(self, load: Load, *, answers: bool) -> float:
        """0 where it may be sent now, and is counted; else how many seconds are to be waited.

        answers: it answers a patient. What the clinic begins leaves room for that.
        """

    def slow_down(self, load: Load) -> float:
        """The provider said that it was too fast; how many seconds nothing may be sent there."""


class Locks(Protocol):
    """One holder at a time, across everything that runs."""

    def hold(self, name: str) -> AbstractContextManager[bool]:
        """Yields whether the lock was got; never waits."""
