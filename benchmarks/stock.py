"""Stock Rasa 3.6 and ours, taught and asked the same: `make evaluate-stock`.

`.venv-engine/bin/python -m benchmarks.stock [EPOCHS]` splits the examples once, with a fixed seed
and all sentences of one meaning on one side, trains both pipelines on the larger part and prints
tables; EPOCHS is how long the stock classifier trains, 100 as in `rasa init`: an hour or more.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.intents_reading import Reading
from benchmarks.nlu_examples import HELD_APART, LANGUAGES, ROOT, TRAINED, Example, read_examples
from bot.kept_vectors import encode_kept
from bot.measuring import splits

RESULTS = ROOT / "results" / "stock.json"
STOCK_EPOCHS = 100
ASKED = {"split": "a fifth of the examples", "held_apart": "held apart"}
COSTS = (
    ("training, with nothing kept from before", "training", "seconds", "s"),
    ("largest process while training", "training", "megabytes", "MB"),
    ("model archive", "training", "model_megabytes", "MB"),
    ("process while reading", "reading", "megabytes", "MB"),
    ("one reading, median", "reading", "median_ms", "ms"),
    ("one reading, 95 of 100 under", "reading", "p95_ms", "ms"),
)


def stock_pipeline(epochs: int) -> list[dict[str, Any]]:
    """What `rasa init` leaves to Rasa's default, written out; only the epochs may be others."""
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": epochs, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]


def our_pipeline() -> list[dict[str, Any]]:
    """As the engine has it."""
    pipeline: list[dict[str, Any]] = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))[
        "pipeline"
    ]
    return pipeline


def write_task(folder: Path, pipeline: Sequence[dict[str, Any]], taught: Sequence[Example]) -> None:
    """What a contender is given to train on."""
    blocks: dict[str, list[str]] = {}
    for example in taught:
        blocks.setdefault(example.intent, []).append(f"- {example.text}\n")
    nlu = [{"intent": intent, "examples": "".join(lines)} for intent, lines in blocks.items()]
    config = {
        "recipe": "default.v1",
        "assistant_id": folder.name,
        "language": "xx",
        "pipeline": list(pipeline),
    }
    for name, content in (("nlu", {"version": "3.1", "nlu": nlu}), ("config", config)):
        text = yaml.safe_dump(content, allow_unicode=True, width=10_000)
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")


def part(what: str, folder: Path) -> dict[str, Any]:
    """One part in a process of its own, so that its memory is its own: "train" or "read"."""
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),  # else what was trained before is taken
    }
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.stock_part", what, str(folder)]
    subprocess.run(command, cwd=ROOT, env=env, check=True)
    told: dict[str, Any] = json.loads((folder / f"{what}.json").read_text(encoding="utf-8"))
    return told


def measured(
    folder: Path,
    pipeline: Sequence[dict[str, Any]],
    taught: Sequence[Example],
    asked: dict[str, list[Example]],
) -> dict[str, Any]:
    """Trains a contender and asks it: figures by set, and what it cost."""
    folder.mkdir()
    write_task(folder, pipeline, taught)
    trained = part("train", folder)
    texts = [example.text for examples in asked.values() for example in examples]
    (folder / "asked.json").write_text(json.dumps(texts), encoding="utf-8")
    read = part("read", folder)
    rankings = iter(read.pop("rankings"))
    figures = {
        name: reading_of(examples, [next(rankings) for _ in examples]).figures()
        for name, examples in asked.items()
    }
    return {"figures": figures, "training": trained, "reading": read}


def reading_of(examples: Sequence[Example], rankings: Sequence[dict[str, float]]) -> Reading:
    """The best intent counts, also where the engine would rather ask: the thresholds differ."""
    labels = sorted({name for ranking in rankings for name in ranking} - {"nlu_fallback"})
    rows = np.array([[ranking.get(label, 0.0) for label in labels] for ranking in rankings])
    return Reading(examples, labels, rows)


def tables(told: dict[str, Any]) -> Iterator[str]:
    """Markdown, as in docs/understanding-intents.md."""
    titles = {"ours": "ours", "stock": f"stock, {told['epochs']} epochs"}
    yield "| | | all | es | pt | en |"
    yield "|---|---|---|---|---|---|"
    for name, count in told["asked"].items():
        for measure, said in (("accuracy", "accuracy"), ("macro_f1", "macro-F1")):
            for contender, title in titles.items():
                by_language = told[contender]["figures"][name]
                cells = [f"{by_language[which][measure]:.3f}" for which in ("all", *LANGUAGES)]
                yield f"| {ASKED[name]} ({count}), {said} | {title} | {' | '.join(cells)} |"
    yield ""
    yield f"| | {' | '.join(titles.values())} |"
    yield "|---|---|---|"
    for title, part_of, cost, unit in COSTS:
        cells = [f"{told[contender][part_of][cost]:.1f} {unit}" for contender in titles]
        yield f"| {title} | {' | '.join(cells)} |"


def main() -> int:
    """Measures both, one after the other, and tells."""
    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else STOCK_EPOCHS
    examples = read_examples(TRAINED)
    learn, ask = next(splits(examples, encode_kept([e.text for e in examples])))
    taught = [examples[at] for at in learn]
    asked = {"split": [examples[at] for at in ask], "held_apart": read_examples(HELD_APART)}
    pipelines = {"ours": our_pipeline(), "stock": stock_pipeline(epochs)}
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, pipeline in pipelines.items():
            print(f"{name}: {len(taught)} examples", file=sys.stderr, flush=True)
            results[name] = measured(Path(folder) / name, pipeline, taught, asked)
    told = {
        "date": str(datetime.now(timezone.utc).date()),  # noqa: UP017 (Python 3.10)
        "cores": os.cpu_count(),
        "epochs": epochs,
        "taught": len(taught),
        "asked": {name: len(group) for name, group in asked.items()},
        **results,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(f"{told['date']}, {told['cores']} cores, {told['taught']} examples taught\n")
    print("\n".join(tables(told)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
