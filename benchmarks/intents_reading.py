"""What a model made of examples, and the figures that say how well it read them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from benchmarks.nlu_examples import LANGUAGES, Example


class Reading:
    """What the model made of some examples, with the probability of each intent."""

    def __init__(
        self, examples: Sequence[Example], labels: Sequence[str], rows: np.ndarray
    ) -> None:
        self.examples = list(examples)
        self.labels = list(labels)
        self.rows = rows
        self.guesses = [self.labels[at] for at in rows.argmax(axis=1)]
        self.sure = rows.max(axis=1)
        self.right = np.array(
            [e.intent == g for e, g in zip(self.examples, self.guesses, strict=True)]
        )

    def figures(self) -> dict[str, dict[str, float]]:
        """Accuracy and macro-F1, over all and by language."""
        return {
            name: self._figures([e.language in chosen for e in self.examples])
            for name, chosen in [("all", LANGUAGES), *((one, (one,)) for one in LANGUAGES)]
        }

    def _figures(self, chosen: Sequence[bool]) -> dict[str, float]:
        wanted = [e.intent for e, keep in zip(self.examples, chosen, strict=True) if keep]
        guessed = [g for g, keep in zip(self.guesses, chosen, strict=True) if keep]
        return {
            "accuracy": round(float(self.right[list(chosen)].mean()), 4),
            "macro_f1": round(float(f1_score(wanted, guessed, average="macro")), 4),
        }


def thresholds(reading: Reading) -> list[dict[str, float]]:
    """What each threshold would let through, how much of that is right, and what it would ask.

    two_best: how often the right intent is one of the two that are offered below it.
    """
    ranked = reading.rows.argsort(axis=1)[:, ::-1][:, :2]
    wanted = [reading.labels.index(e.intent) for e in reading.examples]
    in_two = np.array([at in two for at, two in zip(wanted, ranked, strict=True)])
    found = []
    for hundredth in range(20, 100, 5):
        passed = reading.sure >= hundredth / 100
        found.append(
            {
                "threshold": hundredth / 100,
                "answered": float(passed.mean()),
                "right_of_answered": float(reading.right[passed].mean()),
                "wrong_of_all": float((passed & ~reading.right).mean()),
                "two_best": float(in_two[~passed].mean()) if (~passed).any() else 1.0,
            }
        )
    return found


def confusions(reading: Reading, most: int = 15) -> list[dict[str, Any]]:
    """The pairs most often taken for each other."""
    pairs = zip((e.intent for e in reading.examples), reading.guesses, strict=True)
    counted = Counter(pair for pair in pairs if pair[0] != pair[1])
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [{"meant": pair[0], "read": pair[1], "times": times} for pair, times in ordered]
