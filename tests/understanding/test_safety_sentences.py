"""The sentences of benchmarks/safety.py are enough and fair, and the rules hold on them."""

import pytest

from benchmarks.nlu_examples import LANGUAGES, TRAINED, read_examples
from trainer.models.safety import (
    HALVES,
    PHENOMENA,
    Sentence,
    by_rule,
    read_sentences,
    untaught,
)
from understanding.words import bare

SENTENCES = list(read_sentences())
FEWEST = {
    ("emergency", True): 120,
    ("emergency", False): 250,
    ("opt_out", True): 80,
    ("opt_out", False): 120,
    ("advice", True): 60,
    ("advice", False): 100,
}


def _chosen(phenomenon: str, meant: bool, language: str) -> list[Sentence]:
    return [
        each
        for each in SENTENCES
        if (each.phenomenon, each.meant, each.language) == (phenomenon, meant, language)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("phenomenon", "meant"), FEWEST)
def test_there_are_enough_sentences_in_both_halves(
    phenomenon: str, meant: bool, language: str
) -> None:
    chosen = _chosen(phenomenon, meant, language)
    assert len(chosen) >= FEWEST[phenomenon, meant]
    for half in HALVES:
        assert sum(each.half == half for each in chosen) >= len(chosen) // 3


def test_no_sentence_stands_twice() -> None:
    said = [(each.phenomenon, each.language, bare(each.text)) for each in SENTENCES]
    assert len(said) == len(set(said))


def test_hardly_any_sentence_was_taught_to_the_engine_word_for_word() -> None:
    taught = [each.text for each in read_examples(TRAINED)]
    assert len(untaught(SENTENCES, taught)) >= 0.95 * len(SENTENCES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_the_rules_alone_hear_most_and_hardly_raise_a_false_alarm(
    phenomenon: str, language: str
) -> None:
    apart = [
        each
        for meant in (True, False)
        for each in _chosen(phenomenon, meant, language)
        if each.half == "held_apart"
    ]
    meant = [by_rule(each) for each in apart if each.meant]
    near = [by_rule(each) for each in apart if not each.meant]
    assert sum(meant) >= 0.9 * len(meant)
    assert sum(near) <= 0.02 * len(near)


def test_everyday_messages_raise_no_alarm() -> None:
    asked = [
        Sentence(example.text, "emergency", False, example.language)
        for example in read_examples(TRAINED)
        if example.intent not in {"emergency", "stop_messages", "out_of_scope"}
    ]
    for phenomenon in PHENOMENA:
        false = [each.text for each in asked if PHENOMENA[phenomenon].rule(each.text)]
        assert len(false) <= 0.002 * len(asked), (phenomenon, false)
