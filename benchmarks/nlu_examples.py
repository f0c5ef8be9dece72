"""The examples of data/nlu.yml and of the held-apart set: text, intent and language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[1]
TRAINED = ROOT / "data" / "nlu.yml"
HELD_APART = ROOT / "tests" / "understanding_intents" / "heldout.yml"
LANGUAGES = ("es", "pt", "en")


class Example(NamedTuple):
    """What a patient may write, what is meant by it, and in which language it is."""

    text: str
    intent: str
    language: str


def read_examples(path: Path) -> list[Example]:
    """All examples in the file's order; ValueError for a block that says no language."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [example for block in content["nlu"] for example in _examples_of(block)]


def _examples_of(block: Any) -> Iterator[Example]:
    language = block.get("metadata", {}).get("language")
    if language not in LANGUAGES:
        raise ValueError(f"a block of {block.get('intent')} says no language")
    for line in block["examples"].splitlines():
        yield Example(line.removeprefix("- ").strip(), block["intent"], language)
