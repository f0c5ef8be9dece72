"""What the trained engine would understand: JSON strings a line in, intents a line out.

Runs in the engine's environment: `.venv-engine/bin/python -m benchmarks.read_intents ARCHIVE`.
Each line out is `{"intent": name, "confidence": 0.0 to 1.0}` in the order of the lines in, with
`nlu_fallback` where `config.yml` has the engine ask rather than answer.
"""

import json
import sys
from pathlib import Path

from bot.kept_vectors import encode_kept
from bot.measuring import load_archive, read_thresholds, readings

CONFIG = Path(__file__).resolve().parents[1] / "config.yml"


def main() -> None:
    """Reads all lines, then answers them."""
    model = load_archive(Path(sys.argv[1]))
    texts = [json.loads(line) for line in sys.stdin]
    for intent, sure, asks in readings(model, texts, encode_kept(texts), read_thresholds(CONFIG)):
        print(json.dumps({"intent": "nlu_fallback" if asks else intent, "confidence": sure}))


if __name__ == "__main__":
    main()
