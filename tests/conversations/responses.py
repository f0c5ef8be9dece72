"""Which response of domain.yml a sent text is."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from clinic.emergency import LINES
from clinic.languages import LANGUAGES, Language
from conversations import fixed_words

ROOT = Path(__file__).resolve().parents[2]
_VALUE = re.compile(r"\{\w+\}")


def is_said(name: str, text: str, language: Language) -> bool:
    """Whether the text is that response in that language; "a|b" is either of two.

    Names in capitals are those of conversations.fixed_words. Raises KeyError for an unknown name.
    """
    return any(
        pattern.fullmatch(text)
        for each in name.split("|")
        for pattern in _patterns()[each.strip()][language]
    )


def names_of(text: str) -> list[str]:
    """What the text may be, with its language: for whoever reads a failure."""
    return [
        f"{name} ({language})"
        for name, by_language in _patterns().items()
        for language, patterns in by_language.items()
        if any(pattern.fullmatch(text) for pattern in patterns)
    ]


@cache
def _patterns() -> dict[str, dict[Language, list[re.Pattern[str]]]]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    found = {
        name: {
            language: [_pattern(each["text"]) for each in variations if _is_in(each, language)]
            for language in LANGUAGES
        }
        for name, variations in domain["responses"].items()
    }
    fixed = ("ENGINE_DOWN", "GIVEN_UP", "CALL_TROUBLE", "OPTED_OUT", "OPTED_IN", "NO_MORE_CALLS")
    for name in fixed:
        words = getattr(fixed_words, name)
        found[name] = {language: [_pattern(words[language])] for language in LANGUAGES}
    for kind in ("medical", "self_harm"):
        found[f"EMERGENCY_{kind.upper()}"] = {
            language: [
                re.compile(re.escape(fixed_words.emergency_words(kind, lines, language)))
                for lines in LINES.values()
            ]
            for language in LANGUAGES
        }
    return found


def _is_in(variation: dict[str, Any], language: Language) -> bool:
    conditions = variation.get("condition", [])
    return all(each["value"] == language for each in conditions if each["name"] == "language")


def _pattern(template: str) -> re.Pattern[str]:
    """A value may be empty, and then the space before it is not sent either."""
    pieces = [
        r"\s*".join(re.escape(word) for word in re.split(r"\s+", piece))
        for piece in _VALUE.split(template.strip())
    ]
    return re.compile(".*?".join(pieces), re.DOTALL)
