"""The start page, health and figures: what opens without signing in."""

from typing import Final

from flask import Blueprint, Response, jsonify, render_template, request

from app.health import readiness
from app.metrics import Metrics
from app.services import Services
from app.words import WORDS
from clinic.languages import LANGUAGES

_NAMES: Final = {"es": "Español", "pt": "Português", "en": "English"}
_READY, _NOT_READY = 200, 503


def create_pages(services: Services, metrics: Metrics) -> Blueprint:
    """`/`, `/healthz`, `/readyz` and `/metrics`."""
    blueprint = Blueprint(
        "pages",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/static/pages",
    )

    @blueprint.get("/")
    def start() -> str:
        language = chosen_language()
        return render_template(
            "start.html",
            language=language,
            languages=_NAMES,
            words=WORDS[language],
            state=readiness(services),
            simulated=services.settings.simulated,
        )

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @blueprint.get("/readyz")
    def readyz() -> tuple[Response, int]:
        state = readiness(services)
        return jsonify(state), _READY if all(state.values()) else _NOT_READY

    @blueprint.get("/metrics")
    def figures() -> Response:
        return Response(metrics.text(), mimetype="text/plain; version=0.0.4")

    return blueprint


def chosen_language() -> str:
    """What the visitor chose, else what the browser prefers, else Spanish."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES, "es") or "es"
