"""What the engine's model is made of, told apart by one number. Standard library only: setting up
asks before there is anything else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
_SOURCES: Final = ("config.yml", "domain.yml", "requirements/engine.lock")
_FOLDERS: Final = (("data", "*"), ("bot", "*.py"))
PROJECT: Final = ("config.yml", "domain.yml", "data")
"""What Rasa trains from."""
# These are no part of a model.
_ONLY_SERVING: Final = frozenset(
    f"bot/{name}.py"
    for name in (
        *("channel", "endpoints", "processor", "serve", "swap", "turn", "vectors", "wishes"),
        *("action_answers", "assess", "measuring"),
    )
)


class MissingSource(Exception):
    """A file that every model is made of is not there; the text is its name."""


def fingerprint(
    root: Path = ROOT, project: Path | None = None, replaced: Mapping[str, bytes] | None = None
) -> str:
    """What the model of the present files is made of, as 16 hexadecimal digits.

    root: the software's folder. project: another folder whose domain.yml, data/ and, where it has
    one, config.yml take the place of the software's. replaced: contents to be taken instead of
    those of the files with these names. Raises MissingSource.
    """
    digest = hashlib.sha256()
    for name, path in sorted(sources(root, project or root).items()):
        try:
            content = (replaced or {}).get(name) or path.read_bytes()
        except FileNotFoundError:
            raise MissingSource(name) from None
        digest.update(name.encode())
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def sources(root: Path, project: Path) -> dict[str, Path]:
    """The files by their names in the software's folder, each where it is."""
    found = {name: _owner(name, root, project) / name for name in _SOURCES}
    for folder, pattern in _FOLDERS:
        owner = _owner(folder, root, project)
        for path in (owner / folder).rglob(pattern):
            name = path.relative_to(owner).as_posix()
            if path.is_file() and not path.name.startswith(".") and name not in _ONLY_SERVING:
                found[name] = path
    return found


def _owner(name: str, root: Path, project: Path) -> Path:
    if name == "config.yml":
        return project if (project / name).is_file() else root
    return project if name in PROJECT else root


def archive_name(of: str) -> str:
    """The file's name of the model with that fingerprint."""
    return f"consulta-{of}.tar.gz"


def fingerprint_in(name: str) -> str | None:
    """The fingerprint in an archive's name; None for a name of another kind."""
    inner = name.removeprefix("consulta-").removesuffix(".tar.gz")
    good = len(inner) == 16 and set(inner) <= set("0123456789abcdef")
    return inner if good and archive_name(inner) == name else None
