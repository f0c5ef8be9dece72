"""What a turn needs of the outside."""

from contextlib import AbstractContextManager
from typing import Protocol

from clinic.languages import Language
from conversations.model import EngineReply, Outbound
from integrations.engine.words import EngineDown, EngineFailed

__all__ = ["Engine", "EngineDown", "EngineFailed", "Locks", "SendFailed", "Sender"]


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
    ours: our configuration is wrong. unknown: it may have been taken all the same.
    """

    def __init__(
        self,
        code: str,
        *,
        retryable: bool = False,
        opted_out: bool = False,
        ours: bool = False,
        unknown: bool = False,
    ) -> None:
        super().__init__(f"provider error {code}")
        self.code = code
        self.retryable = retryable
        self.opted_out = opted_out
        self.ours = ours
        self.unknown = unknown


class Sender(Protocol):
    """Hands a message to a provider."""

    def send(self, message: Outbound) -> str:
        """The provider's id of the message. Raises SendFailed."""


class Locks(Protocol):
    """One holder at a time, across everything that runs."""

    def hold(self, name: str) -> AbstractContextManager[bool]:
        """Yields whether the lock was got; never waits."""
