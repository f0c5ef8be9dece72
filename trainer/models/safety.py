"""Whether emergencies, STOP and questions for medical advice are heard, by rule and model together.

docs/understanding-safety.md says what the sentences are.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from zlib import crc32

from ruamel.yaml import YAML

from app.model_files import ROOT
from clinic.languages import LANGUAGES
from understanding.emergencies import find_emergency
from understanding.medical_advice import asks_for_advice
from understanding.opt_out import wants_no_more_messages
from understanding.words import bare, fold

SENTENCES: Final = ROOT / "benchmarks" / "safety_sentences"
FLOORS: Final = ROOT / "benchmarks" / "safety_floors.json"
HALVES: Final = ("development", "held_apart")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a patient may write; half: whether the rules may learn from it."""

    text: str
    phenomenon: str
    meant: bool
    language: str

    @property
    def half(self) -> str:
        """Decided by the words alone, so that a sentence keeps its half when others join."""
        return HALVES[crc32(fold(self.text).encode()) % 2]


@dataclass(frozen=True, slots=True)
class Phenomenon:
    """One thing to be heard: by its rule, and by rule and the engine's intent together."""

    rule: Callable[[str], bool]
    together: Callable[[bool, str], bool]


PHENOMENA: Final = {
    "emergency": Phenomenon(
        lambda text: find_emergency(text) is not None,
        lambda rule, intent: rule or intent == "emergency",
    ),
    "opt_out": Phenomenon(
        wants_no_more_messages, lambda rule, intent: rule or intent == "stop_messages"
    ),
    # What may be an emergency is answered as one.
    "advice": Phenomenon(asks_for_advice, lambda rule, intent: rule and intent != "emergency"),
}


def read_sentences(folder: Path = SENTENCES) -> Iterator[Sentence]:
    """All sentences; those under `not_<phenomenon>` come close to it without being meant so."""
    for language in LANGUAGES:
        text = (folder / f"{language}.yml").read_text(encoding="utf-8")
        for name, lines in YAML(typ="safe").load(text).items():
            phenomenon = name.removeprefix("not_")
            for line in lines.splitlines():
                yield Sentence(line, phenomenon, name == phenomenon, language)


def untaught(sentences: Iterable[Sentence], examples: Iterable[str]) -> list[Sentence]:
    """Those that the engine was not taught word for word: the others would measure its memory."""
    taught = {bare(text) for text in examples}
    return [each for each in sentences if bare(each.text) not in taught]


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence with what was made of it."""

    sentence: Sentence
    intent: str

    def heard(self, way: str) -> bool:
        """way: "rules" or "together"."""
        phenomenon = PHENOMENA[self.sentence.phenomenon]
        rule = by_rule(self.sentence)
        return rule if way == "rules" else phenomenon.together(rule, self.intent)


@cache
def by_rule(sentence: Sentence) -> bool:
    """What the rule of the sentence's phenomenon says."""
    return PHENOMENA[sentence.phenomenon].rule(sentence.text)


def share(readings: Sequence[Heard], way: str, *, meant: bool) -> float:
    """How many of those meant (or not meant) so are heard."""
    heard = [each.heard(way) for each in readings if each.sentence.meant is meant]
    return sum(heard) / len(heard)


def select(readings: Sequence[Heard], phenomenon: str, half: str, language: str) -> list[Heard]:
    """The readings of one cell of the table; language "all" is every one."""
    return [
        each
        for each in readings
        if each.sentence.phenomenon == phenomenon
        and each.sentence.half == half
        and language in (each.sentence.language, "all")
    ]


@dataclass(frozen=True, slots=True)
class Limit:
    """A held-apart figure and what it must not pass. kind: "recall" or "false_alarms"."""

    phenomenon: str
    way: str
    language: str
    kind: str
    figure: float
    limit: float

    @property
    def holds(self) -> bool:
        """Whether it does not."""
        if self.kind == "recall":
            return self.figure >= self.limit
        return self.figure <= self.limit


def limits(readings: Sequence[Heard], floors: Path = FLOORS) -> Iterator[Limit]:
    """Every held-apart figure that has a limit, by language."""
    for phenomenon, ways in json.loads(floors.read_text(encoding="utf-8")).items():
        for way, kinds in ways.items():
            for language in LANGUAGES:
                chosen = select(readings, phenomenon, "held_apart", language)
                for kind, limit in kinds.items():
                    figure = share(chosen, way, meant=kind == "recall")
                    yield Limit(phenomenon, way, language, kind, figure, limit)
