"""What sending costs and how it keeps to a rate: `python -m benchmarks.sending [MESSAGES]`.

Sends through the local Twilio, over HTTP on the loopback, from processes of their own: what is
measured is ours and not Twilio's. DATABASE_URL may name an empty database, else a SQLite file is
made; REDIS_URL a Redis for the rates of two workers.
"""

import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import event, func, select, update
from werkzeug.serving import WSGIRequestHandler, make_server

from app.account import resolve_account
from app.services import Services, open_services
from app.settings import Settings
from conversations.model import Delivery
from conversations.pace import ROOM
from conversations.tables import MessageRow
from simulator.twilio import LocalTwilio, Setup, create_blueprint

MESSAGES = 300
RATE, SPAN = 2.0, 30.0
"""Segments a second that are agreed for the measurement, and how many seconds it sends."""
STORM = 5
"""How many requests in a row are refused with 20429."""


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_: object) -> None:
        pass


def play_twilio(settings: Settings, refuse: int) -> None:
    """The local Twilio until its process ends; the first requests are refused as too many."""
    account = resolve_account(settings)
    numbers = account.sms_from, account.whatsapp_from, account.voice_from
    setup = Setup(account.account_sid, account.auth_token, settings.local_url, *numbers)
    twilio = LocalTwilio(setup)
    twilio.state.behaviour.refuse = [20429] * refuse
    app = Flask("twilio", root_path=".")
    app.register_blueprint(create_blueprint(twilio))
    make_server(
        "127.0.0.1", settings.port, app, threaded=True, request_handler=_Quiet
    ).serve_forever()


@contextmanager
def clinic(home: str, refuse: int = 0, **more: Any) -> Iterator[Services]:
    """The parts of an instance, with a Twilio beside it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    settings = Settings(consulta_home=Path(home), port=port, **more)
    services = open_services(settings)
    services.database.migrate()
    twilio = start(play_twilio, settings, refuse)
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        time.sleep(0.1)
    yield services
    twilio.kill()
    services.close()


def queue(services: Services, count: int) -> None:
    """So many messages of one segment and nothing else, each to another number in Mexico."""
    now = services.clock()
    with services.database.begin() as session:
        session.execute(update(MessageRow).values(next_attempt_at=None))
    for _ in range(count):
        phone = f"+52{uuid4().int % 10**10:010d}"
        talk = services.conversations.reach(phone, "sms", "", services.patients, now)
        services.conversations.say(talk.id, "Clinica Aurora: hola", author="bot", at=now)


def accepted(services: Services) -> int:
    """How many the provider has."""
    with services.database.read() as session:
        query = select(func.count()).where(MessageRow.provider_id.is_not(None))
        return session.scalar(query) or 0


def work(settings: Settings, seconds: float) -> None:
    """A worker that looks every tenth of a second, until the time is over."""
    services = open_services(settings)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        services.deliveries.send_due(services.clock())
        time.sleep(0.1)
    services.close()


def cost(services: Services) -> None:
    """CPU, queries and time for each message, by one worker without a limit."""
    queue(services, MESSAGES)
    queries = 0

    def count(*_: object) -> None:
        nonlocal queries
        queries += 1

    event.listen(services.database.engine, "before_cursor_execute", count)
    before, began, cpu = accepted(services), time.perf_counter(), time.thread_time()
    while services.deliveries.send_due(services.clock()):
        pass
    took, cpu = time.perf_counter() - began, time.thread_time() - cpu
    event.remove(services.database.engine, "before_cursor_execute", count)
    sent = accepted(services) - before
    line("CPU of ours for a message", f"{1000 * cpu / sent:.1f} ms")
    line("queries for a message", f"{queries / sent:.1f}")
    line("one worker, no limit", f"{sent / took:.0f} messages/s")


def at_the_limit(services: Services, workers: int, name: str) -> None:
    """What workers reach of the rate when there is more to send than it allows."""
    queue(services, int(RATE * (SPAN + ROOM + 5)))
    processes = [start(work, services.settings, SPAN + 5) for _ in range(workers)]
    before = accepted(services)
    while accepted(services) == before:
        time.sleep(0.05)
    time.sleep(SPAN / 2)  # by then what was given in advance is used up
    at_first, since = accepted(services), time.monotonic()
    time.sleep(SPAN / 2)
    reached = (accepted(services) - at_first) / (time.monotonic() - since)
    for each in processes:
        each.kill()
    line(f"{name}: reached of {RATE:.0f}/s", f"{reached:.1f}/s")


def storm(services: Services) -> None:
    """How long until all is out when Twilio refuses."""
    queue(services, 20)
    before, began = accepted(services), time.perf_counter()
    while accepted(services) - before < 20:
        services.deliveries.send_due(services.clock())
        time.sleep(0.1)
    with services.database.read() as session:
        lost = session.scalar(select(func.count()).where(MessageRow.state == Delivery.FAILED))
    took = time.perf_counter() - began
    line(f"{STORM} answers 20429 in a row", f"all 20 out after {took:.0f} s, {lost} lost")


def line(what: str, figure: str) -> None:
    """A row of the table."""
    print(f"| {what} | {figure} |", flush=True)


def start(target: Callable[..., None], *args: object) -> SpawnProcess:
    """A process of its own."""
    process = get_context("spawn").Process(target=target, args=args, daemon=True)
    process.start()
    return process


def main(home: str) -> None:
    """Measures one after the other and prints a row for each."""
    url = os.environ.get("DATABASE_URL", f"sqlite:///{home}/consulta.db")
    redis_url = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/15")
    print("| What | Measured |\n|---|---|")
    with clinic(home, database_url=url, sender_rates="sms=9999") as services:
        cost(services)
    with clinic(home, database_url=url, sender_rates=f"sms={RATE}") as services:
        at_the_limit(services, 1, "one worker, in memory")
    with clinic(
        home, database_url=url, redis_url=redis_url, sender_rates=f"sms={RATE}"
    ) as services:
        at_the_limit(services, 2, "two workers, Redis")
    with clinic(home, refuse=STORM, database_url=url) as services:
        storm(services)


if __name__ == "__main__":
    MESSAGES = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with tempfile.TemporaryDirectory() as folder:
        main(folder)
