"""Which response of domain.yml a sent text is."""

from functools import cache
from pathlib import Path

from clinic.languages import LANGUAGES, Language
from trainer import response_names

DOMAIN = Path(__file__).resolve().parents[2] / "domain.yml"


def is_said(name: str, text: str, language: Language) -> bool:
    """Whether the text is that response in that language; "a|b" is either of two.

    Names in capitals are those of conversations.fixed_words. Raises KeyError for an unknown name.
    """
    table = response_names.said_by(_domain())
    return any(
        said.pattern.fullmatch(text)
        for each in name.split("|")
        for said in table[each.strip()][language]
    )


def names_of(text: str) -> list[str]:
    """What the text may be, with its language: for whoever reads a failure."""
    return [
        f"{name} ({language})"
        for language in LANGUAGES
        for name in response_names.names_of(_domain(), text, language)
    ]


@cache
def _domain() -> bytes:
    return DOMAIN.read_bytes()
