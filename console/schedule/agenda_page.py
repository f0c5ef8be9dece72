"""The agenda's pages: a day or a week, at all branches or at one, and a day on paper."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request, url_for

from clinic.appointments import AppointmentStatus
from console import language
from console.access import scope
from console.needs import Needs
from console.schedule import agenda
from console.schedule.agenda import AgendaReader, Filter

STATES: Final = (
    *(AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED, agenda.LATE),
    *(AppointmentStatus.ARRIVED, AppointmentStatus.COMPLETED),
    *(AppointmentStatus.NO_SHOW, AppointmentStatus.CANCELLED),
)
"""In the order in which a visit passes through them."""


@dataclass(frozen=True)
class View:
    """What the page's address asks for; every link of the page is this with something else."""

    branch: str
    day: date
    view: str
    practitioner: str
    state: str

    def link(self, **other: str | date | None) -> str:
        """The same page with something changed; None leaves it out."""
        asked = {**self.__dict__, "day": self.day.isoformat(), **other}
        values = {name: str(value) for name, value in asked.items() if value}
        return f"{url_for('console.show_agenda')}?{urlencode(values)}"


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /agenda and /agenda/sheet."""

    @blueprint.get("/agenda")
    def show_agenda() -> str:
        branches = scope.branches(needs)
        code = request.args.get("branch", "")
        chosen = [branch for branch in branches if code in {"", branch.code}]
        if not chosen:
            abort(404)
        today = agenda.today(needs, chosen[0])
        asked = _asked(today)
        weekly = asked.view == "week"
        first = agenda.monday(asked.day) if weekly else asked.day
        step = timedelta(days=agenda.WEEK if weekly else 1)
        days = [first + timedelta(days=each) for each in range(step.days)]
        reader, shown = AgendaReader(needs, language.current()), _shown(asked)
        return render_template(
            "console/agenda_week.html" if weekly else "console/agenda.html",
            asked=asked,
            branches=branches,
            today=today,
            first=first,
            last=days[-1],
            before=_within(first - step),
            after=_within(first + step),
            states=STATES,
            branch_days=[reader.day(one, day, shown) for one in chosen for day in days],
        )

    @blueprint.get("/agenda/sheet")
    def show_day_sheet() -> str:
        branch = scope.branch_or_404(needs, request.args.get("branch", ""))
        asked = _asked(agenda.today(needs, branch))
        one = AgendaReader(needs, language.current()).day(branch, asked.day, _shown(asked))
        return render_template("console/day_sheet.html", asked=asked, one=one)


def _asked(today: date) -> View:
    day = agenda.read_day(request.args.get("day") or today.isoformat())
    view, state = request.args.get("view", ""), request.args.get("state", "")
    if day is None or view not in {"", "week"} or state not in {"", *STATES}:
        abort(400)
    practitioner = request.args.get("practitioner", "")
    return View(request.args.get("branch", ""), day, view, practitioner, state)


def _shown(asked: View) -> Filter:
    return Filter(asked.practitioner, asked.state)


def _within(day: date) -> date | None:
    return agenda.read_day(day.isoformat())
