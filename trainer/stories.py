"""A conversation becomes a conversation test: what was written, masked, and what was answered.

The runner plays it to a namesake of the demo cast with the same visits, so nothing of the patient
is kept but their masked words, what they had booked and in how many days.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, select

from app.settings import Settings
from clinic.appointments import UPCOMING, Appointment, AppointmentStatus
from clinic.languages import LANGUAGES, Language
from clinic.ports import Catalogue, Patients, Schedule
from conversations.model import Conversation
from conversations.store import ConversationStore
from conversations.tables import MessageRow
from integrations.database import Database
from trainer.examples import read_examples
from trainer.masking import MARKS, Masker, tidy
from trainer.models.waiting import project_of
from trainer.project import written_beside
from trainer.response_names import names_of, said_by
from trainer.responses import quoted
from trainer.story_format import BadStory, read_story_file

FOLDER: Final = Path("tests") / "conversations"
LONGEST: Final = 20_000
"""Characters of a file that is still read."""
_NAME: Final = re.compile(r"test_[a-z][a-z0-9_]{2,60}\.yml")
_WHO: Final = frozenset({"utter_ask_who", "utter_ask_birth_date", "utter_ask_name"})
_REGISTERS: Final = "utter_ask_register"
_AFTER: Final[Mapping[str, AppointmentStatus]] = {
    **{status.value: status for status in AppointmentStatus},
    "rescheduled": AppointmentStatus.BOOKED,
}


class StoryRefused(Exception):
    """A file that is not written. key: why: name, there (a file of that name), folder (the tests
    are not in TRAINING_DATA), long, bad (about: what cannot be read) or personal (about: words)."""

    def __init__(self, key: str, about: str = "") -> None:
        super().__init__(f"{key} {about}".strip())
        self.key, self.about = key, about


class _Heard(NamedTuple):
    """A message as the store has it. payload: what was tapped; meant: what its words stood for."""

    id: str
    channel: str
    direction: str
    text: str
    payload: str | None
    meant: str | None
    intent: str | None
    confidence: float | None
    language: str | None
    author: str
    in_reply_to: str | None
    at: datetime


@dataclass
class _Turn:
    """A message of the patient's with its answers."""

    heard: _Heard
    answers: list[_Heard] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StoryDraft:
    """A file to be looked at before it is kept. patient_id: whose talk it was, where known."""

    name: str
    text: str
    patient_id: str | None


