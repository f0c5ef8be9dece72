"""A month with and without outreach, side by side, and how near it comes to what was published."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from outreach.simulation.figures import Figures
from outreach.simulation.rates import Published


@dataclass(frozen=True, slots=True)
class Compared:
    """The same month twice. `measured`: what the published effects are here, by name."""

    without: Figures
    outreach: Figures
    published: Sequence[Published]

    @property
    def measured(self) -> Mapping[str, float | None]:
        """None where there was nothing to measure it by."""
        before, after = self.without, self.outreach
        return {
            "no_show_without": _share(before.no_shows, before.visits),
            "no_show_ratio": _ratio(before, after, lambda each: each.no_shows),
            "attendance_ratio": _ratio(before, after, lambda each: each.attended),
            "offers_accepted": _share(after.accepted, after.offers),
            "offered_slots_filled": _share(after.filled, after.offered),
            "rebooked": _share(before.rebooked, before.cancellations),
        }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _ratio(before: Figures, after: Figures, count: Callable[[Figures], int]) -> float | None:
    was, became = _share(count(before), before.visits), _share(count(after), after.visits)
    return became / was if was and became is not None else None


_ROWS: Final[tuple[tuple[str, Callable[[Figures], int], bool], ...]] = (
    ("Visits whose time came", lambda each: each.visits, False),
    ("  attended", lambda each: each.attended, True),
    ("  no-shows", lambda each: each.no_shows, True),
    ("  cancelled in time", lambda each: each.cancelled, True),
    ("Visits confirmed", lambda each: each.confirmed, False),
    ("Visits moved by their patients", lambda each: each.moved, False),
    ("Slots freed", lambda each: each.freed, False),
    ("  taken again", lambda each: each.refilled, False),
    ("  of them by an offer", lambda each: each.filled, False),
    ("Offers made", lambda each: each.offers, False),
    ("  accepted", lambda each: each.accepted, False),
    ("Messages sent", lambda each: sum(each.messages.values()), False),
    ("  by SMS", lambda each: each.messages.get("sms", 0), False),
    ("    in segments", lambda each: each.segments, False),
    ("  by WhatsApp", lambda each: each.messages.get("whatsapp", 0), False),
    ("Calls", lambda each: each.messages.get("voice", 0), False),
    ("Messages from patients", lambda each: each.answers, False),
    ("Old choices that did nothing", lambda each: each.refused, False),
    ("Patients who found no time", lambda each: each.turned_away, False),
    ("Patients who said stop", lambda each: each.opted_out, False),
)
"""What is told, how it is counted, and whether its share of the visits is told too."""


def lines_of(compared: Compared) -> list[str]:
    """The report for people."""
    lines = [f"{'':32}{'without':>16}{'with outreach':>16}"]
    for says, count, shared in _ROWS:
        months = compared.without, compared.outreach
        cells = [_cell(each, count, shared=shared) for each in months]
        lines.append(f"{says:32}{cells[0]:>16}{cells[1]:>16}")
    lines.append(f"{'Cost of what was sent (USD)':32}{'0.00':>16}{_cost(compared.outreach):>16}")
    lines += ["", f"{'':40}{'published':>14}{'here':>8}"]
    measured = compared.measured
    for each in compared.published:
        value = measured[each.measures]
        here = "-" if value is None else f"{value:.2f}"
        span = f"{each.low:.2f} - {each.high:.2f}"
        lines.append(f"{each.says:40}{span:>14}{here:>8}  {_near(each, value)}")
    return lines


def _cell(figures: Figures, count: Callable[[Figures], int], *, shared: bool) -> str:
    number = count(figures)
    share = _share(number, figures.visits)
    return f"{number:,}" + (f" {share:6.1%}" if shared and share is not None else "")


def _cost(figures: Figures) -> str:
    return "no price" if figures.cost is None else f"{figures.cost:,.2f}"


def _near(published: Published, value: float | None) -> str:
    if value is None:
        return ""
    if value < published.low:
        return "lower"
    return "higher" if value > published.high else "within"


def json_of(compared: Compared) -> dict[str, Any]:
    """The report for tools."""
    measured = compared.measured
    return {
        "without": _plain(compared.without),
        "with": _plain(compared.outreach),
        "published": [
            {**asdict(each), "here": measured[each.measures]} for each in compared.published
        ],
    }


def _plain(figures: Figures) -> dict[str, Any]:
    plain = asdict(figures)
    plain["cost"] = None if figures.cost is None else str(figures.cost)
    plain["days"] = [{**each, "day": each["day"].isoformat()} for each in plain["days"]]
    return plain
