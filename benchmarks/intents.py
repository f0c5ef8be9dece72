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

from benchmarks.intents_reading import Reading, confusions, thresholds
from benchmarks.intents_report import write_report
from benchmarks.intents_wishes import Splits, halves, read_two_wishes, split_all
from benchmarks.nlu_examples import HELD_APART, ROOT, TRAINED, Example, read_examples
from bot import encoders, measuring
from bot.intent_model import IntentModel
from bot.intents import PatientIntentClassifier
from bot.kept_vectors import encode_kept

FLOORS = ROOT / "benchmarks" / "intents_floors.json"
REPORT = ROOT / "results" / "intents.html"
ALLOWED_DROP = 0.02
TIMED = 5  # of so many held-apart texts one is timed


def fitted(examples: Sequence[Example], vectors: np.ndarray) -> IntentModel:
    """The model as the engine would train it on these examples."""
    return measuring.fitted(examples, vectors, PatientIntentClassifier.get_default_config())


def cross_validated(examples: Sequence[Example], vectors: np.ndarray) -> Reading:
    """Every example read by a model that learnt from other meanings only."""
    options = PatientIntentClassifier.get_default_config()
    labels, rows = measuring.cross_validated(
        examples,
        vectors,
        options,
        lambda fold: print(f"fold {fold} of {measuring.FOLDS}", file=sys.stderr, flush=True),
    )
    return Reading(examples, labels, rows)


def speed(model: IntentModel, texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Milliseconds of one reading, by part, one text at a time."""
    parts: dict[str, list[float]] = {"encoders": [], "classifier": [], "both": []}
    for text in ["hola", *texts]:
        encoders.forget()
        began = time.perf_counter()
        vectors = encoders.encode([text])
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
        for part, (_first, *times) in parts.items()  # which loads the encoders
    }


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


def wishes_told_apart(model: IntentModel, held_apart: Sequence[Example]) -> Splits:
    """The held-apart messages hold one wish each; tests/.../two_wishes.yml has those with two."""
    doubles = read_two_wishes()
    said = [*(each.text for each in held_apart), *(each.text for each in doubles)]
    texts = sorted({half for text in said for half in halves(text)})
    rows = model.probabilities(texts, encode_kept(texts))
    best = zip((model.labels[at] for at in rows.argmax(axis=1)), rows.max(axis=1), strict=True)
    return split_all(held_apart, doubles, dict(zip(texts, best, strict=True)))


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


def _tell_wishes(splits_made: Splits, verbose: bool) -> None:
    print(f"\none wish split in two: {splits_made.wrong:.3f} of {splits_made.singles}")
    print(f"two wishes told apart: {splits_made.right:.3f} of {splits_made.doubles}")
    if verbose:
        print(*splits_made.single, *splits_made.double, sep="\n")


def _tell_costs(times: dict[str, dict[str, float]], training: float, examples: int) -> None:
    for part, took in times.items():
        print(f"{part}: median {took['median']} ms, p95 {took['p95']} ms")
    print(f"training on {examples} examples: {training:.1f} s without the vectors")


def main() -> int:
    """Measures, tells, writes the report; 1 when a figure has dropped."""
    verbose = "-v" in sys.argv
    trained, held_apart = read_examples(TRAINED), read_examples(HELD_APART)
    print("encoding", file=sys.stderr, flush=True)
    vectors = encode_kept([e.text for e in trained])
    began = time.perf_counter()
    model = fitted(trained, vectors)
    training = time.perf_counter() - began
    asked = [e.text for e in held_apart]
    readings = {
        "held_apart": Reading(
            held_apart, model.labels, model.probabilities(asked, encode_kept(asked))
        ),
        "cross_validated": cross_validated(trained, vectors),
    }
    for title, reading in readings.items():
        _tell(title, reading, verbose)
    told_apart = wishes_told_apart(model, held_apart)
    _tell_wishes(told_apart, verbose)
    times = speed(model, asked[::TIMED])
    _tell_costs(times, training, len(trained))
    by_threshold = {kind: thresholds(reading) for kind, reading in readings.items()}
    print("threshold, answered, right of answered, wrong of all, right one among the two offered")
    for row in by_threshold["held_apart"]:
        print("  " + "  ".join(f"{value:.3f}" for value in row.values()))
    figures = {kind: reading.figures() for kind, reading in readings.items()}
    write_report(REPORT, readings, by_threshold, times, told_apart)
    print(f"report: {REPORT.relative_to(ROOT)}")
    if "--keep" in sys.argv:
        FLOORS.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    complaints = [*dropped(figures), *told_apart.complaints()]
    for complaint in complaints:
        print(f"DROPPED {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
