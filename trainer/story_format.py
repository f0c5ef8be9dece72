"""How a conversation test is written: tests/conversations/test_*.yml, and what its runner reads."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

STORY_KEYS: Final = frozenset(
    {"story", "languages", "channels", "visits", "turns", "then", "family", "address", "postgres"}
)
TURN_KEYS: Final = frozenset(
    {
        *("patient", "tap", "send", "do", "intent"),
        *("bot", "says", "says_not", "in", "channel", "offers", "offers_on", "state"),
    }
)
THEN_KEYS: Final = frozenset(
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


def check_story(written: Any, where: str) -> None:
    """Raises BadStory for what is no story, or for a key that nobody reads."""
    if not isinstance(written, Mapping) or not written.get("story"):
        raise BadStory(f"{where}: a story has a name under `story`")
    name = str(written["story"])
    _check(written, STORY_KEYS, name)
    _check(written.get("then") or {}, THEN_KEYS, name)
    turns = written.get("turns")
    if not isinstance(turns, Sequence) or isinstance(turns, str) or not turns:
        raise BadStory(f"{name}: a story has turns")
    for turn in turns:
        _check(turn, TURN_KEYS, name)


def read_story_file(text: str, known: Collection[str]) -> Sequence[Mapping[str, Any]]:
    """The stories of a file's text. known: what the bot may say. Raises BadStory."""
    try:
        stories = YAML(typ="safe").load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadStory(f"line {mark.line + 1 if mark else '?'} cannot be read") from None
    if not isinstance(stories, list) or not stories:
        raise BadStory("a file is a list of stories")
    for each in stories:
        check_story(each, "the file")
        for said in _said(each):
            if said not in known:
                raise BadStory(f"{each['story']}: there is no response {said}")
    return stories


def _said(story: Mapping[str, Any]) -> list[str]:
    return [
        name.strip()
        for turn in story["turns"]
        for said in turn.get("bot") or []
        for name in str(said).split("|")
    ]


def _check(written: Any, keys: frozenset[str], where: str) -> None:
    if not isinstance(written, Mapping):
        raise BadStory(f"{where}: {str(written)[:40]!r} is no mapping")
    if unknown := set(map(str, written)) - keys:
        raise BadStory(f"{where}: nobody reads {', '.join(sorted(unknown))}")
