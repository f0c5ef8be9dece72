"""The engine and the actions as `make run` starts them, on ports and in a folder of their own."""

import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import httpx

from app.model_files import ROOT
from app.run import processes
from app.settings import Settings

_ENGINE_SECONDS = 180.0
_ACTIONS_SECONDS = 60.0


class Process:
    """One of the processes; it may be stopped and started again in the middle of a story."""

    def __init__(self, name: str, command: str, env: dict[str, str], log: Path) -> None:
        self.name = name
        self._command = command
        self._env = env
        self._log = log
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                self._command, shell=True, env=self._env, cwd=ROOT, stdout=log, stderr=log
            )

    def stop(self) -> None:
        """Ends it as a signal does; nothing happens to one that does not run."""
        if self._running is None:
            return
        self._running.send_signal(signal.SIGTERM)
        try:
            self._running.wait(10)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()
        self._running = None

    def wait_until(self, url: str, seconds: float, token: str | None = None) -> None:
        """Until it answers; fails with its log where it ends or takes too long."""
        until = time.monotonic() + seconds
        params = {"token": token} if token else {}
        with httpx.Client(trust_env=False) as client:
            while time.monotonic() < until:
                if self._running is None or self._running.poll() is not None:
                    break
                with suppress(httpx.HTTPError):
                    if client.get(url, params=params).status_code == httpx.codes.OK:
                        return
                time.sleep(0.3)
        said = self._log.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise AssertionError(f"{self.name} does not answer:\n{said}")


class Bot:
    """Both processes of one instance."""

    def __init__(self, settings: Settings, token: str, model: Path) -> None:
        self._settings = settings
        self._token = token
        made = processes(settings, model)
        own = {
            "DATABASE_URL": settings.database_url,
            "ENGINE_PORT": str(settings.engine_port),
            "ACTIONS_PORT": str(settings.actions_port),
            "SANIC_HOST": "127.0.0.1",
        }
        self._engine, self._actions = (
            Process(name, made[name][0], {**made[name][1], **own}, self._log_of(name))
            for name in ("engine", "actions")
        )

    def _log_of(self, name: str) -> Path:
        return self._settings.consulta_home / f"{name}.log"

    def start(self) -> None:
        """Starts both and waits until both answer."""
        self._engine.start()
        self.start_actions()
        status = f"{self._settings.engine_url}/status"
        self._engine.wait_until(status, _ENGINE_SECONDS, self._token)

    def start_actions(self) -> None:
        self._actions.start()
        self._actions.wait_until(f"{self._settings.actions_url}/health", _ACTIONS_SECONDS)

    def stop_actions(self) -> None:
        self._actions.stop()

    def stop(self) -> None:
        self._engine.stop()
        self._actions.stop()
