"""Finding Python 3.10 and 3.11+ wherever they are; each is proven by running it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

APP = ((3, 11), (3, 12), (3, 13), (3, 14))
"""What the application runs on, best tried first."""
ENGINE = ((3, 10),)
"""The only Python that the engine runs on."""

FOLDERS = ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
"""Where Pythons are although PATH may not say so."""

# What a virtual environment and the libraries need of an interpreter; Debian ships some apart.
_PROOF = (
    "import ctypes, ensurepip, sqlite3, ssl, struct, sys, venv;"
    "sys.exit(struct.calcsize('P') != 8 or sys.version_info[:2] != ({0}, {1}))"
)


class NoPython(Exception):
    """No such interpreter was found; the text says how to get one."""


def find_python(versions: tuple[tuple[int, int], ...], what: str) -> Path:
    """An interpreter of one of these versions, the first version preferred. Raises NoPython."""
    for version in versions:
        for candidate in candidates(version):
            if works(candidate, version):
                return candidate
    wanted = " or ".join(f"{major}.{minor}" for major, minor in versions)
    major, minor = versions[0]
    raise NoPython(
        f"{what} needs Python {wanted} (with venv), and none was found: get it with "
        f"'uv python install {major}.{minor}' or 'pyenv install {major}.{minor}', and run it again."
    )


def candidates(version: tuple[int, int]) -> Iterator[Path]:
    """Where an interpreter of that version may be: PATH, pyenv, uv, the usual folders."""
    name = f"python{version[0]}.{version[1]}"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for each in (name, "python3", "python"):
            path = Path(folder or ".") / each
            if path.is_file() and os.access(path, os.X_OK):
                yield path
    for root in _pyenv_roots():
        for home in sorted(root.glob(f"versions/{version[0]}.{version[1]}*"), reverse=True):
            yield home / "bin" / name
    for home in sorted(_uv_home().glob(f"cpython-{version[0]}.{version[1]}*"), reverse=True):
        yield home / "bin" / name
    for folder in FOLDERS:
        yield Path(folder) / name


def works(candidate: Path, version: tuple[int, int]) -> bool:
    """Whether it starts, has that version and can make a virtual environment."""
    try:
        done = subprocess.run(
            [str(candidate), "-c", _PROOF.format(*version)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _pyenv_roots() -> Iterator[Path]:
    if named := os.environ.get("PYENV_ROOT"):
        yield Path(named)
    yield Path.home() / ".pyenv"
    if pyenv := shutil.which("pyenv"):
        try:
            answer = subprocess.run(
                [pyenv, "root"], capture_output=True, text=True, timeout=30, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return
        if answer.returncode == 0 and answer.stdout.strip():
            yield Path(answer.stdout.strip())


def _uv_home() -> Path:
    if named := os.environ.get("UV_PYTHON_INSTALL_DIR"):
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "uv" / "python"
