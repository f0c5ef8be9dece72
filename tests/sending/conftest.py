"""The local Twilio on the loopback, with an engine that answers every turn the same."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, jsonify, request
from werkzeug.serving import make_server

from app.account import resolve_account
from app.services import Services, open_services
from app.settings import Settings
from simulator.twilio import LocalTwilio, Setup
from simulator.twilio import create_blueprint as create_twilio_blueprint
from tests import databases


@dataclass
class Outside:
    """What our processes reach: Twilio and the engine; `services` are the test's own."""

    settings: Settings
    twilio: LocalTwilio
    services: Services

    @property
    def bodies(self) -> list[str]:
        """All that Twilio has taken, in order."""
        with self.twilio.state.changed:
            return [message.body for message in self.twilio.state.messages.values()]


@pytest.fixture(params=databases.KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of a migrated database."""
    with databases.fresh(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def open_outside(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Callable[..., Outside]]:
    """Opens it over a database; each process sees the same by its settings."""
    closing: list[Callable[[], object]] = []

    def open_(url: str, **more: Any) -> Outside:
        port = free_port()
        settings = Settings(
            consulta_home=tmp_path / "home",
            port=port,
            engine_port=free_port(),
            actions_port=free_port(),
            database_url=url,
            engine_url=f"http://127.0.0.1:{port}",
            outreach=False,
            sweep_seconds=0.2,
            **more,
        )
        outside = Outside(settings, _twilio(settings), open_services(settings))
        server = make_server("127.0.0.1", port, _app(outside.twilio), threaded=True)
        serving = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        serving.start()
        closing.extend([outside.services.close, outside.twilio.close, server.shutdown])
        closing.extend([serving.join, server.server_close])
        return outside

    yield open_
    for close in closing:
        close()


def _twilio(settings: Settings) -> LocalTwilio:
    """It calls nobody back: what became of a message is only in its list."""
    account = resolve_account(settings)
    numbers = account.sms_from, account.whatsapp_from, account.voice_from
    return LocalTwilio(Setup(account.account_sid, account.auth_token, settings.local_url, *numbers))


def _app(twilio: LocalTwilio) -> Flask:
    app = Flask("outside", root_path=".")
    app.register_blueprint(create_twilio_blueprint(twilio))

    @app.post("/webhooks/consulta/turn")
    def turn() -> Any:
        said = request.get_json()["text"]
        return jsonify(messages=[{"text": f"answer to {said}"}], understood={})

    return app
