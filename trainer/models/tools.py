"""The tools that a training calls: other processes, watched, stopped when it is wanted so."""

import os
import re
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from app.model_files import ROOT
from app.processes import end_with_parent

BEATS: Final = 1.0  # seconds between two looks at whether to go on
_TAIL: Final = 12
_LONGEST: Final = 2000
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")
_PLACE: Final = re.compile(r"^\S+\.py:\d+: (?=\w+Warning: )")
_NOISE: Final = re.compile(
    r" (INFO|DEBUG) |it/s|not used in any story or rule|not found in the NLU training data"
    r"|[Tt]ensor[Ff]low|TF-TRT|oneDNN"
)
_PATIENCE: Final = 3.0  # seconds from asking a tool to end to ending it

GoOn = Callable[[], bool]
Told = Callable[[str], None]


class Stopped(Exception):
    """Somebody wants the training stopped."""


class Interrupted(Exception):
    """Whoever works on the training has to end."""


class ToolFailed(Exception):
    """A tool ended with an error; the text is the end of what it said."""


def tool_environment() -> dict[str, str]:
    """What the engine's Python needs. Settings of the instance are none of its business."""
    own = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT", "USER")
    return {
        **{name: os.environ[name] for name in own if name in os.environ},
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def run_tool(
    command: Sequence[str],
    *,
    log: Path,
    go_on: GoOn,
    told: Told = lambda _line: None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Runs a tool to its end. Its standard output goes line by line to `told`, all else to `log`.

    go_on: asked every second. Raises Stopped, ToolFailed and what
    `go_on` does; the tool and all that it began
    have ended then.
    """
    with log.open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603  (our own tools, with files of our own)
            list(command),
            cwd=ROOT,
            env=dict(env or tool_environment()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(signal.SIGTERM),  # noqa: PLW1509  (one thread)
        )
        try:
            _follow(process, go_on, told, log)
        finally:
            _end(process)
    if process.returncode != 0:
        raise ToolFailed(_tail(log))


def _follow(process: subprocess.Popen[bytes], go_on: GoOn, told: Told, log: Path) -> None:
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    rest, looked = b"", time.monotonic()
    with selectors.DefaultSelector() as selector, log.with_suffix(".out").open("wb") as copy:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            ready = selector.select(timeout=0.5)
            data = process.stdout.read() if ready else None
            if data:
                copy.write(data)
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    told(line.decode("utf-8", "replace"))
            if data == b"" or (not data and process.poll() is not None):
                process.wait()
                return
            if time.monotonic() - looked >= BEATS:
                looked = time.monotonic()
                if not go_on():
                    raise Stopped


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends its whole session, gently first."""
    for sign, wait in ((signal.SIGTERM, _PATIENCE), (signal.SIGKILL, _PATIENCE)):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            continue
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _tail(log: Path) -> str:
    """The end of what a tool said, without what it says every time."""
    lines: list[str] = []
    for path in (log.with_suffix(".out"), log):
        said = _COLOURS.sub("", path.read_text(encoding="utf-8", errors="replace"))
        lines += (_PLACE.sub("", line).strip() for line in said.splitlines())
    telling = [line for line in lines if line and not _NOISE.search(line)] or lines
    return "\n".join(dict.fromkeys(telling[-_TAIL:]))[-_LONGEST:]
