"""All together or not at all: no orphan, whatever ends the supervisor."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SCRIPT = """
import multiprocessing, sys
from app.supervisor import Supervisor, say

multiprocessing.set_start_method("fork")
supervisor = Supervisor(waiting_for=lambda: "", welcome=lambda: "all is ready")
{processes}
supervisor.loop()
say(f"ended first: {{supervisor.first_to_end}}")
"""
_TELL = 'os.write(1, b"%d\\n" % os.getpid()); time.sleep(60)'  # a line in one piece
# A server with a process of its own beneath it, as gunicorn is.
SERVER = f"exec {{python}} -c 'import os,time; os.fork(); {_TELL}'"
STUBBORN = (
    "exec {python} -c 'import os,signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    f"{_TELL}'"
)


class Started:
    """A supervisor in a process of its own."""

    def __init__(self, log: Path, commands: dict[str, str]) -> None:
        adding = "\n".join(
            f"supervisor.add_process({name!r}, {command.format(python=sys.executable)!r})"
            for name, command in commands.items()
        )
        self._log = log
        self._wanted = sum(
            ("os.write" in command) + ("os.fork" in command) for command in commands.values()
        )
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", textwrap.dedent(SCRIPT).format(processes=adding)],
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def pids(self) -> list[int]:
        """Every process under the supervisor, once all have told theirs."""
        wait_until(lambda: len(self._told()) >= self._wanted)
        return self._told()

    def _told(self) -> list[int]:
        words = [line.rpartition("| ")[2].strip() for line in self.output.splitlines()]
        return [int(word) for word in words if word.isdigit()]


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][0]
    except OSError:
        return False
    return state != "Z"


Start = Callable[[dict[str, str]], Started]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Started] = []

    def begin(commands: dict[str, str]) -> Started:
        started.append(Started(tmp_path / f"{len(started)}.log", commands))
        return started[-1]

    yield begin
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything(start: Start, sign: signal.Signals) -> None:
    supervisor = start({"web": SERVER, "actions": SERVER})
    pids = supervisor.pids()
    supervisor.process.send_signal(sign)
    supervisor.process.wait(timeout=20)
    wait_until(lambda: not any(alive(pid) for pid in pids))
    assert "ended first: None" in supervisor.output


def test_what_ignores_the_signal_is_ended_all_the_same(start: Start) -> None:
    supervisor = start({"web": STUBBORN})
    (pid,) = supervisor.pids()
    supervisor.process.send_signal(signal.SIGTERM)
    supervisor.process.wait(timeout=20)
    assert not alive(pid)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's word is Linux's")
def test_a_killed_supervisor_leaves_no_orphan(start: Start) -> None:
    supervisor = start({"web": SERVER, "engine": STUBBORN})
    pids = supervisor.pids()
    os.kill(supervisor.process.pid, signal.SIGKILL)
    supervisor.process.wait()
    wait_until(lambda: not any(alive(pid) for pid in pids))


def test_one_that_ends_by_itself_ends_all_and_is_named(start: Start) -> None:
    supervisor = start({"web": SERVER, "engine": "exec sleep 0.5"})
    pids = supervisor.pids()
    supervisor.process.wait(timeout=20)
    wait_until(lambda: not any(alive(pid) for pid in pids))
    assert "ended first: engine" in supervisor.output


def test_it_says_when_all_is_ready(start: Start) -> None:
    supervisor = start({"web": SERVER})
    wait_until(lambda: "all is ready" in supervisor.output)
