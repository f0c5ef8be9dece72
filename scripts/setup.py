"""`python -m scripts.setup <what>`: what the Makefile calls. Standard library only."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts import checks
from scripts.environments import APPLICATION, DIALOGUE, adopt, ensure
from scripts.progress import ROOT, StepFailed, say
from scripts.pythons import APP, ENGINE, NoPython, find_python
from scripts.training import ensure_model, published_model


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One setup at a time in this checkout; the second waits and then finds all done."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "setup.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another setup of this checkout is running; waiting for it ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def prepare(*locks: str) -> None:
    """Both environments. Both Pythons are looked for first, so that nobody waits in vain."""
    find_pythons()
    ensure(APPLICATION, *locks)
    ensure(DIALOGUE, "engine")


def find_pythons() -> None:
    """Those that are still needed. Raises NoPython."""
    for environment, versions in ((APPLICATION, APP), (DIALOGUE, ENGINE)):
        if not environment.folder.exists():
            find_python(versions, environment.title.capitalize())


def run() -> int:
    """Sets up what is missing and becomes the application."""
    with alone():
        prepare("app", "dev")
        model = published_model() or ensure_model()
    python = str(APPLICATION.python)
    os.execv(python, [python, "-m", "app.run", "--model", str(model), "--with-parent"])


def train() -> int:
    """Trains if anything changed and says where the model is."""
    with alone():
        prepare("app", "dev")
        say(str(ensure_model().relative_to(ROOT)))
    return 0


def environments() -> int:
    """Both environments, with all that the checks need."""
    with alone():
        prepare("dev")
    return 0


def evaluate() -> int:
    """How well messages are understood; 1 where a figure has dropped below its floor."""
    train()
    return checks.run_evaluation()


def evaluate_stock() -> int:
    """Our understanding beside stock Rasa's, on the same split."""
    environments()
    return checks.compare_with_stock()


def check() -> int:
    """Formatting, lint, types, layers."""
    environments()
    return checks.run_checks()


def test() -> int:
    """Every check and every test; what needs no engine is tested while the engine is prepared."""
    with alone():
        find_pythons()
        ensure(APPLICATION, "dev")
    with ThreadPoolExecutor(1) as pool:
        model = pool.submit(_engine_with_model)
        done = checks.run_without_engine()
        return checks.run_with_engine(model.result(), done)


def _engine_with_model() -> Path:
    with alone():
        ensure(DIALOGUE, "engine")
        return ensure_model()


def adopt_both() -> int:
    """For environments that were made from the lock files by other means."""
    adopt(APPLICATION, "dev")
    adopt(DIALOGUE, "engine")
    return 0


COMMANDS: dict[str, Callable[[], int]] = {
    "run": run,
    "train": train,
    "environments": environments,
    "check": check,
    "test": test,
    "evaluate": evaluate,
    "evaluate-stock": evaluate_stock,
    "lock": checks.lock,
    "adopt": adopt_both,
}


def main(arguments: list[str]) -> int:
    """Runs one command; 1 with one clear message when it cannot be done."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        say(f"usage: python -m scripts.setup {'|'.join(COMMANDS)}")
        return 2
    try:
        return COMMANDS[arguments[0]]()
    except (NoPython, StepFailed) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped; the next run goes on from here.\n")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
