"""A whole instance as `make run` starts it, on ports and in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from app.cli import cli
from app.run import processes
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 180.0
"""Seconds; the machine may be busy with other tests."""

Json = dict[str, Any]


def own_settings(home: Path, **more: Any) -> Settings:
    """Settings of an instance with three ports that nobody has now."""
    probes = [socket.socket() for _ in range(3)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    port, engine_port, actions_port = (int(probe.getsockname()[1]) for probe in probes)
    for probe in probes:
        probe.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Settings.model_config, "env_file", None)
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        return Settings(
            consulta_home=home,
            port=port,
            engine_port=engine_port,
            actions_port=actions_port,
            **more,
        )


def environment(settings: Settings, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of the instance's processes; no setting of the tester's shell is in it.

    The clinic writes nothing of its own accord unless a test wants it to: the demo's visits are
    near, and their reminders would come between the messages that tests count.
    """
    names = {name.upper() for name in Settings.model_fields}
    return {
        **{name: value for name, value in os.environ.items() if name.upper() not in names},
        "CONSULTA_HOME": str(settings.consulta_home),
        "PORT": str(settings.port),
        "ENGINE_PORT": str(settings.engine_port),
        "ACTIONS_PORT": str(settings.actions_port),
        "OUTREACH": "false",
        **(more or {}),
    }


def wait_until(holds: Callable[[], object], seconds: float, why: str = "") -> None:
    """Looks again and again. Raises AssertionError with why when it does not come true."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, why or "it did not come true in time"
        time.sleep(0.2)


class Instance:
    """One instance: how it is started, asked and stopped."""

    def __init__(
        self, settings: Settings, model: Path, more: Mapping[str, str] | None = None
    ) -> None:
        self.settings = settings
        self.model = model
        self.env = environment(settings, more)
        settings.consulta_home.mkdir(parents=True, exist_ok=True)
        self.log = settings.consulta_home / "run.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the web answers on this machine."""
        return self.settings.local_url

    def start(self) -> float:
        """Starts all of it; seconds until it was ready."""
        began = time.monotonic()
        self.process = self.spawn([sys.executable, "-m", "app.run", "--model", str(self.model)])
        self.wait_until_ready(self.process)
        return time.monotonic() - began

    def start_part(self, name: str) -> subprocess.Popen[bytes]:
        """One of the processes, as `make run` would start it: engine, actions or web."""
        command, env = processes(self.settings, self.model)[name]
        own = {key: value for key, value in env.items() if os.environ.get(key) != value}
        return self.spawn(["sh", "-c", command], {**self.env, **own})

    def spawn(
        self, command: Sequence[str], env: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """A process in a session of its own, so that no signal of the tests' terminal hits it."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                list(command),
                cwd=ROOT,
                env=dict(env or self.env),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Until /readyz says so. Raises AssertionError with the log."""

        with httpx.Client(trust_env=False, timeout=10) as client:

            def ready() -> bool:
                assert process.poll() is None, f"it ended: {self.said()}"
                return self._is_ready(client)

            wait_until(ready, READY_WITHIN, f"not ready; see {self.log}")

    def is_ready(self) -> bool:
        """Whether /readyz answers 200 now."""
        with httpx.Client(trust_env=False, timeout=10) as client:
            return self._is_ready(client)

    def _is_ready(self, client: httpx.Client) -> bool:
        try:
            return client.get(f"{self.url}/readyz").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def said(self) -> str:
        """The end of what its processes wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-4000:]

    def interrupt(self) -> int:
        """Ctrl-C: the exit code of the whole."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def stop(self) -> None:
        """Ends it if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def pids(self) -> list[int]:
        """The processes that belong to this instance, by its home in their environment."""
        mine = f"CONSULTA_HOME={self.settings.consulta_home}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if mine in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    # The command line

    def consulta(self, *arguments: str) -> Any:
        """What a command of `consulta` prints, read as JSON; in a process of its own."""
        command = [sys.executable, "-m", "app.cli", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def _read(self, *arguments: str) -> Any:
        """The same for what only reads, in this process: starting one takes over a second."""
        done = CliRunner().invoke(cli, [*arguments, "--json"], env=self.env)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    def appointments(self, phone: str) -> list[Json]:
        """`consulta appointments`."""
        found: list[Json] = self._read("appointments", "--phone", phone)
        return found

    def messages(self, phone: str) -> list[Json]:
        """`consulta messages`."""
        found: list[Json] = self._read("messages", "--phone", phone)
        return found

    def slots(self, branch: str, service: str, start: str, end: str) -> list[Json]:
        """`consulta slots`, from and to as ISO times."""
        where = ("--branch", branch, "--service", service)
        found: list[Json] = self._read("slots", *where, "--from", start, "--to", end)
        return found

    def quote(self, service: str, branch: str) -> Json:
        """`consulta quote` for the public price."""
        found: Json = self._read("quote", "--service", service, "--branch", branch)
        return found
