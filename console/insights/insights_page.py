"""The figures of a period: charts, what they count, and their tables to take along."""

import csv
import io
from datetime import date, timedelta
from typing import Final

from flask import Blueprint, Response, abort, render_template, request

from clinic.languages import LANGUAGES
from console import language, shown
from console.access import scope
from console.insights.asked import Filters, Period
from console.insights.panels import PANELS, Cell, Figures, Panel, tiles, word
from console.needs import Needs
from console.schedule import agenda

PRESETS: Final = (7, 28, 84, 364)
"""Days up to today; the second is what the page opens with."""
LONGEST: Final = 366
CHANNELS: Final = ("sms", "whatsapp", "voice", "web")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /insights and the file of each table."""

    @blueprint.get("/insights")
    def show_insights() -> str:
        figures = _asked(needs)
        period, chosen, mine = figures.period, request.args, scope.branches(needs)
        return render_template(
            "console/insights.html",
            panels=[panel(figures) for panel in PANELS.values()],
            tiles=tiles(figures),
            word=word,
            period=period,
            presets=PRESETS,
            preset=_preset(needs, period),
            branches=mine,
            channels=CHANNELS,
            languages=LANGUAGES,
            home=next(each.name for each in mine if each.code in figures.filters.zones),
            kept={
                name: chosen[name] for name in ("branch", "channel", "language") if chosen.get(name)
            },
        )

    @blueprint.get("/insights/<name>.csv")
    def download_insights(name: str) -> Response:
        if name not in PANELS:
            abort(404)
        figures = _asked(needs)
        return _file(PANELS[name](figures), figures.period)


def _asked(needs: Needs) -> Figures:
    """What the address asks for; ends the request where it cannot be."""
    code, channel = request.args.get("branch", ""), request.args.get("channel", "")
    spoken = request.args.get("language", "")
    mine = scope.branches(needs)
    zones = {branch.code: branch.zone for branch in mine if code in {"", branch.code}}
    if not zones:
        abort(404)
    if channel not in {"", *CHANNELS} or spoken not in {"", *LANGUAGES}:
        abort(400)
    everywhere = len(zones) == len(needs.catalogue.branches())
    return Figures(needs, _period(needs), Filters(zones, everywhere, channel, spoken))


def _period(needs: Needs) -> Period:
    today = _today(needs)
    days = request.args.get("days") or str(PRESETS[1])
    if days not in map(str, PRESETS):
        abort(400)
    last = _day("to") or today
    first = _day("from") or last - timedelta(days=int(days) - 1)
    if not 0 <= (last - first).days < LONGEST:
        abort(400)
    return Period(first, last, needs.clock())


def _day(name: str) -> date | None:
    text = request.args.get(name)
    if not text:
        return None
    return agenda.read_day(text) or abort(400)


def _today(needs: Needs) -> date:
    return agenda.today(needs, scope.branches(needs)[0])


def _preset(needs: Needs, period: Period) -> int | None:
    """Which of the presets these days are, if any."""
    days = (period.last - period.first).days + 1
    return days if days in PRESETS and period.last == _today(needs) else None


def _file(panel: Panel, period: Period) -> Response:
    """The table, for a spreadsheet: with a mark of its encoding, and nothing that it would run."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_plain(language.say(f"insights_{column}")) for column in panel.columns])
    writer.writerows([[_plain(cell) for cell in row] for row in panel.rows])
    name = f"{panel.name}-{period.first}-{period.last}.csv"
    return Response(
        f"\N{ZERO WIDTH NO-BREAK SPACE}{text.getvalue()}",
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _plain(cell: Cell) -> str | int | float:
    """Spans in seconds, days as ISO, shares as numbers; words never as a formula."""
    if cell is None:
        return ""
    if isinstance(cell, timedelta):
        return round(cell.total_seconds())
    if isinstance(cell, float):
        return round(cell, 4)
    text = shown.harmless(str(cell))
    return cell if isinstance(cell, int) else f"'{text}" if text.startswith(_FORMULA) else text
