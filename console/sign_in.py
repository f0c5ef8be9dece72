"""Signing in and out, and the language of the pages."""

import logging

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from clinic.languages import LANGUAGES
from console import language, users
from console.guard import local_path
from console.needs import Needs
from console.sessions import Sessions, SignedIn
from console.throttle import WINDOW, Throttle

_LOG = logging.getLogger(__name__)

Answer = Response | tuple[str, int] | str


def add_views(blueprint: Blueprint, needs: Needs, sessions: Sessions, throttle: Throttle) -> None:
    """Adds /sign-in, /sign-out and /language."""

    @blueprint.get("/sign-in")
    def sign_in() -> Answer:
        if current_user.is_authenticated:
            return redirect(url_for("console.home"), 303)
        return _form()

    @blueprint.post("/sign-in")
    def enter() -> Answer:
        name, password = request.form.get("name", ""), request.form.get("password", "")
        address = request.remote_addr or ""
        if not throttle.allow(name, address):
            _LOG.warning("sign-in refused: too many tries")
            minutes = int(WINDOW.total_seconds() // 60)
            return _form(language.say("sign_in_wait", minutes=minutes)), 429
        right = users.password_is_right(needs.database, name, password)
        user = sessions.open(name) if right else None
        if user is None:
            _LOG.warning("sign-in failed")
            return _form(language.say("sign_in_wrong")), 401
        throttle.forgive(name, address)
        return _admit(user)

    @blueprint.post("/sign-out")
    def sign_out() -> Answer:
        sessions.close(current_user.get_id())
        logout_user()
        session.clear()
        return redirect(url_for("console.sign_in"), 303)

    @blueprint.post("/language")
    def choose_language() -> Answer:
        answer = redirect(local_path(request.form.get("next")), 303)
        choice = request.form.get("language", "")
        if choice in LANGUAGES:
            answer.set_cookie(
                language.COOKIE,
                choice,
                max_age=language.COOKIE_AGE,
                path=url_for("console.home"),
                secure=current_app.config["SESSION_COOKIE_SECURE"],
                httponly=True,
                samesite="Lax",
            )
        return answer


def _admit(user: SignedIn) -> Response:
    wanted = local_path(request.form.get("next"))
    session.clear()  # nothing of the stranger's session, its CSRF token included, lives on
    login_user(user)
    _LOG.info("signed in", extra={"role": user.role})
    return redirect(wanted, 303)


def _form(problem: str = "") -> str:
    wanted = request.values.get("next", "")
    return render_template("console/sign_in.html", problem=problem, wanted=wanted)
