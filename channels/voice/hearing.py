"""What a caller's keys or words mean to the call itself, before the conversation hears them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto

from channels.voice import lines
from channels.voice.speech import ONE_KEY
from channels.voice.state import CallState
from conversations.model import Inbound

PERSON_KEY = "0"
REPEAT_KEY = "*"


class Heard(Enum):
    """What became of a webhook's keys and words."""

    SILENCE = auto()
    WRONG_KEY = auto()
    REPEAT = auto()
    LANGUAGE = auto()
    ANSWER = auto()


def hear(form: Mapping[str, str], inbound: Inbound, state: CallState) -> tuple[Heard, Inbound]:
    """What was heard, and the inbound as the conversation is to get it. Keys win over words."""
    pressed = form.get("Digits", "").strip()
    keys = pressed.strip("#")
    if keys.startswith(REPEAT_KEY):
        return Heard.REPEAT, inbound
    if not keys and pressed:
        return Heard.SILENCE, inbound
    if keys:
        return _keys(keys, replace(inbound, text=keys), state)
    if not any(character.isalnum() for character in inbound.text):
        return Heard.SILENCE, inbound
    if _bare(inbound.text) in map(_bare, lines.REPEAT_WORDS[state.l]):
        return Heard.REPEAT, inbound
    return Heard.ANSWER, inbound


def _keys(keys: str, inbound: Inbound, state: CallState) -> tuple[Heard, Inbound]:
    if keys == PERSON_KEY:
        return Heard.ANSWER, replace(inbound, payload="/talk_to_human")
    if state.g:
        for key, language in lines.OTHER_LANGUAGES[state.l]:
            if keys == key:
                payload = f'/change_language{{"language": "{language}"}}'
                return Heard.LANGUAGE, replace(inbound, payload=payload)
    one_of_few = 0 < state.n <= ONE_KEY
    if one_of_few and not (keys.isascii() and keys.isdigit() and 1 <= int(keys) <= state.n):
        return Heard.WRONG_KEY, inbound
    return Heard.ANSWER, inbound


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (character if character.isalnum() else " " for character in plain)
    return " ".join("".join(kept).split())
