"""Real messages that teach the assistant most, masked, with those written alike together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import Select, select

from clinic.languages import LANGUAGES, Language
from clinic.ports import Catalogue, Patients
from conversations.tables import ConversationRow, HandoffRow, MessageRow
from integrations.database import Database
from trainer.masking import Masker, says_something
from trainer.meaning import Meanings
from trainer.tables import LabelRow
from understanding.taking_back import takes_back

Reason = Literal["fallback", "tie", "low", "corrected", "handed_off"]
REASONS: Final[tuple[Reason, ...]] = ("fallback", "tie", "low", "corrected", "handed_off")
_UNSURE: Final = frozenset({"fallback", "tie", "low"})
SINCE: Final = timedelta(days=60)
_NEWEST: Final = 3000
"""So many messages are looked through: a day of a large clinic, months of a small one."""
FALLBACK: Final = 0.4
"""Below it, and when the two best are within TIE, the engine asks back (config.yml)."""
TIE: Final = 0.08
LOW: Final = 0.7
"""A flow that acts without asking requires it (docs/understanding-intents.md)."""
_SOON: Final = timedelta(minutes=10)
_FALLBACK_INTENT: Final = "nlu_fallback"


@dataclass(frozen=True, slots=True)
class Misread:
    """A message to review. text: masked. ranking: (intent, confidence), best first."""

    id: str
    conversation_id: str
    text: str
    language: Language
    at: datetime
    reason: Reason
    ranking: tuple[tuple[str, float], ...]

    @property
    def confidence(self) -> float:
        """Of the best reading; 0 where there is none."""
        return self.ranking[0][1] if self.ranking else 0.0


class Grouped(NamedTuple):
    """Messages that are decided together. by_meaning: else by letters alone."""

    groups: list[list[Misread]]
    by_meaning: bool


class _Heard(NamedTuple):
    """A message that came in, as the store has it; said_in and spoken: its own language, and the
    conversation's."""

    conversation_id: str
    number: int
    id: str
    at: datetime
    address: str
    text: str
    payload: str | None
    meant: str | None
    intent: str | None
    confidence: float | None
    read: list[list[Any]]
    said_in: str | None
    spoken: str
    patient_id: str | None


class Review:
    """Looks for the messages; reads only."""

    def __init__(
        self,
        database: Database,
        patients: Patients,
        catalogue: Catalogue,
        examples: Iterable[str],
        meanings: Meanings,
    ) -> None:
        self._database = database
        self._meanings = meanings
        self._patients = patients
        self._masker = Masker(examples, catalogue)

    def groups(self, now: datetime, reason: str = "") -> Grouped:
        """What is open, what teaches most first, alike ones together under the first of them."""
        found = [each for each in self.open(now) if reason in {"", each.reason}]
        made = self._meanings.group([one.text for one in found], [one.language for one in found])
        groups = [[found[place] for place in group] for group in made.groups]
        return Grouped(groups, by_meaning=made.by_meaning)

    def open(self, now: datetime) -> list[Misread]:
        """Every message that waits for a decision: the least sure first, then those put right by
        the patient, then those that ended with a person."""
        since = now - SINCE
        with self._database.read() as session:
            heard = sorted(_Heard(*row) for row in session.execute(_query(since)))
            handoffs = session.execute(
                select(HandoffRow.conversation_id, HandoffRow.opened_at).where(
                    HandoffRow.reason == "doubt", HandoffRow.opened_at >= since
                )
            ).all()
            decided = set(
                session.scalars(select(LabelRow.message_id).where(LabelRow.undone_at.is_(None)))
            )
        doubts: dict[str, list[datetime]] = {}
        for conversation, at in handoffs:
            doubts.setdefault(conversation, []).append(at)
        names: dict[tuple[str, str | None], list[str]] = {}
        found = [
            self._misread(one, reason, names)
            for one, reason in _reasons(heard, doubts)
            if one.id not in decided
        ]
        return sorted(filter(lambda each: says_something(each.text), found), key=_order)

    def _misread(
        self, one: _Heard, reason: Reason, names: dict[tuple[str, str | None], list[str]]
    ) -> Misread:
        said_in = one.said_in or one.spoken
        language: Language = next((each for each in LANGUAGES if each == said_in), "es")
        key = (one.address, one.patient_id)
        if key not in names:
            names[key] = self._names(*key)
        text = self._masker.mask(one.text, language, names[key])
        return Misread(one.id, one.conversation_id, text, language, one.at, reason, _ranking(one))

    def recent(self, now: datetime, limit: int) -> list[Misread]:
        """The newest messages that the engine read, masked, each text once."""
        with self._database.read() as session:
            heard = [_Heard(*row) for row in session.execute(_query(now - SINCE))]
        names: dict[tuple[str, str | None], list[str]] = {}
        found: dict[str, Misread] = {}
        for one in heard:
            if len(found) >= limit:
                break
            if _was_read(one):
                masked = self._misread(one, "low", names)
                if says_something(masked.text):
                    found.setdefault(masked.text, masked)
        return list(found.values())

    def mask_again(self, text: str, language: Language) -> str:
        """What a trainer has typed, masked too."""
        return self._masker.mask(text, language)

    def _names(self, address: str, patient_id: str | None) -> list[str]:
        known = [each.name for each in self._patients.at_address(address)]
        return [*known, self._patients.patient(patient_id).name] if patient_id else known


