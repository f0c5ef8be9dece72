"""Messages that mean the same, by the engine's sentence vectors; by letters where it is away."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import mul
from threading import Lock
from typing import Final

from integrations.engine.client import MOST_TEXTS
from integrations.engine.words import EngineDown, EngineFailed
from trainer.likeness import groups

log = logging.getLogger(__name__)

Vector = Sequence[float]
Ask = Callable[[Sequence[str], float], list[list[float]]]

ALIKE: Final = 0.75
"""Cosine of two messages that are decided together: `python -m benchmarks.grouping`."""
MOST: Final = 96
"""So many groups of letters are compared by meaning, what teaches most first."""
SECONDS: Final = 2.5
_PAUSE: Final = 30.0
"""Seconds for which an engine that did not answer is left alone."""
_KEPT: Final = 2000
_BATCH: Final = 16


@dataclass(frozen=True, slots=True)
class Grouping:
    """Positions of texts that belong together. by_meaning: else by letters alone."""

    groups: list[list[int]]
    by_meaning: bool


class Meanings:
    """Vectors of masked texts, kept in the memory of this process and nowhere else.

    ask: the engine's, with a time limit in seconds; raises EngineDown and EngineFailed.
    """

    def __init__(self, ask: Ask, seconds: float = SECONDS) -> None:
        self._ask = ask
        self._seconds = seconds
        self._kept: OrderedDict[str, Vector] = OrderedDict()
        self._lock = Lock()
        self._away_until = 0.0

    def group(self, texts: Sequence[str], languages: Sequence[str]) -> Grouping:
        """Written alike together, and of the first of these what means the same in one language."""
        found = groups(texts)
        heads = [group[0] for group in found[:MOST]]
        vectors = self._vectors([texts[head] for head in heads])
        if not vectors:
            return Grouping(found, by_meaning=False)
        merged: list[list[int]] = []
        for group in found:
            vector = vectors.get(texts[group[0]])
            near = [
                (_cosine(vector, vectors[texts[other[0]]]), place)
                for place, other in enumerate(merged)
                if vector
                and texts[other[0]] in vectors
                and languages[other[0]] == languages[group[0]]
            ]
            best = max(near, default=(0.0, 0))
            if best[0] >= ALIKE:
                merged[best[1]].extend(group)
            else:
                merged.append(list(group))
        return Grouping(merged, by_meaning=True)

    def _vectors(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Of those texts that the engine reads in time."""
        until = time.monotonic() + self._seconds
        with self._lock:
            away = time.monotonic() < self._away_until
            wanted = () if away else dict.fromkeys(texts)
            missing = [each for each in wanted if each not in self._kept]
            size = min(_BATCH, MOST_TEXTS)
            for at in range(0, len(missing), size):
                left = until - time.monotonic()
                if left <= 0 or not self._learn(missing[at : at + size], left):
                    break
            return {each: self._kept[each] for each in texts if each in self._kept}

    def _learn(self, texts: Sequence[str], seconds: float) -> bool:
        try:
            found = self._ask(texts, seconds)
        except (EngineDown, EngineFailed) as error:
            log.info("no vectors: %s", error)
            self._away_until = time.monotonic() + _PAUSE
            return False
        self._kept.update(zip(texts, found, strict=True))
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return True


def _cosine(one: Vector | None, other: Vector) -> float:
    """Of vectors of length 1."""
    product: float = sum(map(mul, one or (), other))
    return product
