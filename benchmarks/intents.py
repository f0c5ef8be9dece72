"""How well and how fast intents are understood, in the engine's environment.

`.venv-engine/bin/python -m benchmarks.intents` prints the figures, writes results/intents.html,
and fails when a figure is more than two points under benchmarks/intents_floors.json;
`--keep` writes the floors anew, `-v` shows every misread example.
"""

import json
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from benchmarks.intents_report import write_report
from benchmarks.nlu_examples import HELD_APART, LANGUAGES, ROOT, TRAINED, Example, read_examples
from bot import features
from bot.intent_model import IntentModel
from bot.intents import PatientIntentClassifier

FLOORS = ROOT / "benchmarks" / "intents_floors.json"
REPORT = ROOT / "results" / "intents.html"
FOLDS = 5
ALLOWED_DROP = 0.02
# Examples this close in meaning, mostly each other's translations, stay on one side of a split:
# otherwise the Spanish sentence would be asked of a model that learnt the Portuguese one.
SAME_MEANING = 0.8
FIRST_ENCODER = slice(0, 512)


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


def meanings(examples: Sequence[Example], vectors: np.ndarray) -> np.ndarray:
    """A number a meaning: examples that are close to each other, directly or in a row, share it."""
    unit = vectors[:, FIRST_ENCODER]
    same_intent = np.array([e.intent for e in examples])
    close = (unit @ unit.T >= SAME_MEANING) & (same_intent[:, None] == same_intent[None, :])
    numbers: np.ndarray = connected_components(csr_matrix(close), directed=False)[1]
    return numbers


def fitted(examples: Sequence[Example], vectors: np.ndarray) -> IntentModel:
    """The model as the engine would train it on these examples."""
    model = IntentModel(**PatientIntentClassifier.get_default_config())
    model.fit([e.text for e in examples], vectors, [e.intent for e in examples])
    return model


def cross_validated(examples: Sequence[Example], vectors: np.ndarray) -> Reading:
    """Every example read by a model that learnt from other meanings only."""
    strata = [f"{e.intent} {e.language}" for e in examples]
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=7)
    labels = sorted({e.intent for e in examples})
    rows = np.zeros((len(examples), len(labels)))
    for number, (learn, ask) in enumerate(
        folds.split(vectors, strata, meanings(examples, vectors))
    ):
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)
        model = fitted([examples[at] for at in learn], vectors[learn])
        asked = model.probabilities([examples[at].text for at in ask], vectors[ask])
        rows[np.ix_(ask, [labels.index(label) for label in model.labels])] = asked
    return Reading(examples, labels, rows)


def speed(model: IntentModel, texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Milliseconds of one understanding, by part, one text at a time."""
    parts: dict[str, list[float]] = {"vectors": [], "intent": [], "both": []}
    for text in texts:
        features.forget()
        began = time.perf_counter()
        vectors = features.encode([text])
        encoded = time.perf_counter()
        model.probabilities([text], vectors)
        done = time.perf_counter()
        for part, took in zip(parts, (encoded - began, done - encoded, done - began), strict=True):
            parts[part].append(took * 1000)
    return {
        part: {
            "median": round(statistics.median(times), 1),
            "p95": round(statistics.quantiles(times, n=20)[-1], 1),
        }
        for part, times in parts.items()
    }


def thresholds(reading: Reading) -> list[dict[str, float]]:
    """What each threshold would let through, how much of that is right, and what it would ask.

    two_best: how often the right intent is one of the two that are offered below it.
    """
    ranked = reading.rows.argsort(axis=1)[:, ::-1][:, :2]
    wanted = [reading.labels.index(e.intent) for e in reading.examples]
    in_two = np.array([at in two for at, two in zip(wanted, ranked, strict=True)])
    found = []
    for hundredth in range(20, 80, 5):
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
    counted: dict[Any, int] = {}
    for example, guess in zip(reading.examples, reading.guesses, strict=True):
        if guess != example.intent:
            pair = (example.intent, guess)
            counted[pair] = counted.get(pair, 0) + 1
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [{"meant": pair[0], "read": pair[1], "times": times} for pair, times in ordered]


def dropped(figures: dict[str, Any]) -> list[str]:
    """The figures that are more than two points under their floor, in words."""
    if not FLOORS.exists():
        return []
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    return [
        f"{kind} {which} {name}: {figures[kind][which][name]:.3f}, was {floor:.3f}"
        for kind, groups in floors.items()
        for which, named in groups.items()
        for name, floor in named.items()
        if figures[kind][which][name] < floor - ALLOWED_DROP
    ]


def _tell(title: str, reading: Reading, verbose: bool) -> None:
    print(f"\n{title} ({len(reading.examples)} examples)")
    for which, named in reading.figures().items():
        print(f"  {which:4} accuracy {named['accuracy']:.3f}  macro-F1 {named['macro_f1']:.3f}")
    for pair in confusions(reading):
        print(f"  {pair['times']:3} x {pair['meant']} read as {pair['read']}")
    if verbose:
        for example, guess, sure in zip(
            reading.examples, reading.guesses, reading.sure, strict=True
        ):
            if guess != example.intent:
                print(
                    f"    {example.language} {example.intent} -> {guess} {sure:.2f}: {example.text}"
                )


def main() -> int:
    """Measures, tells, writes the report; 1 when a figure has dropped."""
    verbose = "-v" in sys.argv
    trained, held_apart = read_examples(TRAINED), read_examples(HELD_APART)
    print("encoding", file=sys.stderr, flush=True)
    vectors = features.encode([e.text for e in trained])
    began = time.perf_counter()
    model = fitted(trained, vectors)
    training = time.perf_counter() - began
    asked = model.probabilities(
        [e.text for e in held_apart], features.encode([e.text for e in held_apart])
    )
    readings = {
        "cross_validated": cross_validated(trained, vectors),
        "held_apart": Reading(held_apart, model.labels, asked),
    }
    for title, reading in readings.items():
        _tell(title, reading, verbose)
    times = speed(model, [e.text for e in held_apart])
    for part, took in times.items():
        print(f"{part}: median {took['median']} ms, p95 {took['p95']} ms")
    print(f"training on {len(trained)} examples: {training:.1f} s without the vectors")
    print("threshold, answered, right of answered, wrong of all, right one among the two offered")
    for row in thresholds(readings["held_apart"]):
        print("  " + "  ".join(f"{value:.3f}" for value in row.values()))
    figures = {kind: reading.figures() for kind, reading in readings.items()}
    write_report(REPORT, readings, {k: thresholds(r) for k, r in readings.items()}, times)
    print(f"report: {REPORT.relative_to(ROOT)}")
    if "--keep" in sys.argv:
        FLOORS.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for complaint in dropped(figures):
        print(f"DROPPED {complaint}")
    return 1 if dropped(figures) else 0


if __name__ == "__main__":
    sys.exit(main())