class Stories:
    """Makes such files of conversations, and writes them."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        patients: Patients,
        catalogue: Catalogue,
        schedule: Schedule,
    ) -> None:
        self._project = project_of(settings, database)
        self._database, self._patients = database, patients
        self._catalogue, self._schedule = catalogue, schedule

    def draft(self, conversation_id: str) -> StoryDraft:
        """The test of a conversation. Raises ConversationUnknown and BadFile."""
        talk = ConversationStore(self._database).conversation(conversation_id)
        turns, aside = self._turns(talk)
        domain = self._project.read().domain
        named = [[_name(domain, each) for each in turn.answers] for turn in turns]
        said = {name for names in named for name in names}
        visits = self._visits(talk)
        lines = [
            f"# From a conversation of {talk.opened_at:%Y-%m-%d}, its words masked. What was said",
            "# is what happened: change what should have been, and check days and names.",
            *aside,
            "",
            f"- story: {quoted(_title(turns, talk))}",
            f"  languages: [{talk.language}]",
            f"  channels: [{turns[0].heard.channel if turns else talk.channel}]",
            *_address(said),
            *self._visit_lines(visits, talk),
            "  turns:",
        ]
        channel = turns[0].heard.channel if turns else ""
        masked = self._masked(talk, [turn.heard for turn in turns], named)
        for turn, names, text in zip(turns, named, masked, strict=True):
            lines += _turn_lines(turn, names, text, channel, talk.language)
            channel = turn.heard.channel
        lines += [f"  then: {{{self._outcome(visits, talk, turns)}}}"]
        return StoryDraft(_file_name(conversation_id), "\n".join(lines) + "\n", talk.patient_id)

    def check(self, text: str) -> None:
        """Whether the runner reads it, and nothing in it looks personal. Raises StoryRefused."""
        if len(text) > LONGEST:
            raise StoryRefused("long", str(LONGEST))
        files = self._project.read()
        try:
            stories = read_story_file(text, set(said_by(files.domain)))
        except BadStory as error:
            raise StoryRefused("bad", str(error)) from None
        masker = self._masker()
        for turn in (turn for story in stories for turn in story["turns"]):
            for language, words in _patient_words(turn, stories[0].get("languages")):
                plain = re.sub(r"\{\w+\}", " ", words)
                if masker.mask(plain, language).split() != tidy(plain).split():
                    raise StoryRefused("personal", words[:60])

    def write(self, name: str, text: str) -> Path:
        """Puts a new file beside the other tests. Raises StoryRefused, OSError and BadFile."""
        self.check(text)
        folder = self._project.folder / FOLDER
        if not _NAME.fullmatch(name):
            raise StoryRefused("name")
        if not folder.is_dir():
            raise StoryRefused("folder")
        with self._project.alone():
            _write_new(folder / name, text)
        return folder / name

    @property
    def has_folder(self) -> bool:
        """Whether the tests are in the folder that trainers write to."""
        return (self._project.folder / FOLDER).is_dir()

    def _turns(self, talk: Conversation) -> tuple[list[_Turn], list[str]]:
        """What the patient wrote with the bot's answers, and remarks on what is not played."""
        row = MessageRow
        query: Select[*tuple[Any, ...]] = (
            select(
                *(row.id, row.channel, row.direction, row.text, row.payload, row.meant, row.intent),
                *(row.confidence, row.language, row.author, row.in_reply_to, row.at),
            )
            .where(row.conversation_id == talk.id)
            .order_by(row.at, row.number)
        )
        with self._database.read() as session:
            messages = [_Heard(*each) for each in session.execute(query)]
        turns = {each.id: _Turn(each) for each in messages if each.direction == "in"}
        others: set[str] = set()
        for each in messages:
            if each.direction == "out" and each.in_reply_to in turns:
                turns[each.in_reply_to].answers.append(each)
            elif each.direction == "out":
                others.add(each.author.partition(":")[0])
        aside = [f"# Not played: what {who} wrote in it." for who in sorted(others)]
        return list(turns.values()), aside

    def _masker(self) -> Masker:
        texts = [each.text for each in read_examples(self._project.read().nlu)]
        return Masker(texts, self._catalogue)

    def _masked(
        self, talk: Conversation, heard: Sequence[_Heard], named: Sequence[Sequence[str]]
    ) -> list[str]:
        """The words of each message; where the bot asked for them, the story's name and date."""
        masker = self._masker()
        names = [each.name for each in self._patients.at_address(talk.address)]
        if talk.patient_id:
            names.append(self._patients.patient(talk.patient_id).name)
        asked = False
        found: list[str] = []
        for each, answered in zip(heard, named, strict=True):
            language: Language = next((x for x in LANGUAGES if x == each.language), talk.language)
            text = masker.mask(each.text, language, names)
            found.append(_own(text, language) if asked else text)
            asked = bool(_WHO & {name for names in answered for name in names.split("|")})
        return found

    def _visits(self, talk: Conversation) -> list[Appointment]:
        """Those that the patient had when the conversation began, and that were still to come."""
        if not talk.patient_id:
            return []
        return [
            each
            for each in self._schedule.appointments(talk.patient_id)
            if each.start > talk.opened_at and self._status(each, talk.opened_at) in UPCOMING
        ]

    def _status(self, visit: Appointment, at: datetime) -> AppointmentStatus | None:
        """Where the visit stood at a moment; None before it was booked."""
        known: list[AppointmentStatus] = []
        for entry in self._schedule.history(visit.id):
            if entry.change.at <= at and entry.event == "restored":
                known.append(known[-2] if len(known) > 1 else AppointmentStatus.BOOKED)
            elif entry.change.at <= at and entry.event in _AFTER:
                known.append(_AFTER[entry.event])
        return known[-1] if known else None

    def _visit_lines(self, visits: Iterable[Appointment], talk: Conversation) -> list[str]:
        written: list[str] = []
        for each in visits:
            zone = self._catalogue.branch(each.branch).zone
            days = (
                each.start.astimezone(zone).date() - talk.opened_at.astimezone(zone).date()
            ).days
            facts = f"in_days: {max(days, 1)}, service: {each.service}, branch: {each.branch}"
            if self._status(each, talk.opened_at) is AppointmentStatus.CONFIRMED:
                facts += ", confirmed: true"
            written.append(f"  - {{{facts}}}")
        return ["  visits:", *written] if written else []

    def _outcome(
        self, visits: Sequence[Appointment], talk: Conversation, turns: Sequence[_Turn]
    ) -> str:
        last = max(
            (one.at for turn in turns for one in (turn.heard, *turn.answers)), default=talk.last_at
        )
        facts = [f"language: {talk.language}"]
        if visits:
            states = [str(self._status(each, last) or each.status) for each in visits]
            facts.insert(0, f"visits: [{', '.join(states)}]")
        return ", ".join(facts)


