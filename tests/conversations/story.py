"""A story of a test_*.yml, as it is written there; `play` plays it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML

from clinic.languages import LANGUAGES, Language
from trainer.story_format import check_story


@dataclass(frozen=True)
class Story:
    """One story in one language, beginning on one channel."""

    name: str
    language: Language
    channel: str
    written: Mapping[str, Any]

    @property
    def turns(self) -> list[Mapping[str, Any]]:
        return list(self.written["turns"])

    @property
    def then(self) -> Mapping[str, Any]:
        return self.written.get("then") or {}

    def in_language(self, text: Any) -> Any:
        """What a mapping by language has for this one; anything else is for all."""
        if isinstance(text, dict) and set(text) <= set(LANGUAGES):
            return text[self.language]
        return text


def read_stories(path: Path) -> Iterator[Mapping[str, Any]]:
    """The stories of a file. Raises BadStory for a key that nobody reads."""
    for written in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
        check_story(written, path.name)
        yield written


def variations(written: Mapping[str, Any]) -> list[tuple[Language, str]]:
    """Each language with each channel that the story asks for; SMS where it asks for none."""
    languages = cast("list[Language]", written.get("languages", LANGUAGES))
    return [
        (language, channel)
        for language in languages
        for channel in written.get("channels", ["sms"])
    ]
