"""Publishing: every engine takes the model or all stay as they were; the gate; and back."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from integrations.engine.control import EngineControl
from integrations.engine.models import Model, Models, UnknownModel
from tests.console.conftest import NOW, House
from tests.trainer.engine_double import Engine, engine
from trainer.models.publishing import GateClosed, NothingBefore, NotPublished, Press

CLOSED = {"gate": {"open": False, "checks": [{"what": "safety", "which": "x", "holds": False}]}}


@pytest.fixture
def engines() -> Iterator[list[Engine]]:
    with ExitStack() as stack:
        yield [stack.enter_context(engine()) for _ in range(2)]


@pytest.fixture
def press(clinic: House, engines: list[Engine], tmp_path: Path) -> Press:
    models = Models(clinic.database, tmp_path / "models")
    urls = ",".join(each.url for each in engines)
    return Press(clinic.settings, models, EngineControl(urls, "token"))


def _model(press: Press, tmp_path: Path, number: int, *, gate_open: bool = True) -> Model:
    archive = tmp_path / f"{number}.tar.gz"
    archive.write_bytes(b"a model")
    identifier = f"{number:016x}"
    press.models.add(archive, identifier, "eva", NOW)
    press.models.keep_evaluation(
        identifier, {"gate": {"open": True, "checks": []}} if gate_open else CLOSED
    )
    return press.models.model(identifier)


def test_every_engine_takes_a_published_model(
    press: Press, engines: list[Engine], tmp_path: Path
) -> None:
    model = _model(press, tmp_path, 1)
    press.publish(model, "eva", NOW)
    assert press.models.published() == model
    assert [each.model for each in engines] == [f"consulta-{model.id}"] * 2
    assert press.engines.loaded() == [f"consulta-{model.id}"] * 2


def test_where_one_engine_refuses_all_answer_with_the_model_before(
    press: Press, engines: list[Engine], tmp_path: Path
) -> None:
    before, after = _model(press, tmp_path, 1), _model(press, tmp_path, 2)
    press.publish(before, "eva", NOW)
    engines[1].refuses = "it cannot be loaded"
    with pytest.raises(NotPublished, match="it cannot be loaded"):
        press.publish(after, "eva", NOW)
    assert press.models.published() == before
    assert [each.model for each in engines] == [f"consulta-{before.id}"] * 2
    engines[1].refuses = ""
    press.publish(after, "eva", NOW)  # nothing is left under way
    assert press.models.published() == after


def test_with_an_engine_that_does_not_answer_nothing_is_published(
    press: Press, tmp_path: Path
) -> None:
    away = EngineControl("http://127.0.0.1:9", "token")
    alone = Press(press.settings, press.models, away)
    with pytest.raises(NotPublished, match="does not answer"):
        alone.publish(_model(press, tmp_path, 1), "eva", NOW)
    assert press.models.published() is None
    assert away.loaded() == [None]


def test_a_closed_gate_refuses_with_what_fell_and_a_reason_passes_it(
    press: Press, engines: list[Engine], tmp_path: Path
) -> None:
    model = _model(press, tmp_path, 1, gate_open=False)
    with pytest.raises(GateClosed) as closed:
        press.publish(model, "eva", NOW)
    assert closed.value.fell == CLOSED["gate"]["checks"]
    assert engines[0].swaps == []
    press.publish(model, "ada", NOW, "the clinic has decided")
    (publication,) = press.models.publications()
    assert (publication.by, publication.reason) == ("ada", "the clinic has decided")


def test_a_reason_is_not_kept_where_the_gate_is_open(press: Press, tmp_path: Path) -> None:
    press.publish(_model(press, tmp_path, 1), "ada", NOW, "no need for it")
    assert press.models.publications()[0].reason == ""


def test_one_step_back_needs_no_gate_and_back_again_is_forward(
    press: Press, tmp_path: Path
) -> None:
    with pytest.raises(NothingBefore):
        press.back("eva", NOW)
    first, second = _model(press, tmp_path, 1, gate_open=False), _model(press, tmp_path, 2)
    press.publish(first, "ada", NOW, "a start")
    with pytest.raises(NothingBefore):
        press.back("eva", NOW)
    press.publish(second, "eva", NOW)
    assert press.back("eva", NOW) == first
    assert press.back("eva", NOW) == second
    assert press.may_publish(first)


def test_a_model_whose_archive_is_gone_is_not_published(press: Press, tmp_path: Path) -> None:
    model = _model(press, tmp_path, 1)
    press.models.archive(model).unlink()
    with pytest.raises(UnknownModel):
        press.publish(model, "eva", NOW)
    assert press.models.published() is None


def test_publishing_makes_the_present_files_known(
    press: Press, project: Path, tmp_path: Path
) -> None:
    from app.model_files import ROOT, fingerprint  # noqa: PLC0415

    assert not press.models.knows(fingerprint(ROOT, project))
    press.publish(_model(press, tmp_path, 1), "eva", NOW)
    assert press.models.knows(fingerprint(ROOT, project))
    assert press.models.knows(fingerprint(ROOT))
