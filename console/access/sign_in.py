"""Signing in and out, and the language of the pages."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from clinic.languages import LANGUAGES
from console import language
from console.access import audit, users
from console.access.guard import local_path
from console.access.second_factor import SecondFactors
from console.access.sessions import Sessions
from console.access.throttle import WINDOW, Throttle
from console.needs import Needs

_LOG = logging.getLogger(__name__)
_HALF_WAY = "half_way"
"""In the cookie: who has given the right password and not yet the second factor, and when."""
_HALF_WAY_SECONDS = 300

Answer = Response | tuple[str, int] | str


def add_views(
    blueprint: Blueprint,
    needs: Needs,
    sessions: Sessions,
    throttle: Throttle,
    factors: SecondFactors,
) -> None:
    """Adds /sign-in, /sign-in/code, /sign-out and /language."""
    door = _Door(needs, sessions, throttle, factors)

    @blueprint.get("/sign-in")
    def sign_in() -> Answer:
        if current_user.is_authenticated:
            return redirect(url_for("console.home"), 303)
        return _form()

    @blueprint.post("/sign-in")
    def enter() -> Answer:
        return door.try_password()

    @blueprint.get("/sign-in/code")
    def ask_code() -> Answer:
        if door.half_way() is None:
            return redirect(url_for("console.sign_in"), 303)
        return _code_form()

    @blueprint.post("/sign-in/code")
    def enter_code() -> Answer:
        return door.try_code()

    @blueprint.post("/sign-out")
    def sign_out() -> Answer:
        audit.note(needs, "signed_out")
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


@dataclass(frozen=True, slots=True)
class _Door:
    """Lets in who gives the right password and, where it is on, the right code."""

    needs: Needs
    sessions: Sessions
    throttle: Throttle
    factors: SecondFactors

    def try_password(self) -> Answer:
        name, password = request.form.get("name", ""), request.form.get("password", "")
        if not self.throttle.allow(name, _from()):
            return _too_many(_form)
        if not users.password_is_right(self.needs.database, name, password):
            return self._refuse(name, _form, "sign_in_wrong")
        if self.factors.is_on(users.fold(name)):
            session.clear()
            session[_HALF_WAY] = [users.fold(name), self.needs.clock().timestamp()]
            return redirect(url_for("console.ask_code", next=request.form.get("next")), 303)
        return self._admit(name, _form)

    def try_code(self) -> Answer:
        name = self.half_way()
        if name is None:
            return redirect(url_for("console.sign_in"), 303)
        if not self.throttle.allow(name, _from()):
            return _too_many(_code_form)
        if not self.factors.passes(name, request.form.get("code", ""), self.needs.clock()):
            return self._refuse(name, _code_form, "second_factor_wrong")
        return self._admit(name, _code_form)

    def half_way(self) -> str | None:
        """Who has given the right password some minutes ago at most."""
        name, at = session.get(_HALF_WAY) or (None, 0.0)
        return name if self.needs.clock().timestamp() - at < _HALF_WAY_SECONDS else None

    def _admit(self, name: str, form: Callable[[str], str]) -> Answer:
        user = self.sessions.open(name)
        if user is None:
            return self._refuse(name, form, "sign_in_wrong")
        self.throttle.forgive(name, _from())
        wanted = local_path(request.form.get("next"))
        session.clear()  # nothing of the stranger's session, its CSRF token included, lives on
        login_user(user)
        audit.note(self.needs, "signed_in")
        _LOG.info("signed in", extra={"role": user.role})
        return redirect(wanted, 303)

    def _refuse(self, name: str, form: Callable[[str], str], words: str) -> Answer:
        _LOG.warning("sign-in failed")
        # A name that nobody has may be a password typed into the wrong field.
        known = users.fold(name) if users.is_known(self.needs.database, name) else ""
        audit.note_as(self.needs, known, "", "sign_in_failed")
        return form(language.say(words)), 401


def _too_many(form: Callable[[str], str]) -> Answer:
    _LOG.warning("sign-in refused: too many tries")
    minutes = int(WINDOW.total_seconds() // 60)
    return form(language.say("sign_in_wait", minutes=minutes)), 429


def _from() -> str:
    return request.remote_addr or ""


def _form(problem: str = "") -> str:
    wanted = request.values.get("next", "")
    return render_template("console/sign_in.html", problem=problem, wanted=wanted)


def _code_form(problem: str = "") -> str:
    wanted = request.values.get("next", "")
    return render_template("console/sign_in_code.html", problem=problem, wanted=wanted)
