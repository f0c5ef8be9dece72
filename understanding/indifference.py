"""Leaving it to the other: "me da igual", "tanto faz", "whatever"."""

import re
from typing import Final

from understanding.words import words

_INDIFFERENT: Final = re.compile(
    r"\b(?:cualquiera|(?:el|la|lo) que sea|cuando sea|da igual|da lo mismo|no importa|indiferente"
    r"|sin preferencia|qualquer um(?:a)?|qualquer|quando for|tanto faz|nao importa|sem preferencia"
    r"|no preference|whenever|whatever|anything|any|doesn t matter|don t (?:mind|care)|skip"
    r"|saltar|omitir|pular)\b"
)
_FEW: Final = 4


def is_indifferent(text: str) -> bool:
    """Whether a short answer leaves the choice to whoever asked, in any of the three languages."""
    said = words(text)
    return len(said) <= _FEW and _INDIFFERENT.search(" ".join(said)) is not None
