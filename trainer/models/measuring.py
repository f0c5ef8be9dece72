"""What models make of messages, asked in the engine's own Python."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from integrations.engine.models import Model, UnknownModel
from trainer.examples import BadFile, read_examples
from trainer.models.comparing import Asked
from trainer.models.figures import Figures, Reading, Truth, figures
from trainer.models.parts import CannotTrain, Parts, Progress
from trainer.models.safety import Heard, Limit, Sentence, limits, read_sentences, untaught
from trainer.models.tools import GoOn, run_tool, tool_environment
from understanding.words import bare

RECENT: Final = 300
LABELLED: Final = 300

Readings = Sequence[Reading]


@dataclass(frozen=True, slots=True)
class EnginePython:
    """The engine's Python, at work in a folder of the caller's. told: how far it is, 0 to 1."""

    python: Path
    folder: Path
    go_on: GoOn = lambda: True
    told: Callable[[float], None] = lambda _share: None

    def run(self, *arguments: str | Path, log: str, **more: str) -> None:
        """Runs a module; more: what its environment has besides. Raises as `run_tool`."""
        run_tool(
            [str(each) for each in (self.python, "-W", "ignore", *arguments)],
            log=self.folder / f"{log}.log",
            go_on=self.go_on,
            told=self._count,
            env={**tool_environment(), **more},
        )

    def assess(self, task: dict[str, Any], name: str) -> Any:
        """What `bot.assess` answers to a task. Raises as `run_tool`."""
        given, answer = self.folder / f"{name}.task", self.folder / f"{name}.answer"
        given.write_text(json.dumps(task), encoding="utf-8")
        self.run("-m", "bot.assess", given, answer, log=name)
        return json.loads(answer.read_text(encoding="utf-8"))

    def read(
        self, archives: Sequence[Path], config: Path, texts: list[str], passing: list[str]
    ) -> list[Readings | None]:
        """Of each archive what it makes of `texts` and then of `passing`; None where it cannot be
        read. passing: what is not to be remembered. config: says when the engine asks back."""
        task = {
            "archives": [str(each) for each in archives],
            "config": str(config),
            "texts": texts,
            "passing": passing,
        }
        return [
            None if found is None else [Reading(*each) for each in found]
            for found in self.assess(task, "reading")
        ]

    def _count(self, line: str) -> None:
        """A line that is a number says how far it is."""
        try:
            self.told(float(line))
        except ValueError:
            return


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a run works. project: the files as they were when it began, with its config.yml."""

    parts: Parts
    progress: Progress
    folder: Path

    @property
    def project(self) -> Path:
        """The files' copy."""
        return self.folder / "project"

    @property
    def python(self) -> EnginePython:
        """The engine's Python, which tells the run's progress."""
        python = self.parts.settings.engine_python
        return EnginePython(python, self.folder, self.progress.go_on, self.progress.told)

    def taught(self) -> list[str]:
        """Every example that the model learns."""
        return [each.text for each in read_examples((self.project / "data/nlu.yml").read_bytes())]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What both models read. before: None where there is no other model that could be asked."""

    asked: Sequence[Asked]
    before: Readings | None
    after: Readings
    figures: Figures
    safety: Sequence[Limit]
    left_out: int


def evaluate(shop: Workshop, archive: Path, parent: Model | None) -> Evaluated:
    """Asks the new model and the published one. Raises CannotTrain.

    Messages of the evaluation set that are taught word for word are left out.
    """
    taught = shop.taught()
    held, passing, left_out = messages_to_ask(shop.parts, taught)
    sentences = untaught(read_sentences(), taught)
    read = shop.python.read(
        [archive, *_other(shop.parts, parent, archive)],
        shop.project / "config.yml",
        [*(each.text for each in held), *(each.text for each in sentences)],
        [each.text for each in passing],
    )
    after, before = read[0], read[1] if len(read) > 1 else None
    if after is None:
        raise CannotTrain("the new model cannot be read")
    first, second = len(held), len(held) + len(sentences)
    return Evaluated(
        [*held, *passing],
        None if before is None else [*before[:first], *before[second:]],
        [*after[:first], *after[second:]],
        figures(
            [Truth(each.intent or "", each.language) for each in held],
            [each.intent for each in after[:first]],
        ),
        _safety(sentences, after[first:second]),
        left_out,
    )


def cross_validate(shop: Workshop) -> Figures:
    """How well examples are read by models that learnt other meanings only."""
    examples = read_examples((shop.project / "data/nlu.yml").read_bytes())
    task = {"examples": [[each.text, each.intent, each.language] for each in examples]}
    guesses = shop.python.assess(task, "cross-validation")
    return figures([Truth(each.intent, each.language) for each in examples], guesses)


def messages_to_ask(parts: Parts, taught: Collection[str]) -> tuple[list[Asked], list[Asked], int]:
    """The set that never trains, then what trainers decided and what patients lately said, masked;
    and how many of the set are left out because they are taught. Raises CannotTrain."""
    path = parts.settings.evaluation_set
    try:
        examples = read_examples(path.read_bytes())
    except (OSError, BadFile):
        raise CannotTrain(f"the evaluation set cannot be read: {path.name}") from None
    known = {bare(text) for text in taught}
    held = [
        Asked("held_out", each.text, each.language, each.intent)
        for each in examples
        if bare(each.text) not in known
    ]
    return held, _passing(parts), len(examples) - len(held)


def _passing(parts: Parts) -> list[Asked]:
    decided = {
        one.text: Asked("labelled", one.text, one.language, one.intent, message_id)
        for message_id, one in parts.desk.labels.newest(LABELLED)
    }
    said = [
        Asked("recent", one.text, one.language, None, one.id)
        for one in parts.desk.review().recent(parts.clock(), RECENT)
        if one.text not in decided
    ]
    return [*decided.values(), *said]


def _other(parts: Parts, parent: Model | None, archive: Path) -> list[Path]:
    if parent is None:
        return []
    try:
        other = parts.models.archive(parent)
    except UnknownModel:
        return []
    return [] if other == archive else [other]


def _safety(sentences: Sequence[Sentence], read: Readings) -> list[Limit]:
    heard = [
        Heard(sentence, "nlu_fallback" if one.asks else one.intent)
        for sentence, one in zip(sentences, read, strict=True)
    ]
    return list(limits(heard))
