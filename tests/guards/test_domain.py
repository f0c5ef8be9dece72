"""What the dialogue names exists, in code and in three languages. Plain YAML: no engine needed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.server import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RESPONSES: dict[str, list[dict[str, Any]]] = DOMAIN["responses"]
LANGUAGES = {"es", "pt", "en"}
_UTTER = re.compile(r"\butter_\w+\b(?![{(])")  # neither a part of a name nor the SDK's own method


def texts() -> Iterator[tuple[str, str]]:
    for path in [*(ROOT / "actions").rglob("*.py"), *(ROOT / "data").glob("*.yml")]:
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_every_action_of_the_domain_has_its_class_and_the_other_way_round() -> None:
    names = [action.name(action.__new__(action)) for action in ACTIONS]
    assert sorted(names) == sorted(DOMAIN["actions"])


def test_every_action_that_the_dialogue_names_is_in_the_domain() -> None:
    known = {*DOMAIN["actions"], *DOMAIN["forms"], *RESPONSES}
    own = {"action_listen", "action_restart", "action_session_start", "action_deactivate_loop"}
    named = set()
    for path in (ROOT / "data").glob("*.yml"):
        named |= set(re.findall(r"\baction:\s*([\w]+)", path.read_text(encoding="utf-8")))
    assert named - known - own == set()


def test_every_response_that_is_used_exists() -> None:
    missing = {
        f"{where}: {name}"
        for where, text in texts()
        for name in _UTTER.findall(text)
        if name not in RESPONSES and not name.endswith("_")
    }
    assert missing == set()


@pytest.mark.parametrize("name", RESPONSES)
def test_every_response_is_there_in_three_languages(name: str) -> None:
    by_channel: dict[str | None, set[str]] = {}
    for variation in RESPONSES[name]:
        spoken_in = {
            each["value"] for each in variation.get("condition", []) if each["name"] == "language"
        }
        assert spoken_in <= LANGUAGES
        assert variation.get("text", "").strip() or variation.get("custom")
        by_channel.setdefault(variation.get("channel"), set()).update(spoken_in or LANGUAGES)
    assert by_channel.get(None) == LANGUAGES
    for languages in by_channel.values():
        assert languages == LANGUAGES


def test_every_language_fills_in_the_same_values() -> None:
    differing = {}
    for name, variations in RESPONSES.items():
        fields: dict[tuple[Any, ...], dict[str, set[str]]] = {}
        for each in variations:
            others = tuple(
                (c["name"], str(c["value"]))
                for c in each.get("condition", [])
                if c["name"] != "language"
            )
            language = next(
                (c["value"] for c in each.get("condition", []) if c["name"] == "language"), ""
            )
            found = set(re.findall(r"\{(\w+)\}", each.get("text", "")))
            fields.setdefault((each.get("channel"), *others), {}).setdefault(
                language, set()
            ).update(found)
        for key, by_language in fields.items():
            if len({frozenset(each) for each in by_language.values()}) > 1:
                differing[name, key] = by_language
    assert differing == {}


def test_every_intent_has_examples_or_comes_from_buttons() -> None:
    nlu = yaml.safe_load((ROOT / "data" / "nlu.yml").read_text(encoding="utf-8"))
    trained = {each["intent"] for each in nlu["nlu"] if "intent" in each}
    buttons = {"choose", "more_options", "share_location", "cannot_read", "undo"}
    buttons |= {"accept_offer", "decline_offer", "leave_waitlist", "join_news", "leave_news"}
    buttons |= {"give_feedback", "go_on", "leave_it", "not_needed", "recall_later"}
    buttons |= {"no_more_recalls"}
    intents = {next(iter(each)) if isinstance(each, dict) else each for each in DOMAIN["intents"]}
    assert trained - intents == set()
    assert intents - trained <= buttons
