"""Emergencies are heard, and nothing else is taken for one."""

import pytest

from tests.understanding.emergencies_said import EMERGENCIES, NONE
from tests.understanding.more_emergencies_said import MORE_EMERGENCIES, MORE_NONE
from understanding.emergencies import find_emergency
from understanding.words import fold

CALLS = [line.partition(": ")[::2] for line in EMERGENCIES.strip().splitlines()]


@pytest.mark.parametrize(("kind", "text"), CALLS)
def test_an_emergency_is_heard(kind: str, text: str) -> None:
    assert find_emergency(text) == kind


@pytest.mark.parametrize("text", NONE.strip().splitlines())
def test_what_is_no_emergency_raises_no_alarm(text: str) -> None:
    assert find_emergency(text) is None


@pytest.mark.parametrize(("kind", "text"), CALLS)
def test_shouting_without_accents_is_heard_as_well(kind: str, text: str) -> None:
    assert find_emergency(fold(text).upper() + "!!!") == kind


@pytest.mark.parametrize(("kind", "text"), CALLS)
def test_an_emergency_is_heard_after_other_words(kind: str, text: str) -> None:
    assert find_emergency(f"Hola, buenas tardes. {text}. Tengo cita el jueves") == kind


def test_an_earlier_heart_attack_does_not_hide_a_present_one() -> None:
    assert find_emergency("tuve un infarto hace dos años y ahora me duele el pecho otra vez")


def test_nearly_every_call_for_help_is_heard_in_words_of_any_kind() -> None:
    said = MORE_EMERGENCIES.strip().splitlines()
    missed = [text for text in said if find_emergency(text) is None]
    assert len(missed) <= 0.02 * len(said), missed


def test_hardly_any_everyday_message_raises_an_alarm() -> None:
    said = MORE_NONE.strip().splitlines()
    false = [text for text in said if find_emergency(text)]
    assert len(false) <= 0.05 * len(said), false
