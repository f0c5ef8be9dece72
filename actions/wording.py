"""Words of domain.yml that an action must choose among itself; all else the engine fills in."""

from functools import lru_cache
from pathlib import Path

from clinic.languages import Language
from conversations.responses import Responses

DOMAIN = Path(__file__).resolve().parents[1] / "domain.yml"


def choices_of(response: str, language: Language) -> list[dict[str, str]]:
    """The choices (title, payload) that domain.yml gives a response in that language."""
    return _responses().choices(response, language)


@lru_cache(maxsize=1)
def _responses() -> Responses:
    """Read once: new words come with a new start."""
    return Responses(DOMAIN)
