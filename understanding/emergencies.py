"""Emergencies in patients' words: rules that would rather call once too often.

Every rule is over folded text (no accents, lower case). What surely speaks of something else (a
study, a price, the distant past, a figure of speech, a denial) is taken out before the rules look.
docs/understanding-safety.md says what counts as an emergency.
"""

import re
from collections.abc import Iterable
from typing import Final

from understanding import emergency_asides as asides
from understanding.emergency_rules import RULES
from understanding.words import clean, fold


def _any_of(ways: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(ways))


_KINDS: Final = {kind: _any_of(ways) for kind, ways in RULES.items()}
_HARMLESS_FOR: Final = {kind: _any_of(ways) for kind, ways in asides.BY_KIND.items()}
_PHRASES: Final = tuple(re.compile(way) for way in asides.PHRASES)
_WHOLE: Final = _any_of(asides.WHOLE)
_HAPPENING: Final = _any_of(asides.HAPPENING)
_WELL_NOW: Final = re.compile(asides.WELL_NOW)
_LAUGHTER: Final = re.compile(asides.LAUGHTER)
_DENIED: Final = re.compile(asides.DENIED)
# As they are typed in a hurry: "isnt", "hes", "kiero".
_HURRIED: Final = (
    (re.compile(r"\b(is|does|do|did|was|could|would|has|have|wo|ca)nt\b"), r"\1n t"),
    (re.compile(r"\b(he|she)s\b"), r"\1 s"),
    (re.compile(r"\bim\b"), "i m"),
    (re.compile(r"\bkier"), "quier"),
)


def find_emergency(text: str) -> str | None:
    """The kind of emergency a message speaks of, or None.

    Kinds: self_harm, unconscious, stroke, chest_pain, severe_allergy, breathing, bleeding,
    poisoning, injury, general (an ambulance is asked for, and no more said).
    """
    said = _plain(text)
    if _WHOLE.search(said) and not _HAPPENING.search(_WELL_NOW.sub(" ", said)):
        return None
    for pattern in _PHRASES:
        said = pattern.sub(" ; ", said)
    for kind, pattern in _KINDS.items():
        if not _is_harmless_for(kind, said) and any(
            not _is_denied(said, match) for match in pattern.finditer(said)
        ):
            return kind
    return None


def _plain(text: str) -> str:
    """Folded words with single spaces; the ends of clauses stay as semicolons."""
    marked = re.sub(r"[.,;:!?¿¡\n()]+", " ; ", fold(clean(text)))
    said = re.sub(r"\s+", " ", re.sub(r"[^a-z0-9;]+", " ", marked)).strip(" ;")
    for hurried, meant in _HURRIED:
        said = hurried.sub(meant, said)
    return said


def _is_harmless_for(kind: str, said: str) -> bool:
    if kind in _HARMLESS_FOR and _HARMLESS_FOR[kind].search(said):
        return True
    laughs = kind != "self_harm" and _LAUGHTER.search(said)
    return bool(laughs) and not _HAPPENING.search(said)


def _is_denied(said: str, match: re.Match[str]) -> bool:
    """Whether the words right before say that there is none of it."""
    clause = said[: match.start()].rsplit(";", 1)[-1].rstrip()
    return bool(_DENIED.search(clause))
