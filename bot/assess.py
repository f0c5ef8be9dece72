"""``python -m bot.assess TASK ANSWER``: what trained models make of texts, for the trainers.

TASK is a file with one JSON object, ANSWER the file that is written. `{"archives": [...],
"config": FILE, "texts": [...], "passing": [...]}` asks the models for what they read; `passing`
are patients' own words, of which nothing is kept. `{"examples": [[text, intent, language], ...]}`
is cross-validated. Lines on standard output say how far it is, from 0 to 1.
"""

import json
import sys
from pathlib import Path
from typing import Any, Dict, List, Text

import numpy as np

from bot.encoders import encode_all
from bot.intents import PatientIntentClassifier
from bot.kept_vectors import encode_kept
from bot.measuring import (
    FOLDS,
    Example,
    cross_validated,
    load_archive,
    read_thresholds,
    readings,
)


def read(task: Dict[Text, Any]) -> List[Any]:
    """Of each archive the readings of `texts` and `passing`; null for one that cannot be read."""
    kept, passing = task["texts"], task["passing"]
    parts = [encode_kept(kept)] if kept else []
    _tell(0.6)
    parts += [encode_all(passing)] if passing else []
    _tell(0.8)
    texts, thresholds = [*kept, *passing], read_thresholds(Path(task["config"]))
    found: List[Any] = []
    for archive in task["archives"]:
        try:
            model = load_archive(Path(archive))
        except (OSError, ValueError, KeyError):  # gone, or of another form than today's
            found.append(None)
            continue
        found.append(list(readings(model, texts, np.concatenate(parts), thresholds)))
    return found


def cross_validate(task: Dict[Text, Any]) -> List[Any]:
    """What each example is read as by a model that did not learn its meaning."""
    examples = [Example(*each) for each in task["examples"]]
    vectors = encode_kept([each.text for each in examples])
    options = PatientIntentClassifier.get_default_config()
    labels, rows = cross_validated(
        examples, vectors, options, lambda fold: _tell((fold - 1) / FOLDS)
    )
    return [labels[at] for at in rows.argmax(axis=1)]


def _tell(share: float) -> None:
    sys.stdout.write(f"{share:.2f}\n")
    sys.stdout.flush()


def main() -> None:
    """Does the task."""
    task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    answer = cross_validate(task) if "examples" in task else read(task)
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
