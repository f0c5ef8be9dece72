"""A training goes through its steps, tells how far it is, and ends well or says why not."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clinic.clock import system_clock
from integrations.engine.models import Models
from tests.console.conftest import House
from tests.trainer.engine_double import engine_python
from tests.trainer.said import hear
from trainer.desk import Desk
from trainer.models.parts import Parts
from trainer.models.runs import INTERRUPTED, Run, Runs, State
from trainer.models.work import Worker


@pytest.fixture
def parts(clinic: House, tmp_path: Path) -> Parts:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"cross_validated": {"all": {"accuracy": 0.9}}}), encoding="utf-8")
    clinic.settings = clinic.settings.model_copy(
        update={
            "engine_python": engine_python(tmp_path / "python"),
            "training_floors": floors,
            "conversation_tests": tmp_path / "none",
        }
    )
    settings = clinic.settings
    desk = Desk(settings, clinic.database, clinic.patients, clinic.catalogue)
    models = Models(clinic.database, settings.models_folder)
    return Parts(settings, system_clock, desk, models, Runs(clinic.database))


def _train(parts: Parts) -> Run:
    number = parts.runs.ask("eva", system_clock())
    assert Worker(parts).work_once()
    run = parts.runs.run(number)
    assert run is not None
    return run


def _replace(parts: Parts, **python: str) -> None:
    engine_python(parts.settings.engine_python, **python)


def test_every_step_is_done_and_what_it_came_to_is_kept(parts: Parts, clinic: House) -> None:
    hear(clinic, "me late la sien, qué hago", ("deny", 0.3))
    run = _train(parts)
    assert (run.state, run.why) == (State.DONE, "")
    assert [step.state for step in run.steps] == [*["done"] * 4, "skipped", "done", "done"]
    assert run.share == 1.0
    model = parts.models.find(run.model_id or "")
    assert model is not None
    assert parts.models.archive(model).read_text(encoding="utf-8") == "a model"
    assert model.evaluation is not None
    assert model.evaluation["cross_validated"]["all"]["accuracy"] == 1.0
    assert model.evaluation["held_apart"]["all"]["count"] > 1000
    assert not list(parts.models.folder.glob(".run-*"))


def test_conversations_that_were_not_played_close_the_gate(parts: Parts) -> None:
    run = _train(parts)
    model = parts.models.find(run.model_id or "")
    assert model is not None
    assert model.evaluation is not None
    fell = [each["what"] for each in model.evaluation["gate"]["checks"] if not each["holds"]]
    assert "conversations" in fell
    assert run.steps[-1].note == "closed"


def test_the_same_files_are_not_trained_twice_but_measured_again(parts: Parts) -> None:
    first = _train(parts)
    _replace(parts, train="sys.exit('it was trained again')")
    second = _train(parts)
    assert second.state == State.DONE
    assert second.model_id == first.model_id
    assert len(parts.models.models()) == 1


def test_what_changed_since_the_published_model_is_told(parts: Parts, project: Path) -> None:
    first = parts.models.find(_train(parts).model_id or "")
    assert first is not None
    parts.models.record_start(first, "make run", system_clock())
    nlu = project / "data" / "nlu.yml"
    content = nlu.read_text(encoding="utf-8")
    place = content.index("examples: |") + len("examples: |\n")
    nlu.write_text(f"{content[:place]}      - algo del todo nuevo\n{content[place:]}", "utf-8")
    run = _train(parts)
    second = parts.models.find(run.model_id or "")
    assert second is not None
    assert second.parent_id == first.id
    assert second.changes is not None
    assert (second.changes["added_count"], second.changes["removed_count"]) == (1, 0)
    assert second.changes["added"][0][2] == "algo del todo nuevo"
    assert run.comparison is not None
    assert run.comparison["held_out"]["all"]["better"] == 0


def test_messages_of_the_evaluation_set_that_are_taught_are_left_out(
    parts: Parts, tmp_path: Path
) -> None:
    taught = parts.desk.project.read().nlu.decode().split("      - ", 2)[1].split("\n")[0].strip()
    held = tmp_path / "held.yml"
    held.write_text(
        'version: "3.1"\nnlu:\n  - intent: deny\n    metadata:\n      language: es\n'
        f"    examples: |\n      - {taught}\n      - nadie dijo esto jamás\n",
        encoding="utf-8",
    )
    settings = parts.settings.model_copy(update={"evaluation_set": held})
    run = _train(Parts(settings, parts.clock, parts.desk, parts.models, parts.runs))
    model = parts.models.find(run.model_id or "")
    assert model is not None
    assert model.evaluation is not None
    assert model.evaluation["left_out"] == 1
    assert model.evaluation["held_apart"]["all"]["count"] == 1


def test_a_tool_that_fails_says_why_and_no_model_is_kept(parts: Parts) -> None:
    _replace(parts, train="print('the data is odd', file=sys.stderr); sys.exit(3)")
    run = _train(parts)
    assert (run.state, run.why) == (State.FAILED, "the data is odd")
    assert run.steps[1].state == "failed"
    assert parts.models.models() == []


def test_what_a_tool_says_every_time_does_not_hide_why_it_failed(parts: Parts) -> None:
    said = [
        "\x1b[93m/a/b/io.py:100: UserWarning: The example 'voy' has two intents.\x1b[0m",
        *["/a/b/io.py:100: UserWarning: The utterance 'x' is not used in any story or rule."] * 40,
        "2026-11-26 20:52:53 INFO     rasa.validator  - No story structure conflicts found.",
    ]
    _replace(parts, validate=f"print(*{said!r}, sep=chr(10), file=sys.stderr); sys.exit(1)")
    run = _train(parts)
    assert run.steps[0].state == "failed"
    assert run.why == "UserWarning: The example 'voy' has two intents."


def test_without_the_engines_python_it_says_what_is_missing(parts: Parts) -> None:
    parts.settings.engine_python.unlink()
    run = _train(parts)
    assert run.state == State.FAILED
    assert "ENGINE_PYTHON" in run.why


def test_files_that_cannot_be_read_are_told(parts: Parts, project: Path) -> None:
    (project / "data" / "nlu.yml").write_text("nlu: [", encoding="utf-8")
    assert "cannot be read" in _train(parts).why
    (project / "domain.yml").unlink()
    assert "TRAINING_DATA" in _train(parts).why


def test_a_training_that_is_stopped_ends_its_tools(parts: Parts, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    command = f"pathlib.Path({str(note)!r}).write_text(str(__import__('os').getpid()))"
    _replace(parts, train=f"{command}; time.sleep(60)")
    number = parts.runs.ask("eva", system_clock())

    class Stopping(Runs):
        def beat(self, *arguments: object) -> bool:
            if note.exists():
                self.stop(number, "leo", system_clock())
            return super().beat(*arguments)  # type: ignore[arg-type]

    runs = Stopping(parts.runs._database)
    began = time.monotonic()
    Worker(Parts(parts.settings, parts.clock, parts.desk, parts.models, runs)).work_once()
    assert time.monotonic() - began < 30
    run = parts.runs.run(number)
    assert run is not None
    assert (run.state, run.stop_by) == (State.STOPPED, "leo")
    assert not Path(f"/proc/{note.read_text(encoding='ascii')}").exists()


def test_a_worker_that_is_ended_tells_that_the_training_was_interrupted(
    parts: Parts, project: Path, tmp_path: Path
) -> None:
    _replace(parts, train="time.sleep(60)")
    number = parts.runs.ask("eva", system_clock())
    env = {
        **os.environ,
        "CONSULTA_HOME": str(project.parent),
        "TRAINING_DATA": str(project),
        "ENGINE_PYTHON": str(parts.settings.engine_python),
    }
    worker = subprocess.Popen([sys.executable, "-m", "app.cli", "trainer", "work"], env=env)
    try:
        _wait(parts, number, lambda run: run.steps[1].state == "running")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    finally:
        worker.kill()
        worker.wait()
    run = parts.runs.run(number)
    assert run is not None
    assert (run.state, run.why) == (State.FAILED, INTERRUPTED)


def _wait(parts: Parts, number: int, holds: object) -> None:
    until = time.monotonic() + 60
    while True:
        run = parts.runs.run(number)
        assert run is not None
        if holds(run):  # type: ignore[operator]
            return
        assert time.monotonic() < until, run
        time.sleep(0.2)
