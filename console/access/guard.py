"""The console's door: one check before every view, so that none can forget it."""

import hashlib
from typing import cast

from flask import Blueprint, Flask, abort, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from app.settings import Settings
from console import language
from console.access import headers, permissions
from console.access.sessions import Sessions

PUBLIC = frozenset(
    {
        "console.static",
        "console.sign_in",
        "console.enter",
        "console.ask_code",
        "console.enter_code",
        "console.choose_language",
    }
)
"""What opens without signing in; everything else asks, and opens by role (`permissions`)."""

_SETTING_UP = frozenset(
    {
        "console.sign_out",
        "console.show_account",
        "console.change_password",
        "console.begin_second_factor",
        "console.show_second_factor_code",
        "console.confirm_second_factor",
    }
)
"""What still opens for who must set up the second factor first."""

_CSRF = CSRFProtect()


def protect(blueprint: Blueprint, settings: Settings, sessions: Sessions) -> None:
    """Puts the door in front of every view of the blueprint, present and future."""
    blueprint.record_once(lambda state: _prepare(cast("Flask", state.app), settings, sessions))
    blueprint.before_request(_choose_language)
    blueprint.before_request(lambda: _note_settings(settings))
    blueprint.before_request(_ask_who)
    blueprint.before_request(_CSRF.protect)
    blueprint.after_request(headers.harden)


def local_path(target: str | None) -> str:
    """Where to go after signing in: a page of ours, never another site's."""
    home = url_for("console.home")
    if not target or not target.startswith(home) or "\\" in target or not target.isprintable():
        return home
    return target


def _choose_language() -> None:
    g.console_language = language.chosen(request)


def _note_settings(settings: Settings) -> None:
    g.second_factor_needed = settings.second_factor == "required"


def _ask_who() -> AnyResponse | None:
    if request.endpoint in PUBLIC:
        return None
    if current_user.is_authenticated:
        return _check_role()
    session.clear()
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("console.sign_in", next=wanted), 303)


def _check_role() -> AnyResponse | None:
    if not permissions.allows(request.endpoint, current_user.role):
        abort(403)
    needed = g.second_factor_needed and not current_user.two_factors
    if needed and request.endpoint not in _SETTING_UP:
        return redirect(url_for("console.show_account"), 303)
    return None


def _prepare(app: Flask, settings: Settings, sessions: Sessions) -> None:
    if not app.secret_key:
        raise RuntimeError("the console needs the application's secret key")
    app.config.update(
        # Two instances on one machine share a host and so its cookies: each has its own name.
        SESSION_COOKIE_NAME=f"consulta_{_digest(app.secret_key)}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_base_url.startswith("https://"),
        WTF_CSRF_CHECK_DEFAULT=False,  # other rooms' webhooks prove themselves by signature
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session itself
    )
    _CSRF.init_app(app)
    manager = LoginManager()
    manager.session_protection = None  # phones change networks; the session's row is the truth
    manager.user_loader(sessions.find)
    manager.init_app(app, add_context_processor=False)


def _digest(secret: str | bytes) -> str:
    raw = secret.encode() if isinstance(secret, str) else secret
    return hashlib.sha256(b"cookie name\0" + raw).hexdigest()[:8]
