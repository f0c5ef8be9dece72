"""The figures as they are shown: a chart, what it counts, and the table beneath it.

A cell is a word, a count, a share (a float between 0 and 1), a span of time, a day or nothing;
the page words it, the file of the table has it as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from babel.dates import format_date, get_day_names
from markupsafe import Markup

from console import language, shown
from console.insights import changes, charts, reminders, talks, visits
from console.insights.asked import Filters, Period
from console.insights.charts import Bar
from console.needs import Needs

Cell = str | int | float | timedelta | date | None
MOST_SERVICES: Final = 12
"""So many services have a bar; the table has all."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with its table. name: its texts are `insights_<name>` and `insights_<name>_what`.

    columns: the rest of the keys of the words above the columns. empty: nothing was counted.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    chart: Markup
    empty: bool


@dataclass
class Figures:
    """What is asked for; each measure is read when it is first needed, and once."""

    needs: Needs
    period: Period
    filters: Filters

    @cached_property
    def funnel(self) -> reminders.Funnel:
        """How far reminders lead."""
        return reminders.funnel(self.needs.database, self.period, self.filters)

    @cached_property
    def outcomes(self) -> visits.Outcomes:
        """What became of visits."""
        return visits.outcomes(self.needs.database, self.period, self.filters)

    @cached_property
    def demand(self) -> visits.Demand:
        """When and for what patients come."""
        return visits.demand(self.needs.database, self.period, self.filters)

    @cached_property
    def settled(self) -> talks.Settled:
        """How conversations end."""
        return talks.settled(self.needs.database, self.period, self.filters)

    @cached_property
    def understood(self) -> talks.Share:
        """What the assistant could do nothing with."""
        return talks.understood(self.needs.database, self.period, self.filters)

    @cached_property
    def waits(self) -> talks.Waits:
        """How soon people answer."""
        return talks.waits(self.needs.database, self.period, self.filters)


def word(cell: Cell) -> str:
    """The cell as the page shows it."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return language.percent(cell)
    if isinstance(cell, timedelta):
        return _span(cell)
    if isinstance(cell, date):
        return language.birth_day(cell)
    return language.number(cell) if isinstance(cell, int) else cell


def _span(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes < 1:
        return _say("seconds", count=round(span.total_seconds()))
    hours, minutes = divmod(minutes, 60)
    return _say("hours", hours=hours, minutes=minutes) if hours else _say("minutes", count=minutes)


def funnel(figures: Figures) -> Panel:
    """Visits at each step, with its share of those that were reminded of and of the step before."""
    counts = figures.funnel
    steps = ("sent", "delivered", "answered", "confirmed", "attended")
    values = [int(getattr(counts, step)) for step in steps]
    before = [values[0], *values]
    rows: list[list[Cell]] = [
        [_say(step), value, _share(value, values[0]), _share(value, earlier)]
        for step, value, earlier in zip(steps, values, before, strict=False)
    ]
    columns = ("step", "visits", "of_all", "of_before")
    return _panel("funnel", columns, rows, _counted(rows, 2), not counts.sent)


def weeks(figures: Figures) -> Panel:
    """The share of no-shows by week."""
    found = figures.outcomes
    points = [(_short(monday), outcome.no_show) for monday, outcome in found.weeks.items()]
    rows = [[monday, *_outcome(outcome)] for monday, outcome in found.weeks.items()]
    chart = charts.line(_say("weeks"), points)
    return Panel("weeks", ("week", *_OUTCOME), rows, chart, found.all == visits.Outcome())


def by_channel(figures: Figures) -> Panel:
    """No-shows by the channel that booked."""
    return _parts(
        "by_channel",
        {
            channel_name(key) if key else _say("unknown"): outcome
            for key, outcome in figures.outcomes.channels.items()
        },
    )


def by_language(figures: Figures) -> Panel:
    """No-shows by the patient's language."""
    found = figures.outcomes.languages
    return _parts(
        "by_language", {language.say(f"language_{key}"): found[key] for key in sorted(found)}
    )


