"""Run by the engine's Python: teaches the model a few sentences and tells what it does, as JSON."""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from bot.encoders import encode, normalise
from bot.intent_model import IntentModel, bare

TAUGHT = {
    "cancel": ["cancelar mi cita", "ya no voy a ir", "cancela la cita", "cancel my appointment"],
    "price": ["cuánto cuesta", "qué precio tiene", "quanto custa", "how much does it cost"],
    "greet": ["hola", "oi", "hello", "buenos días"],
}
ODD = ["", " ", "🙂🙂", "1", "?" * 50, "hola " * 2000, "\0", "𝓱𝓸𝓵𝓪", "مرحبا", "/greet"]


def taught() -> IntentModel:
    texts = [text for group in TAUGHT.values() for text in group]
    intents = [intent for intent, group in TAUGHT.items() for _ in group]
    model = IntentModel(encoder_weight=1.0, ngram_weight=1.0, strength=20.0)
    model.fit(texts, encode(texts), intents)
    return model


def main() -> None:
    first, second = taught(), taught()
    with tempfile.TemporaryDirectory() as folder:
        nothing = IntentModel.load(Path(folder))
        first.save(Path(folder))
        files = sorted(path.suffix for path in Path(folder).iterdir())
        loaded = IntentModel.load(Path(folder))
    rows = first.probabilities(ODD, encode(ODD))
    asked = ["CUANTO CUESTA???", "no iré a la cita"]
    together = encode(asked)
    apart = np.vstack([encode([text]) for text in asked])
    told = {
        "same_again": np.array_equal(rows, second.probabilities(ODD, encode(ODD))),
        "same_loaded": np.array_equal(rows, loaded.probabilities(ODD, encode(ODD))),
        "nothing_saved": nothing is None,
        "files": files,
        "labels": first.labels,
        "sums": rows.sum(axis=1).tolist(),
        "finite": bool(np.isfinite(rows).all()),
        "alone_or_in_a_batch": float(np.abs(together - apart).max()),
        "read": [first.labels[at] for at in first.probabilities(asked, together).argmax(axis=1)],
        "normalised": [
            normalise("  ¡HOLAAAA!\n "),
            normalise("Cafe\u0301"),
            bare("¿Cuánto_cuesta?"),
        ],
    }
    Path(sys.argv[1]).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
