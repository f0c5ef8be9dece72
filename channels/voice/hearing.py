"""What a caller's keys or words mean to the call itself, before the conversation hears them."""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto

from channels.voice import lines
from channels.voice.speech import ONE_KEY
from channels.voice.state import CallState
from conversations.gates import STOP_CALLS
from conversations.model import Inbound
from understanding.words import bare

PERSON_KEY = "0"
REPEAT_KEY = "*"
NO_CALLS_KEY = "9"
TO_PERSON = "/talk_to_human"


class Heard(Enum):
    """What became of a webhook's keys and words."""

    SILENCE = auto()
    WRONG_KEY = auto()
    REPEAT = auto()
    LANGUAGE = auto()
    BY_TEXT = auto()
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
    return _words(inbound.text, state), inbound


def _words(text: str, state: CallState) -> Heard:
    said = bare(text)
    if said in map(bare, lines.REPEAT_WORDS[state.l]):
        return Heard.REPEAT
    return Heard.BY_TEXT if lines.BY_TEXT_WORDS[state.l].fullmatch(said) else Heard.ANSWER


def _keys(keys: str, inbound: Inbound, state: CallState) -> tuple[Heard, Inbound]:
    if keys == PERSON_KEY:
        return Heard.ANSWER, replace(inbound, payload=TO_PERSON)
    if state.o and keys == NO_CALLS_KEY:
        return Heard.ANSWER, replace(inbound, payload=STOP_CALLS)
    if state.g:
        for key, language in lines.OTHER_LANGUAGES[state.l]:
            if keys == key:
                payload = f'/change_language{{"language": "{language}"}}'
                return Heard.LANGUAGE, replace(inbound, payload=payload)
    one_of_few = 0 < state.n <= ONE_KEY
    if one_of_few and not (keys.isascii() and keys.isdigit() and 1 <= int(keys) <= state.n):
        return Heard.WRONG_KEY, inbound
    return Heard.ANSWER, inbound
