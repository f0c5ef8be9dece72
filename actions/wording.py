"""Words of domain.yml that an action must choose among itself; all else the engine fills in."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from clinic.languages import Language

DOMAIN = Path(__file__).resolve().parents[1] / "domain.yml"


def choices_of(response: str, language: Language) -> list[dict[str, str]]:
    """The choices (title, payload) that domain.yml gives a response in that language."""
    for variant in _responses()[response]:
        wanted = {each["name"]: each["value"] for each in variant.get("condition", [])}
        if wanted.get("language") == language:
            return list(variant.get("buttons", []))
    return []


@lru_cache(maxsize=1)
def _responses() -> dict[str, Any]:
    """Read once: new words come with a new start."""
    domain = YAML(typ="safe").load(DOMAIN)
    return dict(domain["responses"])
