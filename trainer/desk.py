"""Everything that reviewing and labelling needs, opened for one use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from app.secrets import engine_token
from app.settings import Settings
from clinic.languages import Language
from clinic.ports import Catalogue, Patients
from integrations.database import Database
from integrations.engine import HttpEngine
from trainer.examples import read_examples, read_intents
from trainer.labels import Decided, Labels
from trainer.masking import says_something
from trainer.meaning import Meanings
from trainer.models.waiting import project_of
from trainer.review import Misread, Review
from trainer.rewordings import Rewordings

OUT_OF_SCOPE: Final = "out_of_scope"
_NAME: Final = re.compile(r"[a-z][a-z_]{2,59}")


class BadDecision(Exception):
    """A decision that cannot be kept. key: why, one of the words below.

    gone: a message is not open for review (any more); unknown: no such intent; known: a new intent
    that is there already; name: no name for an intent; empty: nothing is left of a text.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Choice:
    """What is decided of one message. text and language: as the trainer put them right."""

    message_id: str
    text: str | None = None
    language: Language | None = None


class Desk:
    """Where a trainer sits: the messages, the intents there are, the decisions."""

    def __init__(
        self, settings: Settings, database: Database, patients: Patients, catalogue: Catalogue
    ) -> None:
        self.project = project_of(settings, database)
        self.labels = Labels(database)
        self.rewordings = Rewordings(database)
        self._database, self._patients, self._catalogue = database, patients, catalogue
        self._engine = cache(lambda: HttpEngine(settings.engine_url, engine_token(settings)))
        self._meanings = Meanings(lambda texts, left: self._engine().vectors(texts, left))

    def review(self) -> Review:
        """The messages. Raises BadFile."""
        texts = [each.text for each in read_examples(self.project.read().nlu)]
        return Review(self._database, self._patients, self._catalogue, texts, self._meanings)

    def intents(self) -> list[str]:
        """The files' intents with examples, and new ones of the working set. Raises BadFile."""
        files = self.project.read()
        taught = {each.intent for each in read_examples(files.nlu)}
        there = [each for each in read_intents(files.domain) if each in taught]
        new = {each.example.intent for each in self.labels.to_write() if not each.undone}
        return there + sorted(new - set(there))

    def decide(
        self, choices: Sequence[Choice], intent: str, by: str, at: datetime, *, new: bool = False
    ) -> str:
        """Keeps that all of these mean the intent, "" for skipped; returns the batch's name.

        Raises BadDecision, AlreadyDecided and BadFile.
        """
        self._check(intent, new=new)
        review = self.review()
        open_ones = {each.id: each for each in review.open(at)}
        if not choices or any(each.message_id not in open_ones for each in choices):
            raise BadDecision("gone")
        decided = [_decided(review, open_ones[one.message_id], one, intent) for one in choices]
        if intent and not all(says_something(each.text) for each in decided):
            raise BadDecision("empty")
        return self.labels.decide(decided, intent, by, at)

    def _check(self, intent: str, *, new: bool) -> None:
        if new and not _NAME.fullmatch(intent):
            raise BadDecision("name")
        if new and intent in read_intents(self.project.read().domain):
            raise BadDecision("known")
        if not new and intent and intent not in self.intents():
            raise BadDecision("unknown")


def _decided(review: Review, message: Misread, choice: Choice, intent: str) -> Decided:
    language = choice.language or message.language
    text = message.text
    if choice.text is not None and choice.text != text:
        text = review.mask_again(choice.text, language)
    best = message.ranking[0] if message.ranking else None
    surety = best[1] if best and best[0] == intent else None
    return Decided(message.id, language, text, surety)
