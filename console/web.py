"""Puts the console together: one blueprint at /console/, its door, its pages."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, NotFound

from console import (
    agenda_page,
    guard,
    language,
    people_page,
    search_page,
    shown,
    sign_in,
    waiting_page,
)
from console.needs import Needs
from console.sessions import Sessions
from console.throttle import Throttle


def create_blueprints(services: Needs) -> Sequence[Blueprint]:
    """What app/ registers; the pages read and change only through `services`."""
    blueprint = Blueprint(
        "console",
        __name__,
        url_prefix="/console",
        template_folder="templates",
        static_folder="static",
    )
    sessions = Sessions(services.database, services.clock)
    guard.protect(blueprint, services.settings, sessions)
    sign_in.add_views(blueprint, services, sessions, Throttle(services.database, services.clock))
    agenda_page.add_views(blueprint, services)
    people_page.add_views(blueprint, services)
    waiting_page.add_views(blueprint, services)
    search_page.add_views(blueprint, services)
    _offer_words(blueprint, services)
    _explain_errors(blueprint)
    return (blueprint,)


def _offer_words(blueprint: Blueprint, services: Needs) -> None:
    words = {
        "say": language.say,
        "long_day": language.long_day,
        "short_day": language.short_day,
        "birth_day": language.birth_day,
        "clock_time": language.clock_time,
        "current_language": language.current,
        "current_user": current_user,
        "reason_word": language.reason,
        "channel_word": language.channel,
        "provider_word": language.provider_error,
        "shown": shown,
        "clinic_name": services.settings.clinic_name,
        "this_page": _this_page,
        "waiting_count": lambda: len(services.conversations.open_handoffs()),
    }
    blueprint.context_processor(lambda: words)


def _this_page() -> str:
    """Where to come back to after choosing a language; what was sent is not sent again."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def _explain_errors(blueprint: Blueprint) -> None:
    def explain(key: str, status: int) -> tuple[str, int]:
        return render_template("console/error.html", key=key), status

    blueprint.register_error_handler(CSRFError, lambda _: explain("error_form", 400))
    blueprint.register_error_handler(BadRequest, lambda _: explain("error_request", 400))
    blueprint.register_error_handler(NotFound, lambda _: explain("error_not_found", 404))
