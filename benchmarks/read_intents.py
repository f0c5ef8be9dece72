"""What the trained engine would understand: JSON strings a line in, intents a line out.

Runs in the engine's environment: `.venv-engine/bin/python -m benchmarks.read_intents ARCHIVE`.
Each line out is `{"intent": name, "confidence": 0.0 to 1.0}` in the order of the lines in, with
`nlu_fallback` where `config.yml` has the engine ask rather than answer.
"""

import json
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import yaml

from bot import features
from bot.intent_model import IntentModel

CONFIG = Path(__file__).resolve().parents[1] / "config.yml"


def load(archive: Path) -> IntentModel:
    """The classifier of a model archive; ValueError where it holds none."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as packed:
        for member in packed.getmembers():
            name = Path(member.name).name
            file = packed.extractfile(member) if "PatientIntentClassifier" in member.name else None
            if file:
                (Path(folder) / name).write_bytes(file.read())
        model = IntentModel.load(Path(folder))
    if model is None:
        raise ValueError(f"{archive.name} holds no classifier of intents")
    return model


def main() -> None:
    """Reads all lines, then answers them."""
    model = load(Path(sys.argv[1]))
    pipeline: list[dict[str, Any]] = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["pipeline"]
    asks = next(part for part in pipeline if part["name"] == "FallbackClassifier")
    texts = [json.loads(line) for line in sys.stdin]
    for row in model.probabilities(texts, features.encode(texts)):
        second, first = row.argsort()[-2:]
        unsure = row[first] < asks["threshold"]
        unsure = unsure or row[first] - row[second] < asks["ambiguity_threshold"]
        intent = "nlu_fallback" if unsure else model.labels[first]
        print(json.dumps({"intent": intent, "confidence": round(float(row[first]), 4)}))


if __name__ == "__main__":
    main()
