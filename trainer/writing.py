"""From the working set to the project's files: what would change, what speaks against it, and
the change itself, made only of what was shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from clinic.languages import LANGUAGES
from trainer.examples import (
    Example,
    add_intents,
    insert,
    read_examples,
    read_intents,
    remove,
)
from trainer.labels import Label, Labels
from trainer.likeness import Finding, Neighbours
from trainer.project import Files, Project, difference, token_of
from trainer.responses import reword, wordings
from trainer.rewordings import Rewording, Rewordings

NEW_INTENT_NEEDS: Final = 5
"""Examples of a new intent in each language, for a beginning: the tests ask for 35."""


class Changed(Exception):
    """What would be written is not what was shown. Nothing was written.

    theirs: what others changed in the files since; None where that is not known any more.
    """

    def __init__(self, theirs: str | None) -> None:
        super().__init__("the files or the decisions changed since they were shown")
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Draft:
    """What the working set would make of the files.

    written: the decisions that the files then hold; findings: what speaks against some, by the
    label's id; lacking: how many examples a new intent still needs, by intent and language: until
    then it waits. reworded: the responses that are then said; overtaken: what domain.yml says by
    now in the places of others, by their ids, "" for nothing: they wait for their trainer.
    """

    before: Files
    after: Files
    labels: Sequence[Label]
    written: Sequence[Label]
    findings: Mapping[str, Finding]
    lacking: Mapping[str, Mapping[str, int]]
    rewordings: Sequence[Rewording]
    reworded: Sequence[Rewording]
    overtaken: Mapping[str, str]

    @property
    def token(self) -> str:
        """Stands for exactly this change."""
        return token_of(self.before, self.after)

    @property
    def diff(self) -> str:
        """The change for reading."""
        return difference(self.before, self.after)


def draft(project: Project, labels: Labels, rewordings: Rewordings) -> Draft:
    """What would be written now. Raises BadFile."""
    before, waiting = project.read(), labels.to_write()
    gone = [label for label in waiting if label.undone]
    nlu = remove(before.nlu, [label.example for label in gone])
    neighbours = Neighbours(read_examples(nlu))
    findings: dict[str, Finding] = {}
    good: list[Label] = []
    for label in (one for one in waiting if not one.undone):
        finding = neighbours.finding(label.example, label.surety)
        if finding:
            findings[label.id] = finding
        if finding is None or not finding.stops:
            good.append(label)
            neighbours.add(label.example)
    known = read_intents(before.domain)
    lacking = _lacking([label.example for label in good], known)
    ready = [label for label in good if label.example.intent not in lacking]
    new = sorted({label.example.intent for label in ready} - set(known))
    wanted = rewordings.to_write()
    overtaken = _overtaken(before.domain, wanted)
    fresh = [each for each in wanted if each.id not in overtaken]
    domain = reword(before.domain, {each.place: each.text for each in fresh})
    after = Files(add_intents(domain, new), insert(nlu, [label.example for label in ready]))
    return Draft(
        before, after, waiting, [*gone, *ready], findings, lacking, wanted, fresh, overtaken
    )


def _overtaken(domain: bytes, wanted: Sequence[Rewording]) -> dict[str, str]:
    """Those whose text somebody else changed meanwhile; whoever wrote the very same did not."""
    there = wordings(domain) if wanted else {}
    present = {
        each.id: there[each.place].text if each.place in there and there[each.place].own else ""
        for each in wanted
    }
    return {
        each.id: present[each.id]
        for each in wanted
        if present[each.id] not in {each.was, each.text} or not present[each.id]
    }


def _lacking(examples: Sequence[Example], known: Sequence[str]) -> dict[str, dict[str, int]]:
    counted = Counter((each.intent, each.language) for each in examples)
    lacking: dict[str, dict[str, int]] = {}
    for intent in {each.intent for each in examples} - set(known):
        missing: dict[str, int] = {
            language: NEW_INTENT_NEEDS - counted[intent, language]
            for language in LANGUAGES
            if counted[intent, language] < NEW_INTENT_NEEDS
        }
        if missing:
            lacking[intent] = missing
    return lacking


def show(project: Project, labels: Labels, rewordings: Rewordings) -> Draft:
    """The draft, remembered as shown: `write` takes its token. Raises BadFile."""
    made = draft(project, labels, rewordings)
    project.keep(made.token, made.before)
    return made


def write(
    project: Project, labels: Labels, rewordings: Rewordings, token: str, at: datetime
) -> Draft:
    """Writes exactly what was shown under the token. Raises Changed and BadFile.

    After a crash in between the examples are in the file, and their labels are shown as repeating
    them: undoing such a label takes nothing out, for the line may be somebody else's.
    """
    with project.alone():
        made = draft(project, labels, rewordings)
        if made.token != token:
            shown = project.kept(token)
            raise Changed(None if shown is None else difference(shown, made.before))
        project.write(made.before, made.after)
        labels.mark_written(made.written, at)
        rewordings.mark_written(made.reworded, at)
    return made
