"""How surely emergencies, opt-outs and questions for medical advice are heard.

`.venv/bin/python -m benchmarks.safety` prints recall and false alarms by language, for the rules
alone and for rules and trained model together, on both halves of benchmarks/safety_sentences/;
it fails when the half held apart is beyond benchmarks/safety_floors.json. `-v` shows every miss of
the development half. docs/understanding-safety.md says what the sentences are.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import yaml

from benchmarks.nlu_examples import LANGUAGES, ROOT, TRAINED, read_examples
from understanding.emergencies import find_emergency
from understanding.medical_advice import asks_for_advice
from understanding.opt_out import wants_no_more_messages
from understanding.words import bare, fold

SENTENCES = ROOT / "benchmarks" / "safety_sentences"
FLOORS = ROOT / "benchmarks" / "safety_floors.json"
HALVES = ("development", "held_apart")


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


PHENOMENA = {
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


def read_sentences() -> Iterator[Sentence]:
    """All sentences; those under `not_<phenomenon>` come close to it without being meant so."""
    for language in LANGUAGES:
        content = yaml.safe_load((SENTENCES / f"{language}.yml").read_text(encoding="utf-8"))
        for name, lines in content.items():
            phenomenon = name.removeprefix("not_")
            for line in lines.splitlines():
                yield Sentence(line, phenomenon, name == phenomenon, language)


def untaught(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Those that the engine was not taught word for word: the others would measure its memory."""
    taught = {bare(example.text) for example in read_examples(TRAINED)}
    return [each for each in sentences if bare(each.text) not in taught]


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


@dataclass(frozen=True, slots=True)
class Reading:
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


def share(readings: Sequence[Reading], way: str, *, meant: bool) -> float:
    """How many of those meant (or not meant) so are heard."""
    heard = [each.heard(way) for each in readings if each.sentence.meant is meant]
    return sum(heard) / len(heard)


def tell(readings: Sequence[Reading]) -> None:
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


def select(readings: Sequence[Reading], phenomenon: str, half: str, language: str) -> list[Reading]:
    """The readings of one cell of the table; language "all" is every one."""
    return [
        each
        for each in readings
        if each.sentence.phenomenon == phenomenon
        and each.sentence.half == half
        and language in (each.sentence.language, "all")
    ]


def beyond_floors(readings: Sequence[Reading]) -> Iterator[str]:
    """The held-apart figures that do not hold, by language, in words."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    for phenomenon, ways in floors.items():
        for way, limits in ways.items():
            for language in LANGUAGES:
                chosen = select(readings, phenomenon, "held_apart", language)
                recall = share(chosen, way, meant=True)
                false = share(chosen, way, meant=False)
                if recall < limits.get("recall", 0):
                    yield f"{phenomenon} {language} {way}: recall {recall:.3f}"
                if false > limits.get("false_alarms", 1):
                    yield f"{phenomenon} {language} {way}: false alarms {false:.3f}"


def show_misses(readings: Sequence[Reading]) -> None:
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
    sentences = untaught(read_sentences())
    intents = read_intents([each.text for each in sentences])
    readings = [Reading(*pair) for pair in zip(sentences, intents, strict=True)]
    tell(readings)
    if "-v" in sys.argv:
        show_misses(readings)
    complaints = list(beyond_floors(readings))
    for complaint in complaints:
        print(f"BEYOND THE FLOOR {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
