"""Who works with the console: added, given a role and branches, kept out."""

from flask import Blueprint, abort, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from console import language
from console.access import audit, staff, users
from console.access.second_factor import SecondFactors
from console.access.sessions import Sessions
from console.access.users import Role, UserError, UserExists
from console.needs import Needs

Answer = Response | tuple[str, int] | str


def add_views(
    blueprint: Blueprint, needs: Needs, sessions: Sessions, factors: SecondFactors
) -> None:
    """Adds /users and what its forms do."""

    @blueprint.get("/users")
    def show_users() -> str:
        return _page(needs)

    @blueprint.post("/users")
    def add_user() -> Answer:
        name, password = request.form.get("name", ""), users.make_password()
        role = _role(request.form.get("role", ""))
        try:
            users.add_user(needs.database, name, password, role, clock=needs.clock)
        except UserExists:
            return _page(needs, problem=language.say("user_exists")), 400
        except UserError:
            return _page(needs, problem=language.say("user_bad_name")), 400
        folded = users.fold(name)
        audit.note(needs, "user_added", "user", folded, role=role)
        return _page(needs, password=(folded, password))

    @blueprint.post("/users/<name>")
    def change_user(name: str) -> Answer:
        if not users.is_known(needs.database, name):
            abort(404)
        does = request.form.get("does", "")
        if does == "password":
            return _give_password(needs, sessions, name)
        if does == "second_factor":
            factors.reset(name)
            sessions.close_all(name, but=current_user.token)
            audit.note(needs, "second_factor_reset", "user", name)
            return _page(needs, done=language.say("second_factor_was_reset", name=name))
        return _change(needs, sessions, name)


def _change(needs: Needs, sessions: Sessions, name: str) -> Answer:
    role, disabled = _role(request.form.get("role", "")), "disabled" in request.form
    known = {branch.code for branch in needs.catalogue.branches()}
    branches = known & set(request.form.getlist("branches"))
    if branches == known:  # all that there are, and those to come
        branches = set()
    try:
        staff.change_member(needs.database, name, role=role, disabled=disabled, branches=branches)
    except staff.LastAdmin:
        return _page(needs, problem=language.say("user_last_admin")), 400
    if disabled:
        sessions.close_all(name)
    audit.note(
        needs,
        "user_changed",
        "user",
        name,
        role=role,
        disabled=disabled,
        branches=sorted(branches),
    )
    return _page(needs, done=language.say("user_saved", name=name))


def _give_password(needs: Needs, sessions: Sessions, name: str) -> str:
    password = users.make_password()
    staff.give_password(needs.database, name, password)
    sessions.close_all(name, but=current_user.token)
    audit.note(needs, "password_given", "user", name)
    return _page(needs, password=(name, password))


def _role(text: str) -> Role:
    if text not in set(Role):
        abort(400)
    return Role(text)


def _page(
    needs: Needs, *, problem: str = "", done: str = "", password: tuple[str, str] | None = None
) -> str:
    return render_template(
        "console/users.html",
        problem=problem,
        done=done,
        password=password,
        roles=list(Role),
        members=staff.members(needs.database),
        branches=needs.catalogue.branches(),
    )
