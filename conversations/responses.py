"""The responses of domain.yml as the engine says them.

The engine chooses the variation that fits language and channel, fills in the values, and puts
choices that lead aside last: so it is done here too, with nothing trained and nothing running.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clinic.languages import Language
from conversations.answers import Answer
from conversations.model import Choice, Utterance

_VALUE: Final = re.compile(r"{([^\n{}]+?)}")


class NoResponses(Exception):
    """The file cannot be read, or has no such response in that language."""


class Responses:
    """What a domain.yml lets the bot say, as it was when it was read. Raises NoResponses."""

    def __init__(self, path: Path) -> None:
        try:
            domain = YAML(typ="safe").load(path)
            self._responses: Mapping[str, Any] = dict(domain["responses"])
        except (OSError, YAMLError, TypeError, KeyError, ValueError):
            raise NoResponses(path.name) from None

    def choices(self, response: str, language: Language) -> list[dict[str, str]]:
        """The choices (title, payload) that the response brings along in that language."""
        for variation in self._responses[response]:
            if _fits(variation, language):
                return list(variation.get("buttons", []))
        return []

    def say(self, answer: Answer, language: Language, channel: str) -> Utterance:
        """The answer in that language, on the channel of that name. Raises NoResponses."""
        fitting = [
            each
            for each in self._responses.get(answer.response, ())
            if _fits(each, language) and each.get("channel") in (channel, None)
        ]
        if not fitting:
            raise NoResponses(f"{answer.response} ({language})")
        variation = max(fitting, key=lambda each: ("channel" in each, "condition" in each))
        own = [
            (bool(each.get("aside")), _choice(each, answer.values))
            for each in variation.get("buttons", ())
        ]
        offered = sorted([*own, *((False, each) for each in answer.choices)], key=itemgetter(0))
        text = _filled(variation.get("text", ""), answer.values)
        return Utterance(text.strip(), tuple(choice for _, choice in offered))


def responses_at(path: Path) -> Responses:
    """What the file says now; read anew only where it has changed. Raises NoResponses."""
    try:
        state = path.stat()
    except OSError:
        raise NoResponses(path.name) from None
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> Responses:
    return Responses(path)


def _fits(variation: Mapping[str, Any], language: Language) -> bool:
    """Whether it is for the language, and for nothing else that only a conversation tells."""
    wanted = [(each["name"], each["value"]) for each in variation.get("condition", ())]
    return all(each == ("language", language) for each in wanted)


def _choice(button: Mapping[str, str], values: Mapping[str, str]) -> Choice:
    parts = {name: _filled(str(button.get(name) or ""), values) for name in _CHOICE}
    return Choice(**parts)


_CHOICE: Final = ("title", "payload", "description")


def _filled(text: str, values: Mapping[str, str]) -> str:
    """As the engine fills in values; where one is missing, the text as it stands.

    Its way of telling that a value was not filled in is kept too: "0[" left in the text.
    """
    try:
        filled = _VALUE.sub(r"{0[\1]}", text).format(values)
        return text.format({}) if "0[" in filled else filled
    except (KeyError, ValueError, IndexError):
        return text