def _query(since: datetime) -> Select[*tuple[Any, ...]]:
    message, talk = MessageRow, ConversationRow
    return (
        select(
            *(message.conversation_id, message.number, message.id, message.at, message.address),
            *(message.text, message.payload, message.meant, message.intent, message.confidence),
            *(message.ranking, message.language, talk.language, talk.patient_id),
        )
        .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
        .where(MessageRow.direction == "in", MessageRow.at >= since)
        .order_by(MessageRow.number.desc())
        .limit(_NEWEST)
    )


def _ranking(message: _Heard) -> tuple[tuple[str, float], ...]:
    read = [(str(name), float(surety)) for name, surety in message.read]
    if not read and message.intent and message.confidence is not None:
        read = [(message.intent, message.confidence)]
    return tuple(one for one in read if one[0] != _FALLBACK_INTENT)


def _order(one: Misread) -> tuple[int, float, datetime]:
    later = 0 if one.reason in _UNSURE else REASONS.index(one.reason)
    return later, one.confidence, one.at


def _reasons(
    heard: Sequence[_Heard], doubts: Mapping[str, Sequence[datetime]]
) -> Iterable[tuple[_Heard, Reason]]:
    for conversation, said in groupby(heard, lambda one: one.conversation_id):
        messages = list(said)
        for place, one in enumerate(messages):
            after = messages[place + 1] if place + 1 < len(messages) else None
            reason = _unsure(one) if _was_read(one) else None
            if reason is None and _was_read(one):
                reason = _put_right(one, after, doubts.get(conversation, ()))
            if reason is not None:
                yield one, reason


def _was_read(message: _Heard) -> bool:
    """Whether it was words of the patient's own that the engine read as a wish."""
    own = not message.payload and not message.meant and bool(message.text.strip())
    return own and message.confidence is not None


def _unsure(message: _Heard) -> Reason | None:
    ranking = _ranking(message)
    best = ranking[0][1] if ranking else 0.0
    if best < FALLBACK:
        return "fallback"
    if len(ranking) > 1 and best - ranking[1][1] < TIE:
        return "tie"
    if message.intent == _FALLBACK_INTENT:
        return "fallback"
    return "low" if best < LOW else None


def _put_right(message: _Heard, after: _Heard | None, doubts: Sequence[datetime]) -> Reason | None:
    if after is not None and after.at - message.at <= _SOON and _objects(after):
        return "corrected"
    if any(message.at <= at <= message.at + _SOON for at in doubts):
        return "handed_off"
    return None


def _objects(message: _Heard) -> bool:
    meant = message.meant or message.payload or ""
    return (
        meant.startswith("/undo")
        or message.intent == "undo"
        or (not meant and (message.intent == "deny" or takes_back(message.text)))
    )
