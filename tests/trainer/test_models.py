"""The stores of models and of trainings hold what they promise, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest

from integrations.engine.models import KEPT, Model, Models, PublishingNow, UnknownModel
from tests.console.conftest import NOW, House, any_house  # noqa: F401
from trainer.models.runs import INTERRUPTED, STALE, AlreadyUnderWay, Runs, State, Step, forget

SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def models(any_house: House, tmp_path: Path) -> Models:  # noqa: F811
    return Models(any_house.database, tmp_path / "models")


@pytest.fixture
def runs(any_house: House) -> Runs:  # noqa: F811
    return Runs(any_house.database)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "trained.tar.gz"
    path.write_bytes(b"a model")
    return path


def _add(models: Models, archive: Path, number: int) -> Model:
    return models.add(archive, f"{number:016x}", "eva", NOW)


def _publish(models: Models, model: Model) -> None:
    models.settle(models.begin(model, "eva", "publish", "", NOW), NOW)


def test_a_model_is_found_by_number_and_by_name_and_nothing_else(
    models: Models, archive: Path
) -> None:
    made = _add(models, archive, 10)
    assert made.number == 1
    assert models.archive(made).read_bytes() == b"a model"
    for name in ("1", made.id, f"consulta-{made.id}"):
        assert models.model(name) == made
    for name in ("2", "", "0" * 5000, "٣", "../../etc", "1;drop"):
        with pytest.raises(UnknownModel):
            models.model(name)


def test_the_same_model_again_is_the_same_row(models: Models, archive: Path) -> None:
    assert _add(models, archive, 10) == _add(models, archive, 10)
    assert len(models.models()) == 1


def test_the_newest_settled_publication_says_which_model_answers(
    models: Models, archive: Path
) -> None:
    assert models.published() is None
    first, second = _add(models, archive, 1), _add(models, archive, 2)
    models.record_start(first, "make run", NOW)
    number = models.begin(second, "eva", "publish", "it is late", NOW)
    assert models.published() == first
    models.settle(number, SOON)
    assert models.published() == second
    assert [(each.model_id, each.kind, each.reason) for each in models.publications()] == [
        (second.id, "publish", "it is late"),
        (first.id, "start", ""),
    ]


def test_one_publishes_at_a_time_and_an_interrupted_one_does_not_block_for_ever(
    models: Models, archive: Path
) -> None:
    model = _add(models, archive, 1)
    models.begin(model, "eva", "publish", "", NOW)
    with pytest.raises(PublishingNow):
        models.begin(model, "leo", "publish", "", SOON)
    number = models.begin(model, "leo", "publish", "", NOW + timedelta(minutes=10))
    models.withdraw(number)
    assert models.published() is None


def test_the_last_ten_archives_are_kept_and_the_published_one_always(
    models: Models, archive: Path
) -> None:
    first = _add(models, archive, 1)
    _publish(models, first)
    for number in range(2, KEPT + 4):
        _add(models, archive, number)
    gone = models.drop_old(NOW)
    assert sorted(each.number for each in gone) == [2, 3]
    kept = [each for each in models.models() if each.kept]
    assert len(kept) == KEPT + 1
    assert models.archive(first).is_file()
    with pytest.raises(UnknownModel):
        models.archive(models.model("2"))
    assert len(list(models.folder.glob("*.tar.gz"))) == KEPT + 1


def test_files_are_known_when_they_are_the_published_models_or_were_left_by_trainers(
    models: Models, archive: Path
) -> None:
    model = _add(models, archive, 1)
    assert not models.knows(model.id)
    _publish(models, model)
    assert models.knows(model.id)
    models.know("f" * 16, NOW)
    models.know("f" * 16, SOON)
    assert models.knows("f" * 16)
    assert not models.knows("e" * 16)


# Trainings


@pytest.fixture
def asked(runs: Runs) -> tuple[Runs, int]:
    return runs, runs.ask("eva", NOW)


def test_one_training_is_under_way_at_a_time(asked: tuple[Runs, int]) -> None:
    runs, number = asked
    with pytest.raises(AlreadyUnderWay):
        runs.ask("leo", NOW)
    run = runs.claim(NOW)
    assert run is not None
    assert run.number == number
    assert runs.claim(NOW) is None
    with pytest.raises(AlreadyUnderWay):
        runs.ask("leo", NOW)
    runs.end(number, run.steps, State.DONE, NOW)
    assert runs.ask("leo", NOW) > number


def test_a_training_that_waits_is_stopped_at_once_and_one_that_runs_is_told(
    asked: tuple[Runs, int],
) -> None:
    runs, number = asked
    assert runs.stop(number, "leo", NOW)
    assert not runs.stop(number, "leo", NOW)
    stopped = runs.run(number)
    assert stopped is not None
    assert (stopped.state, stopped.stop_by) == (State.STOPPED, "leo")
    following = runs.ask("eva", NOW)
    run = runs.claim(NOW)
    assert run is not None
    assert runs.beat(following, run.steps, NOW)
    assert runs.stop(following, "leo", NOW)
    assert not runs.beat(following, run.steps, NOW)


def test_a_training_whose_worker_died_is_told_as_interrupted_and_the_next_may_begin(
    asked: tuple[Runs, int],
) -> None:
    runs, number = asked
    run = runs.claim(NOW)
    assert run is not None
    runs.fail_stale(NOW + STALE)
    assert runs.run(number) == run
    following = runs.ask("leo", NOW + STALE + timedelta(seconds=1))
    dead = runs.run(number)
    assert dead is not None
    assert (dead.state, dead.why) == (State.FAILED, INTERRUPTED)
    assert not runs.beat(number, run.steps, NOW)  # it was not dead after all: it hears so
    runs.end(number, run.steps, State.DONE, NOW)
    dead = runs.run(number)
    assert dead is not None
    assert dead.state == State.FAILED
    assert following > number


def test_what_an_erased_patient_said_is_taken_out_of_comparisons(
    any_house: House,  # noqa: F811
    asked: tuple[Runs, int],
) -> None:
    runs, number = asked
    messages = [{"id": "theirs", "text": "me voy"}, {"id": "others"}, {"id": None}]
    runs.know(number, comparison={"messages": messages, "left_out": 0})
    with any_house.database.begin() as session:
        forget(session, {"theirs", "unheard"})
    run = runs.run(number)
    assert run is not None
    assert run.comparison == {"messages": messages[1:], "left_out": 0}


def test_steps_are_kept_as_they_go_and_make_up_the_whole(asked: tuple[Runs, int]) -> None:
    runs, number = asked
    run = runs.claim(NOW)
    assert run is not None
    assert run.share == 0
    steps = list(run.steps)
    steps[0] = Step("validate", "done", 1.0, NOW.isoformat(), 3.5, "12")
    steps[1] = Step("train", "running", 0.5)
    runs.beat(number, steps, NOW)
    seen = runs.run(number)
    assert seen is not None
    assert list(seen.steps) == steps
    assert 0 < seen.share < 1
