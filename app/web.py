"""The one web application: the webhooks, the rooms' pages, the start page, health and figures."""

import logging
import time
from pathlib import Path

from flask import Blueprint, Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from app.metrics import Metrics
from app.pages import create_pages
from app.results import create_results_pages
from app.rooms import WEB, announced
from app.secrets import secret_key
from app.services import Services
from channels.gateway import create_gateway
from channels.voice.calls import VoiceCalls, open_calls
from channels.voice.desk import desk_of
from channels.voice.scenes import Scenes

log = logging.getLogger(__name__)

MAX_BODY = 1024 * 1024
"""Bytes of the largest request that anything here takes."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
_SIMULATOR = "simulator"


def create_app(services: Services) -> Flask:
    """The application over these services; with a real Twilio account it has no simulator."""
    app = Flask("app", root_path=str(Path(__file__).parent))
    app.secret_key = secret_key(services.settings)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    metrics = Metrics(services.database)
    app.register_blueprint(_gateway(services))
    app.register_blueprint(create_pages(services, metrics))
    app.register_blueprint(create_results_pages(services))
    for name, create_blueprints in announced(WEB).items():
        if name != _SIMULATOR or services.settings.simulated:
            for blueprint in create_blueprints(services):
                app.register_blueprint(blueprint)
    app.before_request(_begin)
    app.after_request(_harden)
    app.after_request(metrics.count_request)
    app.register_error_handler(Exception, _failed)
    return app


def _gateway(services: Services) -> Blueprint:
    return create_gateway(
        services.channels,
        account=services.account,
        public_base_url=services.settings.public_base_url,
        clock=services.clock,
        receive=services.turns.receive,
        apply=services.deliveries.apply,
        answerers={"voice": _calls(services)},
    )


def _calls(services: Services) -> VoiceCalls:
    scenes = Scenes(
        store=services.conversations,
        public_base_url=services.settings.public_base_url.rstrip("/"),
        clock=services.clock,
        desk=desk_of(services.catalogue),
        may_text=lambda address: not services.patients.opted_out(address),
        clinic_name=services.settings.clinic_name,
    )
    return open_calls(
        scenes,
        channel=services.channels["voice"],
        turns=services.turns,
        log=services.calls,
        apply=services.deliveries.apply,
    )


def _begin() -> None:
    g.began = time.monotonic()


def _harden(response: Response) -> Response:
    """A room that says more itself is left as it is."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _failed(error: Exception) -> Response:
    """A plain page; the log gets the kind and the place of the error, not what it was about."""
    if isinstance(error, HTTPException):
        code, name = error.code or 500, error.name
    else:
        code, name = 500, "Internal Server Error"
        at = error.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        place = f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at else "?"
        log.error("request_failed endpoint=%s error=%s at=%s", request.endpoint, type(error), place)
    return Response(f"{code} {name}\n", code, mimetype="text/plain")