def _name(domain: bytes, said: _Heard) -> str:
    """The response, "a|b" where it may be either; what nobody can tell is left to be written."""
    language = next((each for each in LANGUAGES if each == said.language), None)
    return "|".join(names_of(domain, said.text.strip(), language)) or "unknown"


def _title(turns: Sequence[_Turn], talk: Conversation) -> str:
    wish = next((turn.heard.intent for turn in turns if turn.heard.intent), None)
    about = (wish or "a conversation").replace("_", " ")
    return f"{about}, as it was said on {talk.opened_at:%Y-%m-%d}"


def _file_name(conversation_id: str) -> str:
    return f"test_said_{re.sub(r'[^a-z0-9]', '', conversation_id.lower())[:8]}.yml"


def _address(said: Iterable[str]) -> list[str]:
    names = {name for each in said for name in each.split("|")}
    if not names & _WHO:
        return []
    return [f"  address: {'new' if _REGISTERS in names else 'unknown'}"]


def _own(text: str, language: Language) -> str:
    """What the patient was asked for, as the story's own patient has it."""
    for kind, own in (("name", "{name}"), ("date", "{born}")):
        text = text.replace(MARKS[kind][language], own)
    return text


def _turn_lines(
    turn: _Turn, names: Sequence[str], text: str, before: str, language: Language
) -> list[str]:
    heard = turn.heard
    first = f"tap: {_tapped(heard.payload)}" if heard.payload else f"patient: {quoted(text)}"
    lines = [f"  - {first}"]
    if before and heard.channel != before:
        lines.append(f"    channel: {heard.channel}")
    if heard.intent and not heard.payload and not heard.meant and heard.confidence is not None:
        lines.append(f"    intent: {heard.intent}  # {heard.confidence:.2f}")
    answered = [each.language for each in turn.answers if each.language]
    if answered and answered[-1] != language:
        lines.append(f"    in: {answered[-1]}")
    lines.append(f"    bot: [{', '.join(names)}]")
    return lines


def _tapped(payload: str) -> str:
    """What the button carries, without what is of one visit or time alone."""
    name, brace, rest = payload.partition("{")
    key = re.match(r'"\w+"', rest)
    return f"'{name}{brace}{key[0] if key else ''}'"


def _patient_words(turn: Mapping[str, object], languages: object) -> Iterable[tuple[Language, str]]:
    said = turn.get("patient")
    if isinstance(said, Mapping):
        yield from ((code, str(said[code])) for code in LANGUAGES if code in said)
    elif said is not None:
        spoken = languages if isinstance(languages, list) else LANGUAGES
        yield next((code for code in LANGUAGES if code in spoken), "es"), str(said)


def _write_new(path: Path, text: str) -> None:
    """Whole or not at all, and never over another. Raises StoryRefused."""
    with written_beside(path, text.encode("utf-8"), 0o644) as whole:
        try:
            path.hardlink_to(whole)
        except FileExistsError:
            raise StoryRefused("there") from None
