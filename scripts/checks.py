"""The checks and the tests, each with its result in one summary; and the lock files."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.environments import APPLICATION, DIALOGUE, LOCKS
from scripts.progress import ROOT, StepFailed, run_step, say
from scripts.training import engine_environment

_BIN = APPLICATION.folder / "bin"
_PYTEST = (str(APPLICATION.python), "-m", "pytest")
_ROOM = 4 * 2**30


@dataclass(frozen=True)
class Check:
    """One line of the summary."""

    name: str
    command: tuple[str, ...]
    env: dict[str, str] | None = None
    none_is_well: bool = False  # pytest's 5: nothing was collected


Result = tuple[str, bool, float]
"""A check's name, whether it passed, and the seconds it took."""

STATIC = (
    Check("ruff check", (str(_BIN / "ruff"), "check", ".")),
    Check("ruff format", (str(_BIN / "ruff"), "format", "--check", ".")),
    Check("mypy", (str(_BIN / "mypy"), "--explicit-package-bases", ".")),
    Check("import-linter", (str(_BIN / "lint-imports"),)),
)


def _in_engine(name: str, module: str) -> Check:
    """A module of benchmarks/ that needs the engine's Python."""
    return Check(name, (str(DIALOGUE.python), "-W", "ignore", "-m", module), engine_environment())


def _in_application(name: str, module: str) -> Check:
    return Check(name, (str(APPLICATION.python), "-m", module))


# `make test` takes these as well, in two minutes; the tests of times and services have their own.
IN_TESTS = (
    _in_engine("intents", "benchmarks.intents"),
    _in_application("safety", "benchmarks.safety"),
)
EVALUATION = (
    *IN_TESTS,
    _in_application("times", "benchmarks.times"),
    _in_application("services", "benchmarks.services"),
)


def run_checks() -> int:
    """What reads the code without running it."""
    return _summary([_run(check) for check in STATIC])


def run_without_engine() -> list[Result]:
    """What the application's environment is enough for; all of it, although something failed."""
    env = {**os.environ, **_in_memory()}
    tests = Check("tests", (*_PYTEST, "-n", "2", "-m", "not engine and not browser"), env)
    return [*_run_two_at_a_time(STATIC), _run(tests)]


def run_with_engine(model: Path, done: Iterable[Result]) -> int:
    """The rest. done: what `run_without_engine` gave, for the summary."""
    env = {**os.environ, **_in_memory(), "CONSULTA_TEST_MODEL": str(model)}
    apart = (Check("dialogue data", _validate(), engine_environment()), *IN_TESTS)
    folders = ("-n", "2", "--dist", "loadscope")  # as tests/conftest.py deals them out
    engine = (*_PYTEST, *folders, "-m", "engine and not browser")
    tests = (
        Check("tests with the engine", engine, env, True),
        Check("tests in the browser", (*_PYTEST, "-n", "2", "-m", "browser"), env, True),
    )
    return _summary([*done, *_run_two_at_a_time(apart), *(_run(check) for check in tests)])


def run_evaluation() -> int:
    """Every measurement that has floors, one after the other."""
    return _summary([_run(check) for check in EVALUATION])


def compare_with_stock() -> int:
    """Ours against Rasa as it comes; it judges nothing, and takes an hour or more."""
    return _summary([_run(_in_engine("stock", "benchmarks.stock"))])


def lock() -> int:
    """Writes the three lock files anew from the .in files, with uv."""
    uv = _find_uv()
    common = ["--quiet", "--generate-hashes", "--universal"]
    common += ["--custom-compile-command", "make lock"]
    app = ["--python-version", "3.11"]
    for name, more in (
        ("app", app),
        ("dev", [*app, "-c", "requirements/app.lock"]),
        ("engine", ["--python-version", "3.10"]),
    ):
        target = LOCKS / f"{name}.lock"
        run_step(
            f"Locking requirements/{name}.in",
            [uv, "pip", "compile", *common, *more, f"requirements/{name}.in", "-o", str(target)],
            f"lock-{name}",
        )
    return 0


def _find_uv() -> str:
    """A uv that starts: a shim may be there and refuse."""
    homes = sorted(Path.home().glob(".pyenv/versions/*/bin/uv"), reverse=True)
    for candidate in (shutil.which("uv"), str(_BIN / "uv"), *map(str, homes)):
        if candidate is None or not Path(candidate).exists():
            continue
        answer = subprocess.run([candidate, "--version"], capture_output=True, check=False)
        if answer.returncode == 0:
            return candidate
    raise StepFailed("make lock needs uv: pip install uv")


def _validate() -> tuple[str, ...]:
    return (
        *(str(DIALOGUE.python), "-m", "rasa", "data", "validate", "--fail-on-warnings"),
        *("--domain", "domain.yml", "--data", "data", "--config", "config.yml"),
    )


def _run(check: Check, *, at_once: bool = True) -> Result:
    """at_once: what it says is shown as it is said, not at its end."""
    title = f"\n=== {check.name}"
    if at_once:
        say(title)
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=check.env,
        stdin=subprocess.DEVNULL,
        stdout=None if at_once else subprocess.PIPE,
        stderr=None if at_once else subprocess.STDOUT,
        check=False,
    )
    if not at_once:
        say(f"{title}\n{done.stdout.decode('utf-8', 'replace').rstrip()}")
    passed = done.returncode == 0 or (check.none_is_well and done.returncode == 5)
    return check.name, passed, time.monotonic() - began


def _run_two_at_a_time(checks: Iterable[Check]) -> list[Result]:
    """For what keeps one core busy; what each says is shown when it has ended."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda check: _run(check, at_once=False), checks))


def _in_memory() -> dict[str, str]:
    """Where the tests' files need not wait for a disk, if there is room for them."""
    memory = Path("/dev/shm")  # noqa: S108
    if memory.is_dir() and shutil.disk_usage(memory).free >= _ROOM:
        return {"PYTEST_DEBUG_TEMPROOT": str(memory)}
    return {}


def _summary(results: list[Result]) -> int:
    say("\n=== summary")
    for name, passed, seconds in results:
        say(f"{'passed' if passed else 'FAILED'}  {name} ({seconds:.0f} s)")
    failed = [name for name, passed, _ in results if not passed]
    say(f"FAILED: {', '.join(failed)}" if failed else "All passed.")
    return 1 if failed else 0
