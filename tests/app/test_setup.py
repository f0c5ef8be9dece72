"""Setting up: Pythons found by running them, environments never half-made, training only if due."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scripts import checks, environments, progress, pythons, setup, training
from scripts.environments import Environment
from scripts.progress import StepFailed
from scripts.pythons import NoPython

OURS = (sys.version_info.major, sys.version_info.minor)


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which no Python is found by itself."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(pythons, "FOLDERS", ())
    for name in ("PYENV_ROOT", "UV_PYTHON_INSTALL_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_without_the_python_one_line_says_how_to_get_it(bare_machine: Path) -> None:
    with pytest.raises(NoPython) as missing:
        pythons.find_python(((3, 10),), "The dialogue engine")
    text = str(missing.value)
    assert len(text.splitlines()) == 1
    assert "3.10" in text
    assert "uv python install 3.10" in text


def test_a_shim_that_refuses_is_passed_over_for_pyenv_s_own_folder(bare_machine: Path) -> None:
    name = f"python{OURS[0]}.{OURS[1]}"
    script(bare_machine / "bin" / name, "echo 'pyenv: command not found' >&2; exit 127")
    version = f"{OURS[0]}.{OURS[1]}.99"
    real = script(
        bare_machine / ".pyenv" / "versions" / version / "bin" / name, f'exec {sys.executable} "$@"'
    )
    assert pythons.find_python((OURS,), "It") == real


def test_a_python_of_uv_is_found(bare_machine: Path) -> None:
    name = f"python{OURS[0]}.{OURS[1]}"
    home = bare_machine / ".local/share/uv/python" / f"cpython-{OURS[0]}.{OURS[1]}.1-linux"
    real = script(home / "bin" / name, f'exec {sys.executable} "$@"')
    assert pythons.find_python((OURS,), "It") == real


def test_a_python_of_another_version_is_not_taken(bare_machine: Path) -> None:
    script(bare_machine / "bin" / "python3.10", f'exec {sys.executable} "$@"')
    assert not pythons.works(bare_machine / "bin" / "python3.10", (3, 9))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment made by hand, once: making one takes its time."""
    folder = tmp_path_factory.mktemp("made") / "env"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return folder


