"""The two virtual environments, made from the lock files and never left half-made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.progress import ROOT, run_step, say
from scripts.pythons import APP, ENGINE, find_python

LOCKS = ROOT / "requirements"
_STAMP = ".consulta-stamp"
_UNFINISHED = ".consulta-unfinished"


@dataclass(frozen=True)
class Environment:
    """A virtual environment: its folder, what is it for, the Pythons it may be made with."""

    folder: Path
    title: str
    versions: tuple[tuple[int, int], ...]
    editable: bool

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"


APPLICATION = Environment(ROOT / ".venv", "the application", APP, editable=True)
DIALOGUE = Environment(ROOT / ".venv-engine", "the dialogue engine", ENGINE, editable=False)


def ensure(environment: Environment, *locks: str) -> None:
    """Makes or renews the environment. Any of `locks` will do; the first is what is installed.

    Raises NoPython or StepFailed, and then the next run starts over.
    """
    folder = environment.folder
    stamp = _read_stamp(folder)
    broken = (folder / _UNFINISHED).exists() or not _starts(environment)
    if not broken and any(stamp == _stamp(environment, lock) for lock in locks):
        return
    wanted = stamp.get("lock") if stamp.get("lock") in locks else locks[0]
    _install(environment, str(wanted), anew=broken)


def _install(environment: Environment, lock: str, *, anew: bool) -> None:
    folder = environment.folder
    if anew:
        python = find_python(environment.versions, environment.title.capitalize())
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir()
        (folder / _UNFINISHED).touch()
        run_step(
            f"Making the environment of {environment.title}",
            [str(python), "-m", "venv", str(folder)],
            f"venv-{folder.name.lstrip('.')}",
        )
    (folder / _UNFINISHED).touch()
    stamp = _stamp(environment, lock)
    pip = [str(environment.python), "-m", "pip", "install", "--no-input", "--quiet"]
    run_step(
        f"Installing {environment.title} (requirements/{lock}.lock)",
        [*pip, "--require-hashes", "-r", str(LOCKS / f"{lock}.lock")],
        f"install-{lock}",
    )
    if environment.editable:
        run_step(
            "Linking the checkout",
            [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
            "install-checkout",
        )
    (folder / _STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    (folder / _UNFINISHED).unlink()


def adopt(environment: Environment, lock: str) -> None:
    """Takes an environment that was made by hand from the lock file for finished."""
    stamp = json.dumps(_stamp(environment, lock))
    (environment.folder / _STAMP).write_text(stamp, encoding="utf-8")
    say(f"{environment.folder.name} is taken as made from requirements/{lock}.lock")


def _stamp(environment: Environment, lock: str) -> dict[str, object]:
    content = hashlib.sha256((LOCKS / f"{lock}.lock").read_bytes())
    if environment.editable:  # the entry points are installed from here, the tools' part is not
        project = (ROOT / "pyproject.toml").read_bytes()
        content.update(project.partition(b"[tool.ruff]")[0])
        content.update(os.fsencode(ROOT))
    return {"lock": lock, "hash": content.hexdigest()}


def _read_stamp(folder: Path) -> dict[str, object]:
    try:
        stamp = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _starts(environment: Environment) -> bool:
    check = "import sys, pip; sys.exit(sys.version_info[:2] not in {0})"
    try:
        done = subprocess.run(
            [str(environment.python), "-c", check.format(environment.versions)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
