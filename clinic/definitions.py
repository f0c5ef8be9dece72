"""What a service is as the clinic writes it down, and what is wrong with that."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from clinic.languages import LANGUAGES, Language

KINDS: Final = ("consult", "study")
LEAST_MINUTES: Final = 5
MOST_MINUTES: Final = 24 * 60
MOST_FASTING: Final = 24
"""Hours."""
LONGEST_NAME: Final = 100
LONGEST_SYNONYM: Final = 80
MOST_SYNONYMS: Final = 40
"""In one language."""
LONGEST_PREPARATION: Final = 1200
"""Characters in one language: what goes out in one message, with room for the rest of it."""
BAR: Final = "|"
"""What stands between several words of one cell of a file, and so in none of them."""

_CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CODE: Final = 60
_HIDDEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class ServiceDefinition:
    """What a service is. preparation: by language, one rule a line; hours are minima."""

    code: str
    kind: str
    minutes: int
    names: Mapping[Language, str]
    synonyms: Mapping[Language, list[str]]
    fasting_hours: int
    preparation: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that cannot be kept. field: as a file's column is named. code: why, with values."""

    field: str
    code: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def is_code(text: str) -> bool:
    """Whether the clinic may name something so."""
    return len(text) <= LONGEST_CODE and _CODE.fullmatch(text) is not None


def hides_something(text: str) -> bool:
    """Whether the text has characters that hide or reorder those around them."""
    return _HIDDEN.search(text) is not None


def check_definition(definition: ServiceDefinition) -> list[Wrong]:
    """Everything that is wrong with it; nothing where it can be kept."""
    wrong: list[Wrong] = []
    if not is_code(definition.code):
        wrong.append(Wrong("service", "bad_code"))
    if definition.kind not in KINDS:
        wrong.append(Wrong("kind", "one_of", {"allowed": ", ".join(KINDS)}))
    wrong += _between("minutes", definition.minutes, LEAST_MINUTES, MOST_MINUTES)
    wrong += _between("fasting_hours", definition.fasting_hours, 0, MOST_FASTING)
    if not definition.names.get("es"):
        wrong.append(Wrong("name_es", "empty"))
    for language in LANGUAGES:
        wrong += _check_line(f"name_{language}", definition.names.get(language, ""), LONGEST_NAME)
        wrong += _check_synonyms(language, definition.synonyms.get(language, []))
        wrong += _check_text(f"preparation_{language}", definition.preparation.get(language, ""))
    return [*wrong, *_check_preparation(definition)]


def _between(name: str, value: int, least: int, most: int) -> list[Wrong]:
    if least <= value <= most:
        return []
    return [Wrong(name, "whole", {"least": least, "most": most})]


def _check_line(name: str, text: str, longest: int) -> list[Wrong]:
    if len(text) > longest:
        return [Wrong(name, "too_long", {"most": longest})]
    if hides_something(text) or "\n" in text or "\t" in text:
        return [Wrong(name, "hidden")]
    return []


def _check_synonyms(language: Language, words: list[str]) -> list[Wrong]:
    name = f"synonyms_{language}"
    if len(words) > MOST_SYNONYMS:
        return [Wrong(name, "too_many", {"most": MOST_SYNONYMS})]
    wrong = [each for word in words for each in _check_line(name, word, LONGEST_SYNONYM)]
    if any(BAR in word for word in words):
        wrong.append(Wrong(name, "bar"))
    return wrong[:1]


def _check_text(name: str, text: str) -> list[Wrong]:
    if len(text) > LONGEST_PREPARATION:
        return [Wrong(name, "too_long", {"most": LONGEST_PREPARATION})]
    if hides_something(text):
        return [Wrong(name, "hidden")]
    return [Wrong(name, "bar")] if BAR in text else []


def _check_preparation(definition: ServiceDefinition) -> list[Wrong]:
    """A patient told less fasting than the clinic counts with comes in vain."""
    wrong: list[Wrong] = []
    texts, hours = definition.preparation, definition.fasting_hours
    if texts and "es" not in texts:
        wrong.append(Wrong("preparation_es", "preparation_needs_es"))
    if not hours:
        return wrong
    if not texts:
        wrong.append(Wrong("preparation_es", "fasting_untold"))
    return wrong + [
        Wrong(f"preparation_{language}", "fasting_not_first", {"hours": hours})
        for language, text in texts.items()
        if str(hours) not in re.findall(r"\d+", text.splitlines()[0])
    ]
