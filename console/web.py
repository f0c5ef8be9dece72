"""Puts the console together: one blueprint at /console/, its door, its pages."""

from collections.abc import Sequence
from typing import Final, NoReturn

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response

from app.campaigns import CampaignDesk
from app.rooms import CAMPAIGNS, offer
from console import language, live, menu, shown
from console.access import account_page, audit_page, guard, permissions, scope, sign_in, users_page
from console.access.second_factor import SecondFactors
from console.access.sessions import Sessions
from console.access.throttle import Throttle
from console.catalogue import (
    import_page,
    list_page,
    places_page,
    prices_page,
    service_page,
)
from console.inbox import (
    canned_page,
    export_page,
    inbox_page,
    people_page,
    reply,
    reply_page,
    thread_page,
    waiting_page,
)
from console.insights import insights_page
from console.needs import Needs
from console.outreach import (
    campaign_news_page,
    campaigns_page,
    undelivered_page,
    waitlist_forms,
    waitlist_page,
)
from console.patients import details_page, merge_page, personal_data_page, reports_page, search_page
from console.schedule import agenda_page, booking_page, visit_page
from console.training import (
    labels_page,
    models_page,
    responses_page,
    review_page,
    run_page,
    story_page,
)

_PAGES: Final = (
    live,
    inbox_page,
    thread_page,
    export_page,
    agenda_page,
    visit_page,
    booking_page,
    people_page,
    reply_page,
    canned_page,
    details_page,
    merge_page,
    personal_data_page,
    reports_page,
    waiting_page,
    waitlist_page,
    waitlist_forms,
    search_page,
    undelivered_page,
    audit_page,
    insights_page,
    list_page,
    service_page,
    places_page,
    prices_page,
    import_page,
    review_page,
    labels_page,
    models_page,
    run_page,
    responses_page,
    story_page,
)
"""Each adds its views, with what it needs of the services."""


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
    factors = SecondFactors(services.database, services.settings)
    throttle = Throttle(services.database, services.clock)
    sign_in.add_views(blueprint, services, sessions, throttle, factors)
    account_page.add_views(blueprint, services, sessions, factors)
    users_page.add_views(blueprint, services, sessions, factors)
    _add_menu(blueprint)
    for page in _PAGES:
        page.add_views(blueprint, services)
    for page in (campaigns_page, campaign_news_page):
        page.add_views(blueprint, services, lambda: _desk(services))
    _offer_words(blueprint, services)
    _explain_errors(blueprint)
    return (blueprint,)


def _add_menu(blueprint: Blueprint) -> None:
    @blueprint.get("/")
    def home() -> Response:
        return redirect(url_for(menu.home(current_user.role)), 303)

    @blueprint.get("/menu")
    def show_menu() -> str:
        return render_template("console/menu.html")

    @blueprint.get("/<path:_elsewhere>")
    def show_nothing(_elsewhere: str) -> NoReturn:
        abort(404)  # with the console's own page


def _desk(services: Needs) -> CampaignDesk:
    desk: CampaignDesk = offer(CAMPAIGNS, "desk")(services)
    return desk


def _offer_words(blueprint: Blueprint, services: Needs) -> None:
    words = {
        "say": language.say,
        "long_day": language.long_day,
        "short_day": language.short_day,
        "brief_day": language.brief_day,
        "birth_day": language.birth_day,
        "clock_time": language.clock_time,
        "current_language": language.current,
        "current_user": current_user,
        "reason_word": language.reason,
        "channel_word": language.channel,
        "attachment_word": language.attachment,
        "dollars": language.dollars,
        "provider_word": language.provider_error,
        "shown": shown,
        "clinic_name": services.settings.clinic_name,
        "this_page": _this_page,
        "sections": menu.sections,
        "menu_groups": menu.grouped,
        "menu_count": menu.counter(services),
        "model_word": models_page.model_word(services),
        "reply_box": lambda talk_id, newest: reply.box(services, talk_id, newest),
        "sees_branch": scope.sees_branch,
        "managers": permissions.MANAGERS,
        "opens": lambda endpoint: permissions.allows(endpoint, current_user.role),
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
    blueprint.register_error_handler(
        RequestEntityTooLarge, lambda _: explain("error_too_large", 413)
    )
    blueprint.register_error_handler(NotFound, lambda _: explain("error_not_found", 404))
    blueprint.register_error_handler(Forbidden, lambda _: explain("error_forbidden", 403))
