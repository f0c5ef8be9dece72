"""The commands that run a part of Consulta in the foreground."""

import signal
import threading

import click

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
