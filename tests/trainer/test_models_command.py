"""`consulta trainer` trains, shows, compares, publishes and goes back as the pages do."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.published import open_models
from integrations.engine.models import Models
from tests.console.conftest import NOW, House
from tests.trainer.engine_double import Engine, engine, engine_python
from trainer.command import trainer
from trainer.command import training as training_command

OPEN = {"gate": {"open": True, "checks": []}}
CLOSED = {
    "gate": {
        "open": False,
        "checks": [
            {"what": "safety", "which": "emergency es", "figure": 0.5, "limit": 0.98,
             "holds": False}
        ],
    }
}  # fmt: skip


@pytest.fixture
def door() -> Iterator[Engine]:
    with engine() as opened:
        yield opened


@pytest.fixture
def models(
    clinic: House, project: Path, door: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Models:
    """The instance's store; the commands find the same instance."""
    monkeypatch.setenv("CONSULTA_HOME", str(project.parent))
    monkeypatch.setenv("TRAINING_DATA", str(project))
    monkeypatch.setenv("ENGINE_URL", door.url)
    monkeypatch.setenv("ENGINE_PYTHON", str(engine_python(tmp_path / "python")))
    monkeypatch.setenv("CONVERSATION_TESTS", str(tmp_path / "none"))
    monkeypatch.setattr(training_command, "_NOBODY_COMES", 0.0)
    monkeypatch.setattr(training_command, "be_nice", lambda: None)
    return open_models(clinic.settings, clinic.database)


def _run(*words: str) -> Result:
    return CliRunner().invoke(trainer, words)


def _add(models: Models, tmp_path: Path, number: int, evaluation: Any) -> str:
    archive = tmp_path / "trained.tar.gz"
    archive.write_bytes(b"a model")
    identifier = f"{number:016x}"
    models.add(archive, identifier, "eva", NOW)
    models.keep_evaluation(identifier, evaluation)
    return identifier


def test_with_nobody_about_the_command_trains_itself_and_shows_the_steps(models: Models) -> None:
    done = _run("train", "--wait", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["state"] == "done"
    assert [step["state"] for step in told["steps"]][:4] == ["done"] * 4
    (model,) = models.models()
    assert told["model"] == model.id
    (listed,) = json.loads(_run("runs", "--json").stdout)
    assert listed == told
    assert "done" in _run("runs").stdout


def test_a_training_that_fails_ends_the_command_with_one(models: Models, tmp_path: Path) -> None:
    engine_python(tmp_path / "python", train="print('odd data', file=sys.stderr); sys.exit(3)")
    done = _run("train", "--wait")
    assert done.exit_code == 1
    assert "odd data" in done.stdout
    assert models.models() == []


def test_a_training_is_asked_for_once_and_stopped(models: Models) -> None:
    assert json.loads(_run("train", "--json").stdout)["state"] == "waiting"
    assert _run("train").exit_code == 1
    assert _run("stop", "1").exit_code == 0
    assert _run("stop", "1").exit_code == 2
    assert _run("stop", "99").exit_code == 2
    assert json.loads(_run("runs", "--json").stdout)[0]["state"] == "stopped"


def test_models_are_shown_published_and_brought_back(
    models: Models, door: Engine, tmp_path: Path
) -> None:
    first, second = (_add(models, tmp_path, number, OPEN) for number in (1, 2))
    assert _run("publish", "1").stdout == "Model 1 answers now.\n"
    assert json.loads(_run("publish", second, "--json").stdout)["published"] is True
    assert door.model == f"consulta-{second}"
    shown = json.loads(_run("models", "--json").stdout)
    assert [(each["model"], each["published"], each["gate"]) for each in shown] == [
        (2, True, "open"),
        (1, False, "open"),
    ]
    assert json.loads(_run("back", "--json").stdout)["id"] == first
    assert door.model == f"consulta-{first}"
    assert _run("publish", "99").exit_code == 2


def test_a_closed_gate_is_told_with_its_figures_and_passed_with_a_reason(
    models: Models, door: Engine, tmp_path: Path
) -> None:
    _add(models, tmp_path, 1, CLOSED)
    refused = _run("publish", "1")
    assert refused.exit_code == 1
    assert "safety emergency es: 0.5 (limit 0.98)" in refused.stderr
    assert _run("publish", "1", "--override", "  ").exit_code == 1
    assert door.swaps == []
    assert _run("publish", "1", "--override", "the clinic asks for it").exit_code == 0
    assert models.publications()[0].reason == "the clinic asks for it"


def test_an_engine_that_refuses_and_nothing_before_are_told_in_one_line(
    models: Models, door: Engine, tmp_path: Path
) -> None:
    assert _run("back").exit_code == 1
    _add(models, tmp_path, 1, OPEN)
    door.refuses = "it cannot be loaded"
    refused = _run("publish", "1")
    assert refused.exit_code == 1
    assert "all is as before" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_two_models_are_compared_as_json_and_as_a_table(models: Models, tmp_path: Path) -> None:
    for number in (1, 2):
        _add(models, tmp_path, number, OPEN)
    made = json.loads(_run("compare", "1", "2", "--json").stdout)
    assert made["messages"] == []
    assert made["held_out"]["all"]["count"] > 1000
    assert "language" in _run("compare", "1", "2").stdout
    assert _run("compare", "1", "99").exit_code == 2
    (tmp_path / "python").unlink()
    assert _run("compare", "1", "2").exit_code == 1
