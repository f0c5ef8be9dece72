"""How pure groups of messages are: `python -m benchmarks.grouping [EXAMPLES]`.

Draws examples of data/nlu.yml in each language, groups them as the trainers' review does, by the
engine's vectors at several thresholds and by letters, and prints how many stand in a group with
others, and how many of these mean what most of their group mean. Examples were chosen to differ:
of real messages more are alike.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from clinic.languages import LANGUAGES
from scripts.environments import DIALOGUE
from scripts.training import engine_environment
from trainer import meaning
from trainer.examples import Example, read_examples
from trainer.meaning import Meanings

ROOT: Final = Path(__file__).resolve().parents[1]
THRESHOLDS: Final = (0.6, 0.65, 0.7, 0.75, 0.8)
_ENCODE: Final = """
import asyncio, json, sys
from bot.vectors import vectors_of
json.dump(asyncio.run(vectors_of(json.load(sys.stdin))), sys.stdout)
"""


def main(count: int) -> None:
    """Prints a table."""
    examples = read_examples((ROOT / "data" / "nlu.yml").read_bytes())
    drawn = {
        language: random.Random(7).sample([e for e in examples if e.language == language], count)
        for language in LANGUAGES
    }
    texts = list(dict.fromkeys(each.text for some in drawn.values() for each in some))
    known = dict(zip(texts, _encode(texts), strict=True))
    print(f"{'':>8} {'grouped':>8} {'pure':>6} {'of one intent':>14}")
    for threshold in (*THRESHOLDS, None):
        meaning.ALIKE, meaning.MOST = threshold or 2.0, count  # type: ignore[misc]
        made = [_groups(some, known if threshold else {}) for some in drawn.values()]
        _tell(f"{threshold:.2f}" if threshold else "letters", made, count)


def _encode(texts: Sequence[str]) -> list[list[float]]:
    command = [str(DIALOGUE.python), "-c", _ENCODE]
    done = subprocess.run(
        command,
        input=json.dumps(texts),
        capture_output=True,
        check=True,
        text=True,
        env=engine_environment(),
        cwd=ROOT,
    )
    vectors: list[list[float]] = json.loads(done.stdout)
    return vectors


def _groups(examples: Sequence[Example], known: dict[str, list[float]]) -> list[list[str]]:
    """The intents of each group."""
    meanings = Meanings(lambda texts, _: [known[each] for each in texts], seconds=600)
    if not known:
        meanings = Meanings(lambda _texts, _left: [], seconds=0)
    made = meanings.group([e.text for e in examples], [e.language for e in examples])
    return [[examples[place].intent for place in group] for group in made.groups]


def _tell(name: str, made: Sequence[Sequence[Sequence[str]]], count: int) -> None:
    several = [group for some in made for group in some if len(group) > 1]
    grouped = sum(map(len, several))
    pure = sum(Counter(group).most_common(1)[0][1] for group in several) / max(1, grouped)
    single = sum(len(set(group)) == 1 for group in several) / max(1, len(several))
    print(f"{name:>8} {grouped / (count * len(made)):>8.1%} {pure:>6.1%} {single:>14.1%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
