"""The engine's client against a real server on the loopback."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from conversations.model import Choice, Utterance
from conversations.ports import EngineDown, EngineFailed
from integrations.engine import HttpEngine

TOKEN = "engine-token"
GOOD = {
    "messages": [
        {
            "text": "¿Confirmas?",
            "buttons": [{"title": "Sí", "payload": "/affirm", "description": "mañana 10:00"}],
        },
        {"text": "Aquí estoy"},
    ],
    "understood": {
        "intent": "confirm_appointment",
        "confidence": 0.93,
        "ranking": [{"name": "confirm_appointment", "confidence": 0.93}],
        "entities": [{"entity": "x", "value": "y"}],
    },
    "flow": "cancel_form",
}


class Server(ThreadingHTTPServer):
    """Answers as told and remembers what it was asked."""

    daemon_threads = True
    status = 200
    body: bytes = json.dumps(GOOD).encode()
    delay = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None, Any]] = []
        self.peers: set[tuple[str, int]] = set()


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization"), body))
        self.server.peers.add(self.client_address)
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def engine(server: Server) -> Iterator[HttpEngine]:
    engine = HttpEngine(f"http://127.0.0.1:{server.server_port}", TOKEN, timeout=2.0)
    yield engine
    engine.close()


def _ask(engine: HttpEngine, text: str | None = "sí", payload: str | None = None) -> Any:
    return engine.turn("c" * 32, "t" * 32, text=text, payload=payload, language="es", channel="sms")


def test_a_turn_is_asked_and_read(server: Server, engine: HttpEngine) -> None:
    reply = _ask(engine)
    assert reply.utterances == (
        Utterance("¿Confirmas?", (Choice("Sí", "/affirm", "mañana 10:00"),)),
        Utterance("Aquí estoy"),
    )
    assert reply.understanding.ranking == (("confirm_appointment", 0.93),)
    assert reply.flow == "cancel_form"
    assert server.asked == [
        (
            "/webhooks/consulta/turn",
            f"Bearer {TOKEN}",
            {
                "sender": "c" * 32,
                "text": "sí",
                "metadata": {"turn": "t" * 32, "language": "es", "channel": "sms"},
            },
        )
    ]


def test_the_model_that_answered_is_read_where_the_engine_tells_it(
    server: Server, engine: HttpEngine
) -> None:
    assert _ask(engine).model is None
    for told, kept in (("consulta-1234", "consulta-1234"), ("x" * 5000, "x" * 40), ("", None)):
        server.body = json.dumps({**GOOD, "model": told}).encode()
        assert _ask(engine).model == kept


def test_a_payload_goes_as_a_payload(server: Server, engine: HttpEngine) -> None:
    _ask(engine, None, "/menu")
    body = server.asked[0][2]
    assert body["payload"] == "/menu"
    assert "text" not in body


@pytest.mark.parametrize(("text", "payload"), [(None, None), ("a", "/menu")])
def test_a_turn_is_a_text_or_a_payload(
    engine: HttpEngine, text: str | None, payload: str | None
) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        _ask(engine, text, payload)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, EngineFailed),
        (401, EngineDown),
        (404, EngineFailed),
        (409, EngineFailed),
        (500, EngineFailed),
        (502, EngineDown),
        (503, EngineDown),
        (504, EngineDown),
        (302, EngineFailed),
    ],
)
def test_every_status_has_its_meaning(
    server: Server, engine: HttpEngine, status: int, error: type[Exception]
) -> None:
    server.status = status
    with pytest.raises(error):
        _ask(engine)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"<html>",
        b'{"messages": []}',
        b'{"messages": "hola", "understood": {}}',
        b'{"messages": [], "understood": {}}',
        b'{"messages": [{"text": "  "}], "understood": {}}',
        b'{"messages": [{"text": "x", "buttons": [{"title": "y"}]}], "understood": {}}',
        b'{"messages":[{"text":"x","buttons":[{"title":"y","payload":"z"}]}],"understood":{}}',
    ],
)
def test_a_malformed_or_silent_answer_is_a_failure(
    server: Server, engine: HttpEngine, body: bytes
) -> None:
    server.body = body
    with pytest.raises(EngineFailed):
        _ask(engine)


def test_a_slow_engine_is_down(server: Server) -> None:
    server.delay = 0.6
    engine = HttpEngine(f"http://127.0.0.1:{server.server_port}", TOKEN, timeout=0.2)
    with pytest.raises(EngineDown):
        _ask(engine)
    engine.close()


def test_an_engine_that_is_not_there_is_down_and_not_ready(free_port: Any) -> None:
    engine = HttpEngine(f"http://127.0.0.1:{free_port()}", TOKEN, timeout=1.0)
    with pytest.raises(EngineDown):
        _ask(engine)
    assert engine.ready() is False
    engine.close()


@pytest.mark.parametrize(
    ("status", "ready"), [(400, True), (401, False), (503, False), (500, False)]
)
def test_ready_means_that_a_turn_would_be_taken(
    server: Server, engine: HttpEngine, status: int, ready: bool
) -> None:
    server.status = status
    assert engine.ready() is ready


def test_connections_are_reused(server: Server, engine: HttpEngine) -> None:
    for _ in range(5):
        _ask(engine)
    assert len(server.peers) == 1


def test_neither_words_nor_token_are_logged(
    server: Server, engine: HttpEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    server.status = 500
    with pytest.raises(EngineFailed):
        _ask(engine, "me llamo Ana")
    kept = "\n".join(record.getMessage() for record in caplog.records)
    assert "Ana" not in kept
    assert TOKEN not in kept


def test_texts_become_vectors(server: Server, engine: HttpEngine) -> None:
    server.body = json.dumps({"vectors": [[1.0, 0.0], [0.6, 0.8]]}).encode()
    assert engine.vectors(["a", "b"], timeout=5) == [[1.0, 0.0], [0.6, 0.8]]
    path, token, body = server.asked[-1]
    assert (path, token) == ("/webhooks/consulta/vectors", f"Bearer {TOKEN}")
    assert body == {"texts": ["a", "b"]}


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"vectors": [[1.0]]}', b'{"vectors": [[1.0], [1.0, 2.0]]}']
)
def test_an_answer_with_other_vectors_is_refused(
    server: Server, engine: HttpEngine, body: bytes
) -> None:
    server.body = body
    with pytest.raises(EngineFailed):
        engine.vectors(["a", "b"], timeout=5)


def test_vectors_that_take_too_long_are_not_waited_for(server: Server, engine: HttpEngine) -> None:
    server.delay = 1.0
    with pytest.raises(EngineDown):
        engine.vectors(["a"], timeout=0.2)