@pytest.fixture
def environment(tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment made by hand, whose locks hold nothing."""
    shutil.copytree(made, tmp_path / "env", symlinks=True)
    locks = tmp_path / "requirements"
    locks.mkdir()
    for name in ("app", "dev"):
        (locks / f"{name}.lock").write_text(f"# {name}\n", encoding="utf-8")
    monkeypatch.setattr(environments, "LOCKS", locks)
    monkeypatch.setattr(progress, "LOGS", tmp_path / "logs")
    return Environment(tmp_path / "env", "the test", (OURS,), editable=False)


def stamp(environment: Environment) -> dict[str, str]:
    text = (environment.folder / ".consulta-stamp").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found


def test_an_environment_is_made_once(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(environment.folder)
    environments.ensure(environment, "app", "dev")
    assert stamp(environment)["lock"] == "app"
    capsys.readouterr()
    environments.ensure(environment, "app", "dev")
    assert capsys.readouterr().out == ""


def test_run_takes_what_test_has_made(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    environments.ensure(environment, "dev")
    capsys.readouterr()
    environments.ensure(environment, "app", "dev")
    assert capsys.readouterr().out == ""
    assert stamp(environment)["lock"] == "dev"


def test_a_changed_lock_is_installed(environment: Environment) -> None:
    environments.ensure(environment, "app")
    before = stamp(environment)
    (environments.LOCKS / "app.lock").write_text("# changed\n", encoding="utf-8")
    environments.ensure(environment, "app")
    assert stamp(environment)["hash"] != before["hash"]


def test_what_was_interrupted_is_made_anew(environment: Environment) -> None:
    environments.ensure(environment, "app")
    (environment.folder / ".consulta-unfinished").touch()
    (environment.folder / "torn").touch()
    environments.ensure(environment, "app")
    assert not (environment.folder / "torn").exists()
    assert not (environment.folder / ".consulta-unfinished").exists()


def test_a_failing_install_shows_its_last_words_and_is_not_called_done(
    environment: Environment,
) -> None:
    (environments.LOCKS / "app.lock").write_text(
        "no-such-package==1 --hash=sha256:00\n", encoding="utf-8"
    )
    with pytest.raises(StepFailed, match="failed"):
        environments.ensure(environment, "app")
    assert not (environment.folder / ".consulta-stamp").exists()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with what a model is made of; training takes no time and notes that it ran."""
    for name in (
        "config.yml",
        "domain.yml",
        "requirements/engine.lock",
        "data/nlu.yml",
        "bot/a.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    monkeypatch.setattr(training, "ROOT", tmp_path)
    monkeypatch.setattr(training, "MODELS", tmp_path / "models")

    def step(title: str, command: list[str], log: str, env: dict[str, str]) -> None:
        name = command[command.index("--fixed-model-name") + 1]
        out = Path(command[command.index("--out") + 1])
        (out / f"{name}.tar.gz").write_text("model", encoding="utf-8")
        with (tmp_path / "trained").open("a") as note:
            note.write("x")

    monkeypatch.setattr(training, "run_step", step)
    return tmp_path


def trained(checkout: Path) -> int:
    return len((checkout / "trained").read_text(encoding="utf-8"))


def test_nothing_changed_trains_nothing(checkout: Path) -> None:
    assert training.ensure_model() == training.ensure_model()
    assert trained(checkout) == 1


@pytest.mark.parametrize(
    "name", ["config.yml", "domain.yml", "data/new.yml", "bot/b.py", "requirements/engine.lock"]
)
def test_a_change_of_what_it_is_made_of_trains_anew(checkout: Path, name: str) -> None:
    before = training.ensure_model()
    (checkout / name).write_text("changed", encoding="utf-8")
    assert training.ensure_model() != before
    assert trained(checkout) == 2


@pytest.mark.parametrize("name", ["bot/serve.py", "bot/action_answers.py"])
def test_what_only_serves_a_model_trains_nothing(checkout: Path, name: str) -> None:
    before = training.ensure_model()
    (checkout / name).write_text("changed", encoding="utf-8")
    assert training.ensure_model() == before


def test_a_model_of_files_that_changed_meanwhile_is_trained_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = training.__dict__["run_step"]

    def changing(title: str, command: list[str], log: str, env: dict[str, str]) -> None:
        step(title, command, log, env)
        if trained(checkout) == 1:
            (checkout / "domain.yml").write_text("changed meanwhile", encoding="utf-8")

    monkeypatch.setattr(training, "run_step", changing)
    assert training.ensure_model().stem.startswith(f"consulta-{training.fingerprint()}")
    assert trained(checkout) == 2
    assert len(list((checkout / "models").glob("*.tar.gz"))) == 1


def test_only_the_newest_models_are_kept(checkout: Path) -> None:
    for number in range(training.KEPT + 3):
        (checkout / "config.yml").write_text(str(number), encoding="utf-8")
        newest = training.ensure_model()
        os.utime(newest, (number, number))
    assert len(list((checkout / "models").glob("*.tar.gz"))) == training.KEPT
    assert newest.is_file()


@pytest.mark.parametrize(
    ("says", "found"),
    [
        ("echo /somewhere/model.tar.gz", Path("/somewhere/model.tar.gz")),
        (":", None),
        ("exit 2", None),
    ],
)
def test_what_trainers_published_is_asked_for_before_anything_is_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, found: Path | None
) -> None:
    script(tmp_path / "bin" / "python", says)
    application = Environment(tmp_path, "the application", (OURS,), editable=True)
    monkeypatch.setattr(training, "APPLICATION", application)
    assert training.published_model() == found


def test_two_setups_at_once_wait_for_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    order: list[str] = []
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with setup.alone():
            inside.set()
            leave.wait(10)
            order.append("first")

    def second() -> None:
        with setup.alone():
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    inside.wait(10)
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join(10)
    assert order == ["first", "second"]


def test_a_step_that_fails_shows_the_end_of_its_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LOGS", tmp_path)
    with pytest.raises(StepFailed, match="the last word"):
        progress.run_step("A step", ["sh", "-c", "echo the last word; exit 3"], "step")


def test_setting_up_needs_the_standard_library_only() -> None:
    names = {path.stem for path in (progress.ROOT / "scripts").glob("*.py")}
    code = (
        "import sys, importlib; sys.path.insert(0, sys.argv[1]);"
        f"[importlib.import_module('scripts.' + n) for n in {sorted(names - {'__init__'})!r}]"
    )
    isolated = [sys.executable, "-I", "-S", "-c", code, str(progress.ROOT)]
    subprocess.run(isolated, check=True)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The checks that were run, by name; "intents" fails."""
    names: list[str] = []

    def run(check: checks.Check, *, at_once: bool = True) -> tuple[str, bool, float]:
        names.append(check.name)
        return check.name, check.name != "intents", 0.0

    monkeypatch.setattr(checks, "_run", run)
    return names


def test_messages_understood_worse_than_before_fail_the_tests(
    said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = checks.run_without_engine()
    assert said[-1] == "tests"
    assert checks.run_with_engine(tmp_path / "model.tar.gz", done) == 1
    assert {"intents", "safety", "tests with the engine", "tests in the browser"} <= set(said)
    assert "FAILED: intents" in capsys.readouterr().out


def test_an_evaluation_measures_everything_although_one_figure_fell(said: list[str]) -> None:
    assert checks.run_evaluation() == 1
    assert said == ["intents", "safety", "times", "services"]


@pytest.mark.parametrize("check", checks.EVALUATION, ids=lambda check: check.name)
def test_every_measurement_is_there_to_be_run(check: checks.Check) -> None:
    module = check.command[-1]
    assert (progress.ROOT / f"{module.replace('.', '/')}.py").is_file()


def test_help_lists_every_target() -> None:
    text = subprocess.run(
        ["make", "help"], cwd=progress.ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in ("run", "test", "check", "train", "evaluate", "evaluate-stock", "lock"):
        assert f"make {target}" in text
