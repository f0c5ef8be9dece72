"""Long steps, with the seconds counted where somebody waits."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "var" / "setup"
PLAIN_EVERY = 15.0  # seconds between two lines where the output is no terminal
TAIL = 40


class StepFailed(Exception):
    """A step failed; the text is all that its reader needs."""


def say(text: str) -> None:
    """One line to whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run_step(title: str, command: list[str], log: str, env: dict[str, str] | None = None) -> None:
    """Runs a command with its output in `var/setup/<log>.log`. Raises StepFailed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    began = time.monotonic()
    with path.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            code = _wait(process, title, began)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if code != 0:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL:]
        raise StepFailed("\n".join([*lines, f"{title}: failed; all of it is in {path}"]))
    say(f"{_blank()}{title}: done in {time.monotonic() - began:.0f} s")


def _blank() -> str:
    return "\r\x1b[K" if sys.stdout.isatty() else ""


def _wait(process: subprocess.Popen[bytes], title: str, began: float) -> int:
    live = sys.stdout.isatty()
    if not live:
        say(f"{title} ...")
    told = began
    while True:
        try:
            return process.wait(timeout=1.0 if live else 0.5)
        except subprocess.TimeoutExpired:
            now = time.monotonic()
        if live:
            sys.stdout.write(f"\r\x1b[K{title} ... {now - began:.0f} s")
            sys.stdout.flush()
        elif now - told >= PLAIN_EVERY:
            told = now
            say(f"{title} ... {now - began:.0f} s")
