"""Patients and the addresses that lead to them."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from clinic.languages import Language


@dataclass(frozen=True, slots=True)
class Patient:
    """A person whom the clinic sees."""

    id: str
    name: str
    birth_date: date
    language: Language

    @property
    def first_name(self) -> str:
        """How the clinic addresses the patient."""
        return self.name.split()[0]


class PatientUnknown(Exception):
    """No patient has this id."""


# Words that stand in some spellings of a name and not in others.
_PARTICLES = frozenset(["da", "das", "de", "del", "do", "dos", "e", "i", "la", "las", "los", "y"])
_HONORIFICS = frozenset(
    [
        "don",
        "dona",
        "dr",
        "dra",
        "miss",
        "mr",
        "mrs",
        "ms",
        "senhor",
        "senhora",
        "senor",
        "senora",
        "sr",
        "sra",
        "srta",
    ]
)


def name_words(name: str) -> tuple[str, ...]:
    """The words that tell people apart: without accents, case, particles or forms of address."""
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", name)
        if not unicodedata.combining(character)
    )
    words = re.findall(r"[^\W\d_]+", bare.casefold())
    return tuple(word for word in words if word not in _PARTICLES | _HONORIFICS)


_ALIKE = 0.8
"""Above this two names differ no more than by typing."""


def looks_like(name: str, other: str) -> bool:
    """Whether both may be one person's name, with words left out, turned round or mistyped."""
    mine, theirs = sorted(name_words(name)), sorted(name_words(other))
    if bears_name(name, other) or bears_name(other, name):
        return True
    return SequenceMatcher(None, " ".join(mine), " ".join(theirs)).ratio() >= _ALIKE


def bears_name(full_name: str, said: str) -> bool:
    """Whether somebody called `full_name` may be meant by `said`.

    Every word said is in the name, in any order, and there are at least two of them, or as many as
    the name has: a first name alone identifies nobody.
    """
    have, given = Counter(name_words(full_name)), Counter(name_words(said))
    return bool(given) and given <= have and given.total() >= min(2, have.total())
