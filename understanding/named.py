"""Languages and plans that a message names."""

import re
import unicodedata
from collections.abc import Sequence

from clinic.catalogue import Plan
from clinic.languages import Language

_LANGUAGES: dict[Language, tuple[str, ...]] = {
    "es": ("espanol", "castellano", "spanish", "espanhol", "en espanol"),
    "pt": ("portugues", "portuguese", "brasileiro", "brasilero"),
    "en": ("ingles", "english", "in english"),
}


def language_named(text: str) -> Language | None:
    """The language that the patient asks for; None where none, or more than one, is named."""
    words = _fold(text)
    named = [code for code, names in _LANGUAGES.items() if any(name in words for name in names)]
    return named[0] if len(named) == 1 else None


def plan_named(text: str, plans: Sequence[Plan]) -> str | None:
    """The code of the plan whose name or alias stands in the message; None for none."""
    words = _fold(text)
    for plan in plans:
        for name in (*plan.names.values(), *plan.aliases):
            if re.search(rf"\b{re.escape(_fold(name))}\b", words):
                return plan.code
    return None


def _fold(text: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
