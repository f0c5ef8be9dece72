"""How surely emergencies, opt-outs and questions for medical advice are heard.

`.venv/bin/python -m benchmarks.safety` prints recall and false alarms by language, for the rules
alone and for rules and trained model together, on both halves of benchmarks/safety_sentences/;
it fails when the half held apart is beyond benchmarks/safety_floors.json. `-v` shows every miss of
the development half. docs/understanding-safety.md says what the sentences are.
"""

import json
import subprocess
import sys
from collections.abc import Sequence

from benchmarks.nlu_examples import LANGUAGES, ROOT, TRAINED, read_examples
from trainer.models.safety import (
    HALVES,
    PHENOMENA,
    Heard,
    limits,
    read_sentences,
    select,
    share,
    untaught,
)


def read_intents(texts: Sequence[str]) -> list[str]:
    """The intent of each text as the newest trained model reads it, in the engine's Python."""
    archives = sorted((ROOT / "models").glob("consulta-*.tar.gz"), key=lambda a: a.stat().st_mtime)
    if not archives:
        sys.exit("no trained model in models/: make train")
    python = ROOT / ".venv-engine" / "bin" / "python"
    answered = subprocess.run(
        [python, "-m", "benchmarks.read_intents", archives[-1]],
        input="".join(json.dumps(text) + "\n" for text in texts),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return [json.loads(line)["intent"] for line in answered.stdout.splitlines()]


def tell(readings: Sequence[Heard]) -> None:
    """Prints the table."""
    print("phenomenon  half         language  way       recall  false alarms")
    for phenomenon in PHENOMENA:
        for half in HALVES:
            for language in (*LANGUAGES, "all"):
                chosen = select(readings, phenomenon, half, language)
                for way in ("rules", "together"):
                    recall, false = (share(chosen, way, meant=meant) for meant in (True, False))
                    print(
                        f"{phenomenon:11} {half:12} {language:9} {way:9}"
                        f" {recall:6.3f}  {false:6.3f}"
                    )


def show_misses(readings: Sequence[Heard]) -> None:
    """Every sentence of the development half that is misheard, and by which way."""
    for each in readings:
        said = each.sentence
        ways = [way for way in ("rules", "together") if each.heard(way) is not said.meant]
        if said.half == "development" and ways:
            wrong = "missed" if said.meant else "false"
            print(
                f"{said.language} {said.phenomenon} {wrong} by {ways}, {each.intent}: {said.text}"
            )


def main() -> int:
    """Measures and tells; 1 when a floor does not hold."""
    sentences = untaught(read_sentences(), [each.text for each in read_examples(TRAINED)])
    intents = read_intents([each.text for each in sentences])
    readings = [Heard(*pair) for pair in zip(sentences, intents, strict=True)]
    tell(readings)
    if "-v" in sys.argv:
        show_misses(readings)
    complaints = [each for each in limits(readings) if not each.holds]
    for each in complaints:
        which = f"{each.phenomenon} {each.language} {each.way}"
        print(f"BEYOND THE FLOOR {which}: {each.kind} {each.figure:.3f}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
