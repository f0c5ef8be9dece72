"""How much two utterances are alike, and what an example would repeat or contradict."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz, process

from trainer.examples import Example
from understanding.words import bare

FindingKind = Literal["repeated", "conflict", "near_conflict", "adds_little"]
SHORT: Final = 12
"""Shorter texts, in characters, differ by what little there is; only the same words repeat them."""
TOO_ALIKE: Final = 0.9
_NEAR: Final = 86.0
_WITHIN: Final = 99.0
"""Nearly all words of the one are in the other. Of the examples 0.6 % are pointed out by either."""
_NEIGHBOUR: Final = 75.0
_SURE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Finding:
    """Why an example is pointed out, and the example that is the reason.

    repeated: the same or nearly, under the same intent; conflict: the same words under another;
    both are not written. near_conflict, adds_little: only hints.
    """

    kind: FindingKind
    other: Example

    @property
    def stops(self) -> bool:
        """Whether the example is not written."""
        return self.kind in {"repeated", "conflict"}


def spelled(text: str) -> str:
    """The text without punctuation and case; accents count, because people leave them out."""
    return " ".join(re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFC", text).lower()).split())


@lru_cache(maxsize=16384)
def _letters(text: str) -> frozenset[str]:
    whole = f" {bare(text)} "
    return frozenset(whole[at : at + 3] for at in range(len(whole) - 2))


def alike(one: str, other: str) -> float:
    """1 for the same runs of three letters, 0 for none in common."""
    mine, theirs = _letters(one), _letters(other)
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))


def groups(texts: Sequence[str], threshold: float = 82.0) -> list[list[int]]:
    """The positions of texts that are written alike, each with the first of its kind."""
    heads: list[str] = []
    found: list[list[int]] = []
    for position, text in enumerate(texts):
        words = bare(text)
        best = process.extractOne(words, heads, scorer=fuzz.ratio, score_cutoff=threshold)
        if best is None:
            heads.append(words)
            found.append([position])
        else:
            found[best[2]].append(position)
    return found


class Neighbours:
    """The examples there are, looked through for what is like another."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._examples: list[Example] = []
        self._bare: list[str] = []
        for example in examples:
            self.add(example)

    def add(self, example: Example) -> None:
        """From now on this one counts too."""
        self._examples.append(example)
        self._bare.append(bare(example.text))

    def finding(self, new: Example, surety: float | None) -> Finding | None:
        """What speaks against it. surety: how surely the engine reads it so already, or None."""
        near = process.extract(
            bare(new.text), self._bare, scorer=fuzz.ratio, score_cutoff=_NEIGHBOUR, limit=12
        )
        others = [(self._examples[place], score) for _, score, place in near]
        for other, _ in others:
            if other.intent != new.intent and bare(other.text) == bare(new.text):
                return Finding("conflict", other)
        for other, _ in others:
            if _repeats(new, other):
                return Finding("repeated", other)
        for other, score in others:
            within = fuzz.token_set_ratio(bare(new.text), bare(other.text)) >= _WITHIN
            if other.intent != new.intent and (score >= _NEAR or within):
                return Finding("near_conflict", other)
        same = next((other for other, _ in others if other.intent == new.intent), None)
        if same and surety is not None and surety >= _SURE:
            return Finding("adds_little", same)
        return None


def _repeats(new: Example, other: Example) -> bool:
    if (new.intent, new.language) != (other.intent, other.language):
        return False
    words = spelled(new.text)
    long = len(words) >= SHORT
    return words == spelled(other.text) or (long and alike(new.text, other.text) >= TOO_ALIKE)