def by_branch(figures: Figures) -> Panel:
    """No-shows by branch."""
    found = figures.outcomes.branches
    names = {branch.code: branch.name for branch in figures.needs.catalogue.branches()}
    return _parts("by_branch", {names[key]: found[key] for key in names if key in found})


def by_hour(figures: Figures) -> Panel:
    """No-shows by the hour of the visit."""
    found = figures.outcomes.hours
    return _parts("by_hour", {f"{hour:02}:00": found[hour] for hour in sorted(found)})


def cancelled(figures: Figures) -> Panel:
    """Cancelled in time and late."""
    found = changes.cancelled(figures.needs.database, figures.period, figures.filters)
    total = found.in_time + found.late
    rows: list[list[Cell]] = [
        [_say("in_time"), found.in_time, _share(found.in_time, total)],
        [_say("late"), found.late, _share(found.late, total)],
    ]
    columns = ("when", "visits", "of_all")
    chart = charts.bars(_say("cancelled"), _counted(rows, 2), total)
    return Panel("cancelled", columns, rows, chart, not total)


def freed(figures: Figures) -> Panel:
    """What became of freed slots."""
    found = changes.freed(figures.needs.database, figures.period, figures.filters)
    steps = ("freed_slots", "offered", "by_offer", "filled")
    counts = (found.freed, found.offered, found.by_offer, found.filled)
    rows: list[list[Cell]] = [
        [_say(step), value, _share(value, found.freed)]
        for step, value in zip(steps, counts, strict=True)
    ]
    return _panel("freed", ("step", "slots", "of_all"), rows, _counted(rows, 2), not found.freed)


def changed(figures: Figures) -> Panel:
    """What was done to visits, by channel."""
    found = changes.by_channel(figures.needs.database, figures.period, figures.filters)
    names = {channel: channel_name(channel) for channel in sorted(found)}
    rows: list[list[Cell]] = [
        [name, *(found[channel].get(event, 0) for event in changes.EVENTS)]
        for channel, name in names.items()
    ]
    columns = tuple(f"event_{event}" for event in changes.EVENTS)
    chart = charts.heat(
        _say("changed"),
        names,
        {event: _say(f"event_{event}") for event in changes.EVENTS},
        {(channel, event): n for channel, by in found.items() for event, n in by.items()},
    )
    return Panel("changed", ("channel", *columns), rows, chart, not found)


def assistant(figures: Figures) -> Panel:
    """Shares of conversations and messages."""
    found = figures.settled
    shares = {
        "alone": found.alone,
        "first_contact": found.first,
        "lost": found.lost,
        "not_understood": figures.understood,
    }
    rows: list[list[Cell]] = [
        [_say(name), share.part, share.whole, share.value] for name, share in shares.items()
    ]
    columns = ("what", "part", "whole", "share")
    chart = charts.bars(
        _say("assistant"),
        [Bar(_say(name), share.value or 0, word(share.value)) for name, share in shares.items()],
        1,
    )
    return Panel("assistant", columns, rows, chart, not any(each.whole for each in shares.values()))


def waits(figures: Figures) -> Panel:
    """How long patients wait for a person."""
    found = figures.waits
    spans = {"taken": found.taken, "replied": found.answered, "closed": found.closed}
    rows: list[list[Cell]] = [
        [_say(name), each.count, each.median, each.ninetieth] for name, each in spans.items()
    ]
    items = [
        Bar(f"{_say(name)}, {_say(kind)}", span.total_seconds() if span else 0, word(span))
        for name, each in spans.items()
        for kind, span in (("median", each.median), ("ninetieth", each.ninetieth))
    ]
    columns = ("step", "cases", "median", "ninetieth")
    return Panel("waits", columns, rows, charts.bars(_say("waits"), items), not found.opened)


