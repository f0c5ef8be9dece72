"""Everything that was said with a patient, as one line of time across the channels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import ClassVar, Literal, Protocol
from zoneinfo import ZoneInfo

from console import shown
from conversations.call_log import TAKEN
from conversations.handoffs import STAFF_BEGAN
from conversations.model import Handoff, Message

Who = Literal["patient", "bot", "staff"]

_OPENINGS = {"/greet": "call_came", TAKEN: "call_taken"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One message to show. at is wall time; confidence in percent; who said it, and their name.

    model: the name of the model that answered it.

    again: by what it was said once more; instead: it is itself said for one that did not arrive.
    opening: how a call began, a key of `texts/`, where that is all that there is to show.
    """

    id: str
    at: datetime
    who: Who
    staff: str
    channel: shown.Badge
    text: str
    choices: tuple[str, ...]
    picked: bool
    attachments: tuple[str, ...]
    intent: str | None
    confidence: int | None
    model: str | None
    delivery: shown.Badge | None
    error_code: str | None
    again: shown.Badge | None
    instead: bool
    opening: str | None
    kind: ClassVar[str] = "message"


@dataclass(frozen=True, slots=True)
class Mark:
    """A turn in who answers: somebody waits for a person, one came, the bot answers again.

    word is a key of `texts/`; reason and staff fill it in.
    """

    at: datetime
    word: str
    reason: str
    staff: str
    kind: ClassVar[str] = "mark"


class Happening(Protocol):
    """What stands in a thread. at is wall time; kind: what the page shows it as."""

    @property
    def at(self) -> datetime:
        """When it was."""

    @property
    def kind(self) -> str:
        """Which part of the template shows it."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the thread, in the wall time of the page."""

    day: date
    entries: tuple[Happening, ...]


def days(
    messages: Sequence[Message],
    handoffs: Sequence[Handoff],
    zone: ZoneInfo,
    also: Sequence[Happening] = (),
) -> list[Day]:
    """Messages, handoffs and what else there was by day of that zone, oldest first."""
    again = {each.instead_of: shown.channel(each.channel) for each in messages if each.instead_of}
    entries: list[Happening] = [
        *also,
        *(_entry(message, zone, again.get(message.id)) for message in messages),
    ]
    entries += [mark for handoff in handoffs for mark in _marks(handoff, zone)]
    entries.sort(key=lambda one: one.at)
    return [
        Day(day, tuple(together)) for day, together in groupby(entries, lambda one: one.at.date())
    ]


def _marks(handoff: Handoff, zone: ZoneInfo) -> Iterator[Mark]:
    staff = handoff.taken_by or ""
    alert = handoff.kind == "alert"
    opened = handoff.opened_at.astimezone(zone)
    if handoff.reason != STAFF_BEGAN:
        yield Mark(opened, "mark_alert" if alert else "mark_waits", handoff.reason, staff)
    if handoff.taken_at:
        yield Mark(handoff.taken_at.astimezone(zone), "mark_taken", handoff.reason, staff)
    if handoff.closed_at:
        yield Mark(handoff.closed_at.astimezone(zone), "mark_closed", handoff.reason, staff)


def _entry(message: Message, zone: ZoneInfo, again: shown.Badge | None) -> Entry:
    outbound = message.direction == "out"
    confidence = None if message.confidence is None else round(100 * message.confidence)
    opening = opening_of(message)
    return Entry(
        id=message.id,
        at=message.at.astimezone(zone),
        who=_who(message),
        staff=_staff(message) if outbound else "",
        channel=shown.channel(message.channel),
        text=shown.harmless(message.text),
        choices=tuple(shown.harmless(choice.title) for choice in message.choices),
        picked=not outbound and message.payload is not None and opening is None,
        attachments=attachments(message),
        intent=message.intent,
        confidence=confidence,
        model=message.model,
        delivery=shown.delivery(message.state) if outbound else None,
        error_code=message.error_code,
        again=again,
        instead=message.instead_of is not None,
        opening=opening,
    )


def _who(message: Message) -> Who:
    if message.direction == "in":
        return "patient"
    return "staff" if _staff(message) else "bot"


def _staff(message: Message) -> str:
    kind, _, name = message.author.partition(":")
    return name if kind == "staff" else ""


def opening_of(message: Message) -> str | None:
    """How a call began, where nothing was said: a key of `texts/`."""
    silent = message.direction == "in" and not message.text
    return _OPENINGS.get(message.payload or "") if silent else None


def attachments(message: Message) -> tuple[str, ...]:
    """The kinds of what was sent along."""
    kinds = [media.content_type.partition("/")[0] for media in message.media]
    return (*kinds, *(("location",) if message.location else ()))
