"""A story of a test_*.yml, as it is written there; `play` plays it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from clinic.languages import LANGUAGES, Language

STORY_KEYS = frozenset(
    {"story", "languages", "channels", "visits", "turns", "then", "family", "address", "postgres"}
)
TURN_KEYS = frozenset(
    {
        *("patient", "tap", "send", "do"),
        *("bot", "says", "says_not", "in", "channel", "offers", "offers_on", "state"),
    }
)
THEN_KEYS = frozenset(
    {
        *("visits", "upcoming", "freed", "moved", "history", "reason", "handoffs", "no_handoffs"),
        *("language", "opted_out", "waiting", "quotes", "registered", "flow", "effects", "service"),
        *("links", "wishes", "opted_out_of_calls"),
        *("news", "news_words"),
        *("feedback", "alerts", "recall"),
    }
)


class BadStory(ValueError):
    """A story is not written as it should be; the text says where."""


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
    for written in yaml.safe_load(path.read_text(encoding="utf-8")):
        _check(written, STORY_KEYS, path.name)
        _check(written.get("then") or {}, THEN_KEYS, written["story"])
        for turn in written["turns"]:
            _check(turn, TURN_KEYS, written["story"])
        yield written


def variations(written: Mapping[str, Any]) -> list[tuple[Language, str]]:
    """Each language with each channel that the story asks for; SMS where it asks for none."""
    languages = cast("list[Language]", written.get("languages", LANGUAGES))
    return [
        (language, channel)
        for language in languages
        for channel in written.get("channels", ["sms"])
    ]


def _check(written: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    if unknown := set(written) - keys:
        raise BadStory(f"{where}: {', '.join(sorted(unknown))}")
