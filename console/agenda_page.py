"""The agenda's page: a day, at all branches or at one."""

from datetime import date, timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from console import agenda, language
from console.needs import Needs


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds / and /agenda."""

    @blueprint.get("/")
    def home() -> Response:
        return redirect(url_for("console.show_agenda"), 303)

    @blueprint.get("/agenda")
    def show_agenda() -> str:
        branches = needs.catalogue.branches()
        code = request.args.get("branch", "")
        chosen = [branch for branch in branches if code in {"", branch.code}]
        if not chosen:
            abort(404)
        today = agenda.today(needs, chosen[0])
        day = agenda.read_day(request.args.get("day") or today.isoformat())
        if day is None:
            abort(400)
        return render_template(
            "console/agenda.html",
            branches=branches,
            chosen=code,
            today=today,
            day=day,
            before=_within(day - timedelta(days=1)),
            after=_within(day + timedelta(days=1)),
            branch_days=agenda.days(needs, chosen, day, language.current()),
        )


def _within(day: date) -> date | None:
    return agenda.read_day(day.isoformat())
