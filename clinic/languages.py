"""The languages in which the clinic talks with its patients."""

from typing import Final, Literal, get_args

Language = Literal["es", "pt", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
