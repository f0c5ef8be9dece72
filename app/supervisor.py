"""honcho's manager, made to leave no orphan, to say when all is ready and who ended first."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from honcho.manager import Manager
from honcho.process import Popen, Process

from app.processes import end_with_parent

TOLD_EVERY = 15.0  # seconds between two lines while everything starts
PATIENCE = 6.0  # seconds from asking the processes to end to ending them
GRACE = 3.0  # seconds that the processes get to end when the supervisor was killed


def say(text: str) -> None:
    """One or more lines to whoever started it."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Supervisor(Manager):  # type: ignore[misc]
    """Runs processes until one ends or a signal comes; then ends them all.

    waiting_for: what is not ready yet, empty once all is. welcome: what is said then.
    """

    def __init__(self, waiting_for: Callable[[], str], welcome: Callable[[], str]) -> None:
        super().__init__()
        self._process_ctor = _Watcher
        self._waiting_for = waiting_for
        self._welcome = welcome
        self.first_to_end: str | None = None

    def _start(self) -> None:
        super()._start()  # the watchers are forked before there is any thread
        threading.Thread(target=self._announce, name="announce", daemon=True).start()

    def terminate(self) -> None:
        """Ends all; remembers which one had ended by itself."""
        if not self._terminating:
            ended = [name for name, each in self._processes.items() if "returncode" in each]
            self.first_to_end = ended[0] if ended else None
            # honcho itself waits for ever when none of them obeys.
            last_word = threading.Timer(PATIENCE, self.kill)
            last_word.daemon = True
            last_word.start()
        super().terminate()

    def _announce(self) -> None:
        began = told = time.monotonic()
        while not self._terminating:
            waiting = self._waiting_for()
            if not waiting:
                say(self._welcome())
                return
            if time.monotonic() - told >= TOLD_EVERY:
                told = time.monotonic()
                say(f"Starting ... {told - began:.0f} s, waiting for {waiting}")
            time.sleep(0.5)


class _Watcher(Process):  # type: ignore[misc]
    """honcho's watcher of one process, itself a process.

    When the supervisor is killed it ends its process with the whole group; when the watcher is
    killed too, the kernel ends the process.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._child_ctor = _start_child

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Runs in the watcher's own process."""
        supervisor = multiprocessing.parent_process()
        signal.signal(signal.SIGUSR1, self._supervisor_gone)
        end_with_parent(signal.SIGUSR1, supervisor.pid if supervisor else None)
        super().run(events, ignore_signals)

    def _supervisor_gone(self, _signal: int, _frame: object) -> None:
        if self._child is not None:
            for sign, grace in ((signal.SIGTERM, GRACE), (signal.SIGKILL, 0.0)):
                try:
                    os.killpg(self._child.pid, sign)
                except ProcessLookupError:
                    break
                self._await_end(grace)
        os._exit(1)

    def _await_end(self, seconds: float) -> None:
        """Leaves its process as it is found: reaping is the interrupted code's own work."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ended = os.waitid(os.P_PID, self._child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is not None:
                return
            time.sleep(0.05)


def _start_child(command: str, **options: Any) -> subprocess.Popen[bytes]:
    watcher = os.getpid()
    child: subprocess.Popen[bytes] = Popen(
        command, preexec_fn=lambda: end_with_parent(signal.SIGKILL, watcher), **options
    )
    return child
