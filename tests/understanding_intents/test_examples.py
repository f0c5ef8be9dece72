"""The examples the engine learns from: enough, varied, and never at odds with each other."""

import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.intents_wishes import read_two_wishes
from benchmarks.nlu_examples import (
    HELD_APART,
    LANGUAGES,
    TRAINED,
    Example,
    read_examples,
)

INTENTS = (
    "confirm_appointment",
    "cancel_appointment",
    "reschedule_appointment",
    "book_appointment",
    "check_appointment",
    "ask_price",
    "ask_preparation",
    "ask_hours",
    "ask_location",
    "ask_services",
    "ask_results",
    "ask_payment",
    "talk_to_human",
    "join_waitlist",
    "running_late",
    "affirm",
    "deny",
    "greet",
    "goodbye",
    "thank_you",
    "stop_messages",
    "change_language",
    "emergency",
    "feedback_negative",
    "out_of_scope",
    "menu",
)
FLOWS = {"confirm_appointment", "cancel_appointment", "reschedule_appointment", "ask_price"}
# Shorter texts differ by what little there is; from here on this likeness adds nothing new.
SHORT = 12
TOO_ALIKE = 0.9


def spelled(text: str) -> str:
    """The text without punctuation and case; accents count, because people leave them out."""
    return " ".join(re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFC", text).lower()).split())


def letters(text: str) -> frozenset[str]:
    unaccented = unicodedata.normalize("NFD", f" {spelled(text)} ")
    bare = "".join(mark for mark in unaccented if not unicodedata.combining(mark))
    return frozenset(bare[at : at + 3] for at in range(len(bare) - 2))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """1 for the same runs of three letters, 0 for none in common."""
    return 2 * len(one & other) / (len(one) + len(other))


def near_duplicates(
    examples: list[Example], others: list[Example] | None = None
) -> Iterator[tuple[str, str]]:
    known = [(e.text, spelled(e.text), letters(e.text)) for e in others or []]
    for example in examples:
        words, own = spelled(example.text), letters(example.text)
        for earlier, spelling, theirs in known:
            long = len(words) >= SHORT
            if spelling == words or (long and alike(own, theirs) >= TOO_ALIKE):
                yield earlier, example.text
        if others is None:
            known.append((example.text, words, own))


@pytest.fixture(scope="module")
def trained() -> list[Example]:
    return read_examples(TRAINED)


@pytest.fixture(scope="module")
def held_apart() -> list[Example]:
    return read_examples(HELD_APART)


def test_every_intent_has_enough_examples_in_every_language(trained: list[Example]) -> None:
    counted = Counter((example.intent, example.language) for example in trained)
    assert {intent for intent, _ in counted} == set(INTENTS)
    lacking = {
        (intent, language): counted[intent, language]
        for intent in INTENTS
        for language in LANGUAGES
        if counted[intent, language] < (60 if intent in FLOWS else 35)
    }
    assert not lacking


def test_no_example_nearly_repeats_another(trained: list[Example]) -> None:
    groups = defaultdict(list)
    for example in trained:
        groups[example.intent, example.language].append(example)
    assert not [pair for group in groups.values() for pair in near_duplicates(group)]


def test_the_same_words_never_mean_two_things_in_one_language(trained: list[Example]) -> None:
    meanings = defaultdict(set)
    for example in trained:
        meanings[spelled(example.text), example.language].add(example.intent)
    assert not {text: found for text, found in meanings.items() if len(found) > 1}


def test_examples_carry_no_markup_and_no_command(trained: list[Example]) -> None:
    odd = [e.text for e in trained if re.search(r"[\[\]{}]", e.text) or e.text.startswith("/")]
    assert not odd


def test_the_held_apart_set_covers_everything(held_apart: list[Example]) -> None:
    counted = Counter((example.intent, example.language) for example in held_apart)
    assert not [
        (intent, language)
        for intent in INTENTS
        for language in LANGUAGES
        if counted[intent, language] < 6
    ]


def test_nothing_held_apart_was_trained_on(
    trained: list[Example], held_apart: list[Example]
) -> None:
    for language in LANGUAGES:
        known = [e for e in trained if e.language == language]
        asked = [e for e in held_apart if e.language == language]
        assert not list(near_duplicates(asked, known))


def test_two_wishes_in_one_message_are_asked_in_every_language_and_were_not_trained_on(
    trained: list[Example],
) -> None:
    messages = read_two_wishes()
    assert min(Counter(each.language for each in messages)[one] for one in LANGUAGES) >= 25
    assert {intent for each in messages for intent in each.wishes} <= set(INTENTS)
    assert not {spelled(each.text) for each in messages} & {spelled(e.text) for e in trained}


def test_a_near_duplicate_is_seen() -> None:
    pair = [
        Example("quiero cancelar mi cita de mañana", "cancel_appointment", "es"),
        Example("Quiero cancelar mi cita de manana!", "cancel_appointment", "es"),
    ]
    assert list(near_duplicates(pair))
