"""One's own account: the password, and the second factor."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from console import language
from console.access import audit, staff
from console.access.second_factor import SecondFactors
from console.access.sessions import Sessions
from console.access.users import LONGEST_PASSWORD, SHORTEST_PASSWORD, UserError
from console.needs import Needs

Answer = Response | tuple[str, int] | str


def add_views(
    blueprint: Blueprint, needs: Needs, sessions: Sessions, factors: SecondFactors
) -> None:
    """Adds /account and what its forms do."""

    @blueprint.get("/account")
    def show_account() -> str:
        return _page(factors)

    @blueprint.post("/account/password")
    def change_password() -> Answer:
        old, new = request.form.get("old", ""), request.form.get("new", "")
        try:
            changed = staff.change_own_password(needs.database, current_user.name, old, new)
        except UserError:
            words = language.say("password_length", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
            return _page(factors, problem=words), 400
        if not changed:
            return _page(factors, problem=language.say("password_old_wrong")), 400
        sessions.close_all(current_user.name, but=current_user.token)
        audit.note(needs, "password_changed", "user", current_user.name)
        return _page(factors, done=language.say("password_changed"))

    @blueprint.post("/account/second-factor")
    def begin_second_factor() -> Response:
        factors.begin(current_user.name)
        return redirect(url_for("console.show_account") + "#second-factor", 303)

    @blueprint.get("/account/second-factor.svg")
    def show_second_factor_code() -> Answer:
        picture = factors.picture(current_user.name, f"Consulta {needs.settings.clinic_name}")
        if picture is None:
            return "", 404
        return Response(picture, mimetype="image/svg+xml")

    @blueprint.post("/account/second-factor/confirm")
    def confirm_second_factor() -> Answer:
        name = current_user.name
        codes = factors.confirm(name, request.form.get("code", ""), needs.clock())
        if codes is None:
            return _page(factors, problem=language.say("second_factor_wrong")), 400
        sessions.close_all(name, but=current_user.token)
        audit.note(needs, "second_factor_on", "user", name)
        return _page(factors, codes=codes)


def _page(
    factors: SecondFactors, *, problem: str = "", done: str = "", codes: tuple[str, ...] = ()
) -> str:
    name = current_user.name
    return render_template(
        "console/account.html",
        problem=problem,
        done=done,
        codes=codes,
        is_on=factors.is_on(name),
        secret=factors.secret(name),
    )
