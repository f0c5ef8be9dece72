"""`consulta trainer` does what the pages do."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.console.conftest import House
from tests.trainer.said import hear
from trainer.command import trainer

TEXT = "uy no alcanzo a llegar pasado mañana"


@pytest.fixture(autouse=True)
def _instance(clinic: House, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTA_HOME", str(project.parent))
    monkeypatch.setenv("TRAINING_DATA", str(project))


def _run(*words: str) -> Result:
    return CliRunner().invoke(trainer, words)


def test_a_message_is_reviewed_labelled_shown_and_written(clinic: House, project: Path) -> None:
    clinic.time.now = clinic.time.now.now(clinic.time.now.tzinfo)  # the command has its own clock
    message = hear(clinic, TEXT, ("deny", 0.3))
    found = json.loads(_run("review", "--json").stdout)
    assert [(each["id"], each["text"], each["reason"]) for each in found] == [
        (message, TEXT, "fallback")
    ]
    assert _run("label", "nonsense", message).exit_code == 2
    assert _run("label", "cancel_appointment", "forged").exit_code == 2
    batch = _run("label", "cancel_appointment", message).stdout.strip()
    assert _run("undo", batch).exit_code == 0
    assert _run("undo", batch).exit_code == 2
    assert _run("label", "cancel_appointment", message).exit_code == 0
    shown = json.loads(_run("diff", "--json").stdout)
    assert f"+      - {TEXT}" in shown["diff"]
    assert _run("write", "--token", "0" * 64).exit_code == 1
    written = _run("write", "--token", shown["token"])
    assert (written.exit_code, written.stdout) == (0, "1 written.\n")
    assert TEXT.encode() in (project / "data" / "nlu.yml").read_bytes()


def test_without_the_files_it_says_so_in_one_line(project: Path) -> None:
    (project / "domain.yml").unlink()
    done = _run("diff")
    assert done.exit_code == 1
    assert done.stderr == "Error: domain.yml cannot be read (TRAINING_DATA)\n"
