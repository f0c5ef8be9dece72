"""Which conversation tests a training plays, and how it is told of them."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from tests.conversations import run_stories
from tests.conversations.stage import Stage
from tests.conversations.story import Story

ROOT = Path(__file__).resolve().parents[2]
TWO = """
- story: one
  channels: [sms, voice]
  turns: [{patient: "hola"}]
- story: two
  languages: [pt]
  turns: [{patient: "oi"}]
- story: of a grown-up instance
  postgres: true
  turns: [{patient: "hola"}]
"""


def test_each_story_is_played_once_languages_and_channels_in_turn(tmp_path: Path) -> None:
    (tmp_path / "test_a.yml").write_text(TWO, encoding="utf-8")
    (tmp_path / "notes.yml").write_text("not a story", encoding="utf-8")
    found = [(each.name, each.language, each.channel) for each in run_stories.chosen(tmp_path)]
    assert found == [("one", "es", "sms"), ("two", "pt", "sms")]
    ours = list(run_stories.chosen(ROOT / "tests" / "conversations"))
    assert len(ours) > 200
    assert {each.language for each in ours} == {"es", "pt", "en"}
    assert {each.channel for each in ours} >= {"sms", "whatsapp", "voice"}


def test_a_story_that_fails_is_told_and_the_next_is_played(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def play(_stage: object, story: Story) -> None:
        assert story.name != "bad", "it said something else"

    monkeypatch.setattr(run_stories, "play", play)
    stories = [Story(name, "es", "sms", {}) for name in ("bad", "good")]
    assert run_stories.run(cast("Stage", None), stories) == 1
    told: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (told[0]["done"], told[0]["failed"]) == (1, "bad (es, sms)")
    assert "it said something else" in told[0]["why"]
    assert told[1] == {"done": 2, "of": 2, "passed": True}
