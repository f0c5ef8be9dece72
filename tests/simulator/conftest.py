"""A small clinic of the tests' own, with the local Twilio beside it, on a free port."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

from integrations.twilio import TwilioAccount
from simulator.phone import Phone
from simulator.twilio import LocalTwilio, Setup
from simulator.twilio import create_blueprint as create_twilio_blueprint
from simulator.web import create_page
from tests.simulator.stores import FakeStores

SID, TOKEN = "AC" + "a" * 32, "a-token-of-the-tests"
CLINIC, SERVICE = "+525550000100", "MG" + "b" * 32
Script = Callable[[Mapping[str, str]], tuple[str, str, int]]


def xml(text: str) -> tuple[str, str, int]:
    return text, "text/xml", 200


def empty(_form: Mapping[str, str]) -> tuple[str, str, int]:
    return xml("<Response/>")


@dataclass
class Hit:
    """A webhook as the clinic got it."""

    path: str
    form: dict[str, str]
    headers: dict[str, str]
    signed: bool


@dataclass
class FakeClinic:
    """Answers webhooks by script and keeps what came."""

    scripts: dict[str, Script] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def answer(self, _: str) -> Response:
        base = f"http://{request.host}"
        url = base + request.environ["RAW_URI"]
        signature = request.headers.get("X-Twilio-Signature", "")
        params = request.form.to_dict() if request.method == "POST" else {}
        signed = RequestValidator(TOKEN).validate(url, params, signature)
        form = {**request.args.to_dict(), **request.form.to_dict()}
        with self.arrived:
            self.hits.append(Hit(request.path, form, dict(request.headers), signed))
            self.arrived.notify_all()
        body, content_type, status = self.scripts.get(request.path, empty)(form)
        return Response(body, status, content_type=content_type)

    def wait_for(self, count: int, path: str, timeout: float = 10) -> list[Hit]:
        """The first `count` webhooks at that path."""
        with self.arrived:
            came = self.arrived.wait_for(lambda: len(self.at(path)) >= count, timeout)
        assert came, f"{len(self.at(path))} of {count} came to {path}"
        return self.at(path)[:count]

    def at(self, path: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.path == path]


@dataclass
class MovingClock:
    """The local Twilio's clock; `now` may be moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class World:
    """Everything a test touches."""

    url: str
    twilio: LocalTwilio
    clinic: FakeClinic
    account: TwilioAccount
    stores: FakeStores
    clock: MovingClock

    def phone(self, number: str = "+525500000001", **more: Any) -> Phone:
        return Phone(self.url, number, **more)

    def client(self) -> Any:
        return self.account.client()

    def voice(self, path: str, twiml: str) -> None:
        self.clinic.scripts[path] = lambda _form: xml(twiml)


@pytest.fixture
def world() -> Iterator[World]:
    app, clinic = Flask(__name__), FakeClinic()
    app.add_url_rule("/twilio/<path:_>", "hook", clinic.answer, methods=["POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    setup = Setup(SID, TOKEN, url, CLINIC, CLINIC, CLINIC, SERVICE)
    clock = MovingClock(datetime.now(UTC))
    twilio = LocalTwilio(setup, clock)
    behaviour = twilio.state.behaviour
    behaviour.sent_after, behaviour.delivered_after, behaviour.read_after = 0.02, 0.05, 0.08
    stores = FakeStores()
    app.register_blueprint(create_page(stores, twilio))
    app.register_blueprint(create_twilio_blueprint(twilio))
    account = TwilioAccount(SID, TOKEN, f"{url}/simulator/twilio", CLINIC, CLINIC, CLINIC, "", url)
    made = World(url, twilio, clinic, account, stores, clock)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    twilio.close()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def openapi() -> str:
    folder = os.environ.get("TWILIO_OPENAPI_DIR")
    if not folder:
        pytest.skip("TWILIO_OPENAPI_DIR is not set")
    return folder
