"""What means the same stands together; without the engine, what is written alike."""

import pytest

from integrations.engine.words import EngineDown, EngineFailed
from tests.console.conftest import House
from tests.trainer.said import hear
from trainer.desk import Desk
from trainer.meaning import MOST, Meanings

VECTORS = {
    "ya no puedo ir": [1.0, 0.0],
    "no voy a llegar": [0.9, 0.436],
    "cuánto cuesta": [0.0, 1.0],
    "no consigo ir": [1.0, 0.0],
}
TEXTS = ["ya no puedo ir", "cuánto cuesta", "no voy a llegar", "ya no puedo ir!"]


class Engine:
    """Answers from VECTORS, or not; remembers what it was asked."""

    def __init__(self, error: type[Exception] | None = None) -> None:
        self.asked: list[str] = []
        self.error = error

    def __call__(self, texts: object, _left: float) -> list[list[float]]:
        assert isinstance(texts, list)
        self.asked += texts
        if self.error:
            raise self.error("away")
        return [VECTORS.get(each, [0.0, -1.0]) for each in texts]


def test_other_words_for_the_same_stand_together() -> None:
    made = Meanings(Engine()).group(TEXTS, ["es"] * 4)
    assert (made.groups, made.by_meaning) == ([[0, 3, 2], [1]], True)


def test_another_language_is_another_group_for_each_is_learnt_in_its_own() -> None:
    made = Meanings(Engine()).group(["ya no puedo ir", "no consigo ir"], ["es", "pt"])
    assert made.groups == [[0], [1]]


@pytest.mark.parametrize("error", [EngineDown, EngineFailed])
def test_without_the_engine_what_is_written_alike_stands_together(error: type[Exception]) -> None:
    made = Meanings(Engine(error)).group(TEXTS, ["es"] * 4)
    assert (made.groups, made.by_meaning) == ([[0, 3], [1], [2]], False)


def test_an_engine_that_did_not_answer_is_left_alone_for_a_while() -> None:
    engine = Engine(EngineDown)
    meanings = Meanings(engine)
    for _ in range(2):
        meanings.group(TEXTS, ["es"] * 4)
    assert len(engine.asked) == 3


def test_the_engine_reads_each_text_once_and_not_too_many() -> None:
    engine = Engine()
    meanings = Meanings(engine)
    for _ in range(2):
        meanings.group(TEXTS, ["es"] * 4)
    assert sorted(engine.asked) == sorted(TEXTS[:3])
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = [f"{one}{other}" * 8 for one in letters for other in letters]
    meanings.group(many, ["es"] * len(many))
    assert len(engine.asked) <= 3 + MOST


def test_when_the_time_is_up_the_rest_is_grouped_by_letters() -> None:
    engine = Engine()
    made = Meanings(engine, seconds=0).group(TEXTS, ["es"] * 4)
    assert (made.by_meaning, engine.asked) == (False, [])


def test_nothing_is_said_alike_where_nothing_is_said() -> None:
    assert Meanings(Engine()).group([], []).groups == []


def test_the_review_says_that_it_groups_by_letters_while_the_engine_is_away(
    clinic: House, desk: Desk
) -> None:
    hear(clinic, "ya no puedo ir", ("deny", 0.3))
    desk._meanings = Meanings(Engine(EngineDown))
    assert not desk.review().groups(clinic.time.now).by_meaning
    desk._meanings = Meanings(Engine())
    assert desk.review().groups(clinic.time.now).by_meaning
