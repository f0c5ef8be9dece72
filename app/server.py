"""The web server: gunicorn, one process with threads, the workers beside them."""

import logging
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from app.logs import set_up_logs
from app.services import open_services, open_workers
from app.settings import Settings
from app.web import create_app
from understanding import languages

THREADS = 24
"""Requests at once; a call waits for the engine within its own."""
GRACE = 4
"""Seconds that requests get to end when the server is stopped; what was stored is not lost."""


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings instead of a file or a command line."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn is told."""
        options: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": 1,
            "threads": THREADS,
            "worker_class": "gthread",
            "graceful_timeout": GRACE,
            "timeout": 60,
            "worker_tmp_dir": None,
            "proc_name": "consulta",
            "post_worker_init": _start_workers,
            "worker_exit": _stop_workers,
            "logger_class": "gunicorn.glogging.Logger",
            "loglevel": "warning",
            "accesslog": None,  # addresses of requests are nobody's business
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made in the worker's own process."""
        set_up_logs()
        languages.warm_up()  # before the first patient waits for it
        services = open_services(self._settings)
        app = create_app(services)
        if self._settings.in_process_jobs:
            app.extensions["consulta.workers"] = open_workers(services)
        return app


def _start_workers(worker: Any) -> None:
    workers = worker.wsgi.extensions.get("consulta.workers")
    if workers is not None:
        workers.start()


def _stop_workers(_arbiter: Any, worker: Any) -> None:
    wsgi = getattr(worker, "wsgi", None)
    workers = wsgi.extensions.get("consulta.workers") if wsgi is not None else None
    if workers is not None:
        workers.stop()


def serve(settings: Settings) -> None:
    """Serves until it is stopped."""
    set_up_logs()
    logging.getLogger(__name__).info("serving host=%s port=%s", settings.host, settings.port)
    Server(settings).run()
