"""`consulta outreach --now`: what is due then is begun and sent, and not begun again."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.cli import cli
from app.services import Outreach, Work, open_services, open_workers
from app.settings import Settings
from clinic.appointments import Change
from conversations.tables import MessageRow
from integrations.database import open_database
from integrations.demo.cast import ANA
from integrations.scheduling import open_schedule
from tests import databases
from tests.conftest import NOW

DUE = "2026-03-10T10:00:00-06:00"
"""A day before Ana's visit."""


@pytest.fixture
def sent() -> Iterator[list[dict[str, Any]]]:
    """What a provider on this machine was given; TWILIO_API_BASE_URL leads to it."""
    forms: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            forms.append({name: values[0] for name, values in parse_qs(body).items()})
            answer = json.dumps({"sid": f"SM{len(forms):032d}"}).encode()
            self.send_response(201)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWILIO_API_BASE_URL", f"http://127.0.0.1:{server.server_port}")
        yield forms
    server.shutdown()
    server.server_close()


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo clinic as it was seeded."""
    with databases.fresh("sqlite", tmp_path, databases.aurora) as url:
        monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("CONSULTA_HOME", str(tmp_path))


def outreach(now: str, *more: str) -> Any:
    result = CliRunner().invoke(cli, ["outreach", "--now", now, "--json", *more])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.usefixtures("demo")
def test_what_is_due_is_told_and_sent_once(sent: list[dict[str, Any]]) -> None:
    (begun,) = outreach(DUE)
    assert (begun["kind"], begun["to"]) == ("reminder", ANA.id)
    assert begun["at"] == "2026-03-10T16:00:00+00:00"
    (form,) = sent
    assert form["To"] == ANA.phone
    assert "1 Confirmar" in form["Body"]
    assert "derma" not in form["Body"].lower()
    assert outreach("2026-03-10T10:05:00-06:00") == []
    assert len(sent) == 1


@pytest.mark.usefixtures("demo")
def test_nothing_is_due_at_night(sent: list[dict[str, Any]]) -> None:
    assert outreach("2026-03-10T22:00:00-06:00") == []
    assert sent == []


TIMES = [
    datetime.fromisoformat(f"2026-03-{day}T{hour:02}:00:00-06:00")
    for day, hours in ((10, (7, 10, 18, 22)), (11, (8, 13, 16)), (12, (9, 11)))
    for hour in hours
]
"""Two days with their nights, in which a slot is offered and reminders fall due."""


def free_a_slot(url: str) -> None:
    """Ana cancels, so that Beto may have her time."""
    database = open_database(url)
    schedule = open_schedule(database, lambda: NOW)
    (visit,) = schedule.appointments(ANA.id)
    schedule.cancel(visit.ref, Change("patient", "sms", "test", NOW))
    database.close()


def said(url: str) -> list[tuple[str, str, datetime]]:
    """Whom outreach has told what, and when."""
    database = open_database(url)
    with database.read() as session:
        rows = session.execute(
            select(MessageRow.address, MessageRow.text, MessageRow.at).order_by(
                MessageRow.at, MessageRow.address
            )
        )
        found = [(address, text, at) for address, text, at in rows]
    database.close()
    return found


@pytest.mark.usefixtures("demo")
def test_run_at_each_time_it_says_what_a_worker_would_and_twice_no_more(
    sent: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = (f"sqlite:///{tmp_path}/{name}.db" for name in ("consulta", "worker"))
    free_a_slot(ours)
    shutil.copy(tmp_path / "consulta.db", tmp_path / "worker.db")
    for at in TIMES:
        outreach(at.isoformat())
        assert outreach(at.isoformat()) == []
    by_command = len(sent)

    monkeypatch.setenv("DATABASE_URL", theirs)
    now = [NOW]
    services = open_services(Settings(), lambda: now[0])
    work = Work(
        services.database,
        services.turns,
        services.deliveries,
        services.clock,
        Outreach(services),
    )
    for at in TIMES:
        now[0] = at
        work.sweep()
    services.close()
    assert said(ours) == said(theirs)
    assert len(said(ours)) == by_command == len(sent) - by_command > 3


def test_a_time_that_cannot_be_read_ends_with_code_2() -> None:
    result = CliRunner().invoke(cli, ["outreach", "--now", "tomorrow"])
    assert result.exit_code == 2
    assert "write an ISO time" in result.output


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("wanted", [True, False])
def test_workers_write_of_their_own_accord_unless_told_not_to(
    wanted: bool, sent: list[dict[str, Any]]
) -> None:
    services = open_services(
        Settings(outreach=wanted, sweep_seconds=60), lambda: datetime.fromisoformat(DUE)
    )
    workers = open_workers(services)
    workers.start()
    workers.stop()
    services.close()
    assert len(sent) == wanted
