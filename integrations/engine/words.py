"""What the dialogue engine is told and answers; `conversations` offers the same names as its own.

They stand here because an adapter may not know the rooms above it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the patient may pick. title fits 24 characters; description adds what does not.

    payload is ours alone (``/intent{"entity": "value"}``): the engine believes it.
    """

    title: str
    payload: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing the bot says."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """How the engine read a message. ranking: (intent, confidence), best first."""

    intent: str | None
    confidence: float | None
    ranking: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class EngineReply:
    """What the engine answers to a turn. flow: the flow that waits for the patient's answer.

    model: the name of the model that answered, where the engine tells it.
    """

    utterances: tuple[Utterance, ...]
    understanding: Understanding
    flow: str | None = None
    model: str | None = None


class EngineDown(Exception):
    """The engine cannot be reached or is too slow: the message waits and is tried again."""


class EngineFailed(Exception):
    """The engine answered with an error and kept nothing of the turn: it can be tried again."""
