"""The project's files that trainers change: read together, written whole or not at all."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

from trainer.examples import BadFile

NAMES: Final = ("domain.yml", "data/nlu.yml")
"""In the order in which they are written: an intent is known before it has examples."""
_KEPT: Final = 10


@dataclass(frozen=True, slots=True)
class Files:
    """The bytes of the files at one moment."""

    domain: bytes
    nlu: bytes

    def by_name(self) -> dict[str, bytes]:
        """Their contents, by their names in the project."""
        return dict(zip(NAMES, (self.domain, self.nlu), strict=True))


Written = Callable[[Files, Files], None]


class Project:
    """A folder with domain.yml and data/. shown: where is kept what was shown to trainers.

    written: told before and after of everything that is written.
    """

    def __init__(
        self, folder: Path, shown: Path, written: Written = lambda _before, _after: None
    ) -> None:
        self.folder = folder
        self._shown = shown
        self._written = written

    def read(self) -> Files:
        """What the files say now. Raises BadFile."""
        try:
            return Files(*((self.folder / name).read_bytes() for name in NAMES))
        except OSError as error:
            raise BadFile(f"{Path(str(error.filename)).name} cannot be read") from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Waits until no other process writes through this class; the files are ours until then."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def write(self, before: Files, after: Files) -> None:
        """Replaces what differs, each file at once: readers see the old one or the new one."""
        for name, content in after.by_name().items():
            if content != before.by_name()[name]:
                _replace(self.folder / name, content)
        self._written(before, after)

    def keep(self, token: str, files: Files) -> None:
        """Remembers what the files said when something was shown of them."""
        self._shown.mkdir(parents=True, exist_ok=True)
        kept = sorted(self._shown.glob("*.shown"), key=lambda path: path.stat().st_mtime)
        for path in kept[: -_KEPT * len(NAMES)]:
            path.unlink(missing_ok=True)
        for name, content in files.by_name().items():
            _replace(self._kept(token, name), content)

    def kept(self, token: str) -> Files | None:
        """What they said then; None where it is not known any more."""
        if not _is_token(token):
            return None
        try:
            return Files(*(self._kept(token, name).read_bytes() for name in NAMES))
        except FileNotFoundError:
            return None

    def _kept(self, token: str, name: str) -> Path:
        return self._shown / f"{token}.{Path(name).name}.shown"


def token_of(*states: Files) -> str:
    """Stands for exactly these contents."""
    digest = hashlib.sha256()
    for state in states:
        for content in (state.domain, state.nlu):
            digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def difference(before: Files, after: Files) -> str:
    """What changes, as a unified diff; "" for nothing."""
    found: list[str] = []
    for name, old in before.by_name().items():
        was, is_now = (
            part.decode("utf-8", "replace").splitlines() for part in (old, after.by_name()[name])
        )
        found += unified_diff(was, is_now, name, name, lineterm="", n=2)
    return "\n".join(found)


def _is_token(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _replace(path: Path, content: bytes) -> None:
    """A crash leaves the old file or the new one, never a part."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    with written_beside(path, content, mode) as whole:
        whole.replace(path)


@contextmanager
def written_beside(path: Path, content: bytes, mode: int) -> Iterator[Path]:
    """The content in a file of its own beside `path`, on the disk whole; gone at the end, unless
    it has taken that place."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
