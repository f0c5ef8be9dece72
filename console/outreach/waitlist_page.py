"""The waitlist's page: who waits, freed slots as they are offered; and what came of them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, abort, render_template, request

from clinic.catalogue import Branch
from clinic.hours import instant
from clinic.waitlist import FillReport
from console import language
from console.access import scope
from console.needs import Needs
from console.outreach.waitlist import WaitlistReader
from console.schedule import agenda

SPAN = timedelta(days=29)
"""What a report covers where no days are chosen: thirty days with today."""
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /waitlist, /waitlist/report and /waitlist/report.csv."""

    @blueprint.get("/waitlist")
    def show_waitlist() -> str:
        branches = scope.branches(needs)
        chosen = _chosen(branches)
        reader = WaitlistReader(needs)
        return render_template(
            "console/waitlist.html",
            branches=branches,
            chosen=request.args.get("branch", ""),
            queues=reader.queues(chosen),
            freed=reader.freed(chosen),
        )

    @blueprint.get("/waitlist/report")
    def show_waitlist_report() -> str:
        branches = scope.branches(needs)
        chosen = _chosen(branches)
        first, last = _days(needs, chosen)
        return render_template(
            "console/waitlist_report.html",
            branches=branches,
            chosen=request.args.get("branch", ""),
            first=first,
            last=last,
            figures=figures(_report(needs, chosen, first, last)),
        )

    @blueprint.get("/waitlist/report.csv")
    def download_waitlist_report() -> Response:
        chosen = _chosen(scope.branches(needs))
        first, last = _days(needs, chosen)
        text = as_csv(figures(_report(needs, chosen, first, last)))
        name = f"waitlist-{first}-{last}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(_BYTE_ORDER_MARK + text, mimetype="text/csv", headers=headers)


def figures(report: FillReport) -> list[tuple[str, str]]:
    """(name, value) of each figure; `report_<name>` and `report_<name>_hint` are its words."""
    shown = [(each.name, str(getattr(report, each.name))) for each in fields(report)]
    answered = report.accepted + report.declined + report.taken + report.expired
    return [
        *shown,
        ("fill_rate", _percent(report.filled, report.offered)),
        ("acceptance_rate", _percent(report.accepted, answered)),
    ]


def as_csv(shown: Sequence[tuple[str, str]]) -> str:
    """The figures for a spreadsheet, with their definitions; no cell is read as a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([language.say(f"report_column_{each}") for each in ("figure", "value", "hint")])
    for name, value in shown:
        words = language.say(f"report_{name}"), value, language.say(f"report_{name}_hint")
        writer.writerow([harmless_cell(each) for each in words])
    return file.getvalue()


def harmless_cell(text: str) -> str:
    """The text as a spreadsheet shows it, never as it would calculate it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _percent(part: int, whole: int) -> str:
    return language.percent(part / whole) if whole else "–"


def _chosen(branches: Sequence[Branch]) -> list[Branch]:
    code = request.args.get("branch", "")
    chosen = [branch for branch in branches if code in {"", branch.code}]
    if not chosen:
        abort(404)
    return chosen


def _days(needs: Needs, chosen: Sequence[Branch]) -> tuple[date, date]:
    """The first and the last day of the report, both included."""
    last = agenda.today(needs, chosen[0])
    if wanted := request.args.get("until"):
        last = agenda.read_day(wanted) or abort(400)
    first = last - SPAN
    if wanted := request.args.get("since"):
        first = agenda.read_day(wanted) or abort(400)
    if first > last:
        abort(400)
    return first, last


def _report(needs: Needs, chosen: Sequence[Branch], first: date, last: date) -> FillReport:
    """The branches together, each over the days of its own calendar."""
    reports = [
        needs.waitlist.fill_report(
            _midnight(first, branch), _midnight(last + timedelta(days=1), branch), branch.code
        )
        for branch in chosen
    ]
    return FillReport(*(sum(each) for each in zip(*map(astuple, reports), strict=True)))


def _midnight(day: date, branch: Branch) -> datetime:
    return instant(day, time.min, branch.zone)
