"""Which response of domain.yml a sent text is."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from clinic.emergency import LINES
from clinic.languages import LANGUAGES, Language
from conversations import fixed_words
from trainer.responses import read_responses

_VALUE: Final = re.compile(r"\{\w+\}")
_FIXED: Final = (
    *("ENGINE_DOWN", "GIVEN_UP", "CALL_TROUBLE", "OPTED_OUT", "OPTED_IN", "NO_MORE_CALLS"),
)


class Said(NamedTuple):
    """A text as it may be sent. fixed: how many characters of it are the response's own."""

    pattern: re.Pattern[str]
    fixed: int


Table = Mapping[str, Mapping[Language, list[Said]]]


@lru_cache(maxsize=4)
def said_by(domain: bytes) -> Table:
    """What each response may say, by name and language; in capitals what is said without the
    engine, by its names in conversations.fixed_words. Raises BadFile."""
    found: dict[str, dict[Language, list[Said]]] = {
        response.name: {
            language: [
                _said(each.text) for each in response.wordings if each.place.language == language
            ]
            for language in LANGUAGES
        }
        for response in read_responses(domain)
    }
    for name in _FIXED:
        words = getattr(fixed_words, name)
        found[name] = {language: [_said(words[language])] for language in LANGUAGES}
    for kind in ("medical", "self_harm"):
        found[f"EMERGENCY_{kind.upper()}"] = {
            language: [_whole(kind, language, country) for country in LINES]
            for language in LANGUAGES
        }
    return found


def names_of(domain: bytes, text: str, language: Language | None = None) -> list[str]:
    """What the text may be, in that language or any: the likeliest names, those that say most of
    it themselves. Raises BadFile."""
    fitting = [
        (said.fixed, name)
        for name, by_language in said_by(domain).items()
        for spoken, several in by_language.items()
        if language in {None, spoken}
        for said in several
        if said.pattern.fullmatch(text)
    ]
    most = max((fixed for fixed, _ in fitting), default=0)
    return list(dict.fromkeys(name for fixed, name in fitting if fixed == most))


def _said(template: str) -> Said:
    """A value may be empty, and then the space before it is not sent either."""
    pieces = [
        r"\s*".join(re.escape(word) for word in re.split(r"\s+", piece))
        for piece in _VALUE.split(template.strip())
    ]
    return Said(re.compile(".*?".join(pieces), re.DOTALL), len(_VALUE.sub("", template)))


def _whole(kind: str, language: Language, country: str) -> Said:
    words = fixed_words.emergency_words(kind, LINES[country], language)
    return Said(re.compile(re.escape(words)), len(words))
