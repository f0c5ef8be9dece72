"""Words as patients type them: accents, case and spelling aside, positions kept."""

import re
import unicodedata
from functools import lru_cache

MAX_CHARACTERS = 1000
"""Longer messages are read up to here: no wish of a patient needs more."""

_SPELLED_APART = {"ß": "s", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "’": "'", "‘": "'"}
_WORD = re.compile(r"[a-z]+|\d+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def clean(text: str) -> str:
    """The text in composed form (NFC), without NULs, lone surrogates and invisible marks."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    composed = unicodedata.normalize("NFC", whole).replace("\x00", " ")
    return _INVISIBLE.sub("", composed)[:MAX_CHARACTERS]


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One character without accent and case: always exactly one, so that positions hold."""
    if character.isspace():
        return " "
    lowered = character.lower()
    if lowered[0] in _SPELLED_APART:
        return _SPELLED_APART[lowered[0]]
    base = unicodedata.normalize("NFKD", lowered)
    return base[0] if base and len(base[0]) == 1 else lowered[0]


def fold(text: str) -> str:
    """The text in lower case and without accents, as many characters as before."""
    return "".join(map(_fold_character, text))


def word_list(text: str) -> tuple[str, ...]:
    """The words of a table, as they stand."""
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    """The words of a table, each once."""
    return frozenset(text.split())


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order."""
    return _WORD.findall(fold(clean(text)))


def bare(text: str) -> str:
    """The folded words of a text with single spaces: for comparing whole messages."""
    return " ".join(words(text))
