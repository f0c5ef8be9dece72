"""What a message means before the engine reads it: a payload of ours, or plain text.

A payload is believed only if we offered it; everything else that a channel brings is the patient's
own and can be anything.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from clinic.languages import Language
from conversations.model import Choice, Location, Media
from understanding.choices import pick_choice
from understanding.news import read_news
from understanding.scores import read_score
from understanding.taking_back import takes_back
from understanding.waitlists import leaves_waitlist

MAX_CHARACTERS = 1000
_FEEDBACK = "/give_feedback"
_MENU = frozenset({"0", "menu", "menú"})
_KEYCAP = re.compile("[\ufe0e\ufe0f\u20e3\u200b\u200d]")
_SYMBOLS = frozenset({"So", "Sk", "Cs", "Co", "Mn", "Cf", "Me"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What goes to the engine: exactly one of a text and a payload."""

    text: str | None = None
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What arrived. `believed`: the payload that came along, if we ever offered it here."""

    text: str
    believed: str | None
    media: tuple[Media, ...]
    location: Location | None
    in_call: bool


def read_meaning(said: Said, offered: Sequence[Choice], language: Language) -> Meaning:
    """The meaning of a message; `offered` are the choices that the patient has before them."""
    text = _KEYCAP.sub("", said.text).strip()
    ours = said.believed or _score(text, offered)
    if ours is not None:
        return Meaning(payload=ours)
    if said.location is not None:
        place = f"{said.location.latitude:.6f},{said.location.longitude:.6f}"
        return Meaning(payload=payload_of("share_location", location=place))
    kind = _unreadable(text, said)
    if kind is not None:
        return Meaning(payload=payload_of("cannot_read", kind=kind))
    if text.lower() in _MENU:
        leave = said.in_call and text == "0"
        return Meaning(payload="/talk_to_human" if leave else "/menu")
    picked = pick_choice(text, [choice.title for choice in offered], language) if offered else None
    if picked is not None:
        return Meaning(payload=offered[picked].payload)
    return Meaning(payload="/undo") if takes_back(text) else _read_words(said.text.strip())


def _score(text: str, offered: Sequence[Choice]) -> str | None:
    """The offered score, from 1 on, that is meant by "5", "un 4", "excelente"."""
    scores = [choice.payload for choice in offered if choice.payload.startswith(_FEEDBACK)]
    score = read_score(text) if scores else None
    return scores[score.value - 1] if score else None


def _read_words(text: str) -> Meaning:
    """What must not be guessed: wanting to wait no longer sounds like cancelling a visit."""
    if leaves_waitlist(text):
        return Meaning(payload="/leave_waitlist")
    if news := read_news(text):
        return Meaning(payload=f"/{news}_news")
    return Meaning(text=text)


def payload_of(intent: str, **entities: str | None) -> str:
    """A payload of ours, ``/intent{"entity": "value"}``; without those that are None."""
    carried = {name: value for name, value in entities.items() if value is not None}
    return f"/{intent}{json.dumps(carried, ensure_ascii=False) if carried else ''}"


def carried_by(payload: str) -> dict[str, object]:
    """What a payload of ours carries beside its intent."""
    _, brace, values = payload.partition("{")
    carried: dict[str, object] = json.loads(brace + values) if brace else {}
    return carried


def _unreadable(text: str, said: Said) -> str | None:
    """The kind of what the bot cannot read. A picture with words is read by its words."""
    if not text:
        return _media_kind(said)
    if len(text) > MAX_CHARACTERS:
        return "long"
    if not any(character.isalnum() for character in text):
        if said.media:
            return _media_kind(said)
        if any(unicodedata.category(character) in _SYMBOLS for character in text):
            return "emoji"
    return None


def _media_kind(said: Said) -> str:
    if said.media:
        kind = said.media[0].content_type.partition("/")[0].lower()
        return kind if kind in {"image", "audio", "video"} else "document"
    return "emoji" if said.text.strip() else "empty"