def times(figures: Figures) -> Panel:
    """Visits by weekday and hour."""
    found = figures.demand.times
    days = get_day_names("abbreviated", locale=language.locale())
    hours = range(
        min((hour for _, hour in found), default=0), max((h for _, h in found), default=-1) + 1
    )
    rows: list[list[Cell]] = [
        [f"{hour:02}:00", *(found.get((day, hour), 0) for day in range(7))] for hour in hours
    ]
    chart = charts.heat(
        _say("times"),
        {hour: f"{hour:02}:00" for hour in hours},
        {day: str(days[day]).rstrip(".") for day in range(7)},
        {(hour, day): count for (day, hour), count in found.items()},
    )
    return Panel("times", ("hour", *(f"day_{day}" for day in range(7))), rows, chart, not found)


def services(figures: Figures) -> Panel:
    """Visits by service."""
    found = figures.demand
    names = {each.code: each.names for each in figures.needs.catalogue.services()}
    spoken = language.current()
    rows: list[list[Cell]] = [
        [names[code][spoken] if code in names else code, count, _share(count, found.total)]
        for code, count in sorted(found.services.items(), key=lambda each: (-each[1], each[0]))
    ]
    columns = ("service", "visits", "of_all")
    return _panel("services", columns, rows, _counted(rows[:MOST_SERVICES], 2), not rows)


PANELS: Final[Mapping[str, Callable[[Figures], Panel]]] = {
    each.__name__: each
    for each in (
        *(funnel, weeks, cancelled, freed, assistant, waits, times, services, changed),
        *(by_channel, by_language, by_branch, by_hour),
    )
}
"""By name, in the order of the page."""


def tiles(figures: Figures) -> Sequence[tuple[str, str]]:
    """(key of its words, value) of the few figures at the top."""
    counts = figures.funnel
    return (
        ("no_show", word(figures.outcomes.all.no_show)),
        ("reminded_yes", word(_share(counts.confirmed, counts.delivered))),
        ("alone", word(figures.settled.alone.value)),
        ("not_understood", word(figures.understood.value)),
        ("first_reply", word(figures.waits.answered.median)),
    )


def channel_name(name: str) -> str:
    """A channel in words; the console is one too, by which the staff change visits."""
    return _say("console") if name == "console" else language.channel(shown.channel(name).word)


_OUTCOME: Final = ("came", "missed", "cancelled_visits", "unmarked", "no_show")


def _outcome(outcome: visits.Outcome) -> tuple[Cell, ...]:
    return (
        *(outcome.came, outcome.missed, outcome.cancelled, outcome.unmarked),
        outcome.no_show,
    )


def _parts(name: str, found: Mapping[str, visits.Outcome]) -> Panel:
    """No-shows of each part; those of which nobody was marked have no bar."""
    items = [
        Bar(
            label,
            outcome.no_show,
            _say("share_of", share=word(outcome.no_show), count=outcome.came + outcome.missed),
        )
        for label, outcome in found.items()
        if outcome.no_show is not None
    ]
    rows = [[label, *_outcome(outcome)] for label, outcome in found.items()]
    chart = charts.bars(_say(name), items)
    return Panel(name, ("which", *_OUTCOME), rows, chart, not items)


def _panel(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    items: Sequence[Bar],
    empty: bool,
) -> Panel:
    return Panel(name, columns, rows, charts.bars(_say(name), items), empty)


def _counted(rows: Sequence[Sequence[Cell]], share: int) -> list[Bar]:
    """Bars of counts, which stand in the second cell, with their share in the one named."""
    return [
        Bar(str(row[0]), float(str(row[1])), f"{word(row[1])} · {word(row[share])}") for row in rows
    ]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _short(day: date) -> str:
    return str(format_date(day, "d MMM", locale=language.locale())).replace(".", "")


def _say(key: str, **values: object) -> str:
    return language.say(f"insights_{key}", **values)
