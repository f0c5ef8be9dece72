"""The one web application: its doors, its health, its figures, and what it never shows."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from app.secrets import engine_token
from app.services import Services, open_services
from app.settings import Settings
from app.web import MAX_BODY, create_app
from conversations.model import Inbound


@pytest.fixture
def services(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Services]:
    opened = open_services(settings, clock)
    opened.database.migrate()
    yield opened
    opened.close()


@pytest.fixture
def app(services: Services) -> Flask:
    return create_app(services)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def listen() -> Iterator[Callable[[int, str], None]]:
    """Makes something answer 200 at a path of a port, and 404 or 401 elsewhere."""
    servers: list[ThreadingHTTPServer] = []

    def begin(port: int, target: str) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == target else 401)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        servers.append(ThreadingHTTPServer(("127.0.0.1", port), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


def test_it_is_healthy_although_nothing_else_runs(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_it_is_not_ready_without_engine_and_actions(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"database": True, "engine": False, "actions": False}


def test_it_is_ready_once_all_answer(
    client: FlaskClient, settings: Settings, listen: Callable[[int, str], None]
) -> None:
    listen(settings.engine_port, f"/status?token={engine_token(settings)}")
    listen(settings.actions_port, "/health")
    assert client.get("/readyz").status_code == 200


def test_a_database_without_tables_is_not_ready(
    settings: Settings, clock: Callable[[], datetime]
) -> None:
    services = open_services(settings, clock)
    answer = create_app(services).test_client().get("/readyz")
    services.close()
    assert answer.json is not None
    assert answer.json["database"] is False


@pytest.mark.parametrize(
    ("language", "word"), [("es", "Simulador"), ("pt", "Console da equipe"), ("en", "Metrics")]
)
def test_the_start_page_speaks_three_languages(
    client: FlaskClient, language: str, word: str
) -> None:
    assert word in client.get(f"/?lang={language}").text
    assert word in client.get("/", headers={"Accept-Language": language}).text


def test_the_start_page_has_the_links_and_no_script(client: FlaskClient) -> None:
    page = client.get("/").text
    for link in ("/console/", "/simulator/", "/metrics"):
        assert f'href="{link}"' in page
    assert "<script" not in page
    assert "style=" not in page


def test_every_page_carries_a_content_policy(app: Flask, client: FlaskClient) -> None:
    for path in ("/", "/healthz", "/metrics", "/nowhere", "/console/", "/simulator/"):
        with client.get(path) as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_with_a_real_account_there_is_no_simulator(
    settings: Settings, clock: Callable[[], datetime]
) -> None:
    real = settings.model_copy(
        update={"twilio_account_sid": "AC" + "d" * 32, "twilio_auth_token": SecretStr("token")}
    )
    services = open_services(real, clock)
    services.database.migrate()
    client = create_app(services).test_client()
    assert client.get("/simulator/").status_code == 404
    assert "/simulator/" not in client.get("/").text
    services.close()


def test_a_request_too_large_is_refused(client: FlaskClient) -> None:
    body = "x" * (MAX_BODY + 1)
    answer = client.post("/console/sign-in", data={"name": body})
    assert answer.status_code in {400, 404, 413}


def test_an_error_shows_no_traceback_and_logs_no_data(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(services)

    def broken() -> str:
        raise RuntimeError("Ana Torres")

    app.add_url_rule("/broken", view_func=broken)
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "Ana" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_figures_count_messages_without_telling_whose(
    services: Services, client: FlaskClient
) -> None:
    services.turns.receive(
        Inbound("sms", "SM1", "+525500000001", "+525550000100", "Hola", services.clock())
    )
    figures = client.get("/metrics").text
    assert 'consulta_messages{channel="sms",direction="in",state="waiting"} 1.0' in figures
    assert "5500000001" not in figures
    assert "Hola" not in figures


def test_figures_name_routes_and_not_addresses(client: FlaskClient) -> None:
    client.get("/nowhere/5500000001")
    figures = client.get("/metrics").text
    assert "5500000001" not in figures
    assert 'endpoint="none",' in figures
