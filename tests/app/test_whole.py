"""All of Consulta as `make run` starts it: ready, answering, and gone without a trace."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from twilio.request_validator import RequestValidator

from app.account import SIMULATED_SID
from app.secrets import engine_token, twilio_auth_token
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
BETO = "+525500000002"
READY_WITHIN = 180.0

pytestmark = pytest.mark.engine


class Whole:
    """One instance, running."""

    def __init__(self, settings: Settings, model: Path, log: Path) -> None:
        self.settings = settings
        self.log = log
        self.env = {
            **os.environ,
            "CONSULTA_HOME": str(settings.consulta_home),
            "PORT": str(settings.port),
            "ENGINE_PORT": str(settings.engine_port),
            "ACTIONS_PORT": str(settings.actions_port),
        }
        command = [sys.executable, "-m", "app.run", "--model", str(model)]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=output, stderr=subprocess.STDOUT
            )

    def wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        with httpx.Client(base_url=self.settings.local_url) as client:
            while time.monotonic() < until:
                assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
                with suppress(httpx.HTTPError):
                    if client.get("/readyz").status_code == 200:
                        return
                time.sleep(0.3)
        pytest.fail(f"not ready in time: {self.log.read_text(encoding='utf-8')}")

    def text(self, words: str) -> httpx.Response:
        """Beto's message, as Twilio brings it."""
        url = f"{self.settings.local_url}/twilio/sms"
        form = {
            "MessageSid": f"SM{uuid.uuid4().hex}",
            "AccountSid": SIMULATED_SID,
            "From": BETO,
            "To": self.settings.twilio_sms_from,
            "Body": words,
            "NumMedia": "0",
        }
        signer = RequestValidator(twilio_auth_token(self.settings))
        headers = {"X-Twilio-Signature": signer.compute_signature(url, form)}
        return httpx.post(url, data=form, headers=headers, timeout=15)

    def thread(self) -> list[dict[str, Any]]:
        command = [sys.executable, "-m", "app.cli", "messages", "--phone", BETO, "--json"]
        done = subprocess.run(command, env=self.env, capture_output=True, check=True)
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    def pids(self) -> list[int]:
        """The processes that belong to this instance, by its own home in their environment."""
        mine = f"CONSULTA_HOME={self.settings.consulta_home}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if mine in (entry / "environ").read_bytes().split(b"\0"):
                        found.append(int(entry.name))
                except OSError:
                    continue
        return found


@pytest.fixture
def whole(settings: Settings, trained_model: Path, tmp_path: Path) -> Iterator[Whole]:
    running = Whole(settings, trained_model, tmp_path / "run.log")
    try:
        running.wait_until_ready()
        yield running
    finally:
        if running.process.poll() is None:
            running.process.terminate()
            running.process.wait(30)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_make_run_answers_a_patient_keeps_its_secrets_and_leaves_no_orphan(whole: Whole) -> None:
    assert whole.text("¿cuáles son los horarios de la sucursal Roma?").status_code == 200
    until = time.monotonic() + 30
    thread = whole.thread()
    while thread[-1]["direction"] != "out":
        assert time.monotonic() < until, thread
        time.sleep(0.3)
        thread = whole.thread()
    assert thread[0]["intent"] == "ask_hours"

    settings = whole.settings
    status = f"{settings.engine_url}/status"
    assert httpx.get(status).status_code == 401
    token = engine_token(settings)
    assert httpx.get(status, params={"token": token}).status_code == 200
    lines = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in whole.pids()]
    assert lines
    assert not any(token.encode() in line for line in lines)

    whole.process.send_signal(signal.SIGTERM)
    assert whole.process.wait(30) == 0
    until = time.monotonic() + 10
    while whole.pids():
        assert time.monotonic() < until
        time.sleep(0.1)
    log = whole.log.read_text(encoding="utf-8")
    assert BETO[-6:] not in log
    assert "Consulta is ready." in log
