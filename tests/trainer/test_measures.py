"""What is measured of two models, and what the gate makes of it."""

import json
from pathlib import Path

import pytest

from trainer.models.comparing import Asked, compare
from trainer.models.figures import Reading, Truth, by_intent, difference, figures, macro_f1
from trainer.models.gate import (
    BadFloors,
    check_conversations,
    check_floors,
    check_safety,
    fallen,
    is_open,
    kept,
)
from trainer.models.safety import Heard, Sentence, limits

TRUTHS = [Truth("deny", "es"), Truth("deny", "pt"), Truth("affirm", "es"), Truth("affirm", "pt")]


def test_figures_are_over_all_and_by_language() -> None:
    found = figures(TRUTHS, ["deny", "deny", "deny", "affirm"])
    assert found["all"]["accuracy"] == 0.75
    assert found["es"] == {"accuracy": 0.5, "macro_f1": pytest.approx(1 / 3, abs=1e-3), "count": 2}
    assert found["pt"]["accuracy"] == 1.0
    assert "en" not in found


def test_macro_f1_counts_an_intent_that_was_only_guessed() -> None:
    assert macro_f1([("a", "a"), ("b", "b")]) == 1.0
    assert macro_f1([("a", "a"), ("b", "c")]) == pytest.approx(1 / 3)
    assert macro_f1([]) == 0.0


def test_a_difference_of_few_messages_may_be_chance_and_of_many_is_not() -> None:
    few = difference([(False, True), *[(True, True)] * 9])
    assert (few.better, few.worse, few.before, few.after) == (1, 0, 0.9, 1.0)
    assert few.low < 0 < few.high
    assert not few.sure
    many = difference([(False, True)] * 30 + [(True, False)] * 2 + [(True, True)] * 168)
    assert many.low > 0
    assert many.sure
    assert many.low < many.after - many.before < many.high


def test_only_intents_that_are_read_otherwise_have_their_difference() -> None:
    found = by_intent(TRUTHS, ["deny", "deny", "deny", "deny"], ["deny", "deny", "affirm", "deny"])
    assert list(found) == ["affirm"]
    assert (found["affirm"].count, found["affirm"].better) == (2, 1)


def _read(intent: str, asks: bool = False) -> Reading:
    return Reading(intent, 0.5, asks)


def test_messages_read_otherwise_are_told_with_what_is_known_of_their_meaning() -> None:
    asked = [
        Asked("held_out", "uno", "es", "deny"),
        Asked("held_out", "dos", "pt", "deny"),
        Asked("labelled", "tres", "es", "affirm"),
        Asked("recent", "cuatro", "en", None),
        Asked("recent", "cinco", "en", None),
    ]
    before = [_read("deny"), _read("greet"), _read("deny", True), _read("greet"), _read("greet")]
    after = [_read("greet"), _read("goodbye"), _read("affirm"), _read("deny"), _read("greet")]
    made = compare(asked, before, after)
    assert [(each["text"], each["verdict"]) for each in made["messages"]] == [
        ("uno", "worse"),
        ("dos", "other"),
        ("cuatro", "other"),
        ("tres", "better"),
    ]
    assert made["held_out"]["all"]["worse"] == 1
    assert set(made["held_out"]) == {"all", "es", "pt"}
    assert made["sets"]["labelled"] == {
        "count": 1,
        "changed": 1,
        "better": 1,
        "worse": 0,
        "asked_back_before": 1,
        "asked_back_after": 0,
    }
    json.dumps(made)  # it is kept as JSON


def _floors(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_figure_under_its_floor_closes_the_gate(tmp_path: Path) -> None:
    path = _floors(tmp_path / "f.json", {"held_apart": {"all": {"accuracy": 0.9}}})
    for figure, holds in ((0.881, True), (0.879, False)):
        measured = {"held_apart": {"all": {"accuracy": figure}}}
        checks = list(check_floors(path, measured))
        assert [each.holds for each in checks] == [holds]
        assert is_open({"gate": kept(checks)}) is holds
        assert len(fallen({"gate": kept(checks)})) == (0 if holds else 1)


def test_what_was_not_measured_does_not_hold(tmp_path: Path) -> None:
    path = _floors(tmp_path / "f.json", {"cross_validated": {"pt": {"macro_f1": 0.5}}})
    (check,) = check_floors(path, {})
    assert (check.holds, check.figure) == (False, None)
    assert not is_open(None)
    assert not is_open({})


@pytest.mark.parametrize("content", [[], {"held_apart": 1}, {"held_apart": {"all": {"x": "y"}}}])
def test_floors_that_cannot_be_read_are_told(tmp_path: Path, content: object) -> None:
    with pytest.raises(BadFloors):
        list(check_floors(_floors(tmp_path / "f.json", content), {}))
    with pytest.raises(BadFloors):
        list(check_floors(tmp_path / "none.json", {}))


def test_conversations_must_all_pass_and_there_must_be_some() -> None:
    assert check_conversations(3, 0).holds
    assert not check_conversations(3, 1).holds
    assert not check_conversations(0, 0).holds


def test_an_emergency_that_a_model_no_longer_hears_closes_the_gate(tmp_path: Path) -> None:
    floors = _floors(tmp_path / "s.json", {"emergency": {"together": {"recall": 0.9}}})
    said = [
        Sentence(f"se siente raro {number}", "emergency", True, language)
        for number in range(40)
        for language in ("es", "pt", "en")
    ]
    for intent, holds in (("emergency", True), ("greet", False)):
        found = list(check_safety(limits([Heard(each, intent) for each in said], floors)))
        assert {each.holds for each in found} == {holds}
        assert {each.which for each in found} == {
            f"emergency {code} together recall" for code in ("es", "pt", "en")
        }
