"""How well two wishes in one message are told apart (bot/wishes.py), and one left whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from benchmarks.nlu_examples import ROOT, Example
from bot.wishes import seams, tell_apart

TWO_WISHES = ROOT / "tests" / "understanding_intents" / "two_wishes.yml"
MOST_WRONG, LEAST_RIGHT = 0.01, 0.8
Answer = tuple[str, float]
"""The intent of a text, and how sure the model is of it."""


@dataclass(frozen=True, slots=True)
class TwoWishes:
    """A message with both its intents in the order in which they are served."""

    text: str
    wishes: tuple[str, str]
    language: str


@dataclass(frozen=True, slots=True)
class Splits:
    """single: messages of one wish that were split; double: of two that were told apart wrongly."""

    single: list[str]
    singles: int
    double: list[str]
    doubles: int

    @property
    def wrong(self) -> float:
        """The share of messages with one wish that were split."""
        return len(self.single) / self.singles

    @property
    def right(self) -> float:
        """The share of messages with two wishes of which both were heard."""
        return 1 - len(self.double) / self.doubles

    def complaints(self) -> list[str]:
        """What does not hold, in words."""
        found = []
        if self.wrong > MOST_WRONG:
            found.append(f"one wish split in two: {self.wrong:.3f}, at most {MOST_WRONG}")
        if self.right < LEAST_RIGHT:
            found.append(f"two wishes told apart: {self.right:.3f}, at least {LEAST_RIGHT}")
        return found


def read_two_wishes() -> list[TwoWishes]:
    """All messages in the file's order."""
    content = yaml.safe_load(TWO_WISHES.read_text(encoding="utf-8"))
    return [
        TwoWishes(each["says"], tuple(each["wishes"]), language)
        for language, messages in content.items()
        for each in messages
    ]


def halves(text: str) -> list[str]:
    """The two sides of every place where the message may fall into two."""
    return [half for seam in seams(text) for half in seam]


def split_all(
    singles: Sequence[Example], doubles: Sequence[TwoWishes], read: Mapping[str, Answer]
) -> Splits:
    """Splits them all; read: what the model makes of each of their halves."""
    split = [_split(example.text, read) for example in singles]
    heard = [tuple(read[half][0] for half in _split(each.text, read)) for each in doubles]
    return Splits(
        [" | ".join(parts) for parts in split if parts],
        len(singles),
        [each.text for each, intents in zip(doubles, heard, strict=True) if intents != each.wishes],
        len(doubles),
    )


def _split(text: str, read: Mapping[str, Answer]) -> tuple[str, ...]:
    found = tell_apart(seams(text), [read[half] for half in halves(text)])
    return (found.first, found.second) if found else ()
