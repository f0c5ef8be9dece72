"""The commands that run a part of Consulta in the foreground."""

import signal
import threading
from datetime import UTC, datetime

import click

from app.cli.output import as_json, show_rows
from app.settings import load_settings


@click.command()
def serve() -> None:
    """The web server, with its workers in the same process unless IN_PROCESS_JOBS is off."""
    from app.server import serve as run_server

    run_server(load_settings())


@click.command()
def worker() -> None:
    """Workers alone: turns, deliveries and the sweep. Needs REDIS_URL."""
    from app.logs import set_up_logs
    from app.services import open_services, open_workers

    settings = load_settings()
    if not settings.redis_url:
        raise click.UsageError("a worker of its own needs REDIS_URL")
    set_up_logs()
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    workers = open_workers(open_services(settings))
    workers.start()
    stop.wait()
    workers.stop()


@click.command()
@click.option("--now", required=True, help="ISO time with an offset: what is due then is begun.")
@as_json
def outreach(now: str, *, json_wanted: bool) -> None:
    """Begin and send what is due at that time, once: reminders, offers of freed slots."""
    from app.services import open_services, run_outreach

    at = _instant(now)
    services = open_services(load_settings(), lambda: at)
    try:
        begun = run_outreach(services, at)
        services.deliveries.send_due(at)
    finally:
        services.close()
    show_rows(begun, json_wanted=json_wanted)


def _instant(text: str) -> datetime:
    """UTC; without an offset the text is taken to be in UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("write an ISO time", param_hint="--now") from None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
