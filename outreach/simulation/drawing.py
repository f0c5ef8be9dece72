"""The picture of a month, as SVG: how visits ended, slots freed and taken again, messages a day.

Colours are those of Okabe and Ito, told apart by every kind of eye
(https://jfly.uni-koeln.de/color/); each is named beside what it stands for as well.
"""

from collections.abc import Callable, Sequence
from typing import Final

from outreach.simulation.figures import Day, Figures
from outreach.simulation.month import Wanted
from outreach.simulation.report import Compared

_BLUE, _GREY, _RED, _LIGHT, _ORANGE = "#0072B2", "#9AA5AB", "#D55E00", "#A9D4EE", "#E69F00"
_INK, _FAINT = "#17313b", "#dfe5e3"
_WIDTH, _HEIGHT = 1120, 660
_LEFT, _RIGHT = 160, 30
_BAR: Final = 44
_DAYS_HEIGHT: Final = 130

Ended = tuple[str, str, Callable[[Figures], int]]
Bars = tuple[str, str, Callable[[Day], int]]

_ENDED: Final[tuple[Ended, ...]] = (
    ("attended", _BLUE, lambda each: each.attended),
    ("cancelled in time", _GREY, lambda each: each.cancelled),
    ("no-show", _RED, lambda each: each.no_shows),
)
_SLOTS: Final[tuple[Bars, ...]] = (
    ("taken again by somebody else", _BLUE, lambda day: day.refilled),
    ("freed and left empty", _LIGHT, lambda day: day.freed - day.refilled),
)
_MESSAGES: Final[tuple[Bars, ...]] = (
    ("reminders", _BLUE, lambda day: day.reminders),
    ("offers of freed slots", _ORANGE, lambda day: day.offers),
)


def draw(compared: Compared, wanted: Wanted) -> str:
    """The picture."""
    days = compared.outreach.days
    title = f"A month of a clinic: {wanted.patients:,} patients, {wanted.days} days"
    drawn = [
        _text(_LEFT, 34, title, size=20, weight=600),
        *_outcomes(compared),
        *_by_day("Slots freed a day, with outreach", days, _SLOTS, 236),
        *_by_day("Messages a day, with outreach", days, _MESSAGES, 452),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{title}, with and without outreach" font-family="system-ui, sans-serif">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>{"".join(drawn)}</svg>\n'
    )


def _outcomes(compared: Compared) -> list[str]:
    drawn = [_text(_LEFT, 66, "How visits ended", weight=600), *_key(_ENDED, 66, _LEFT + 190)]
    for row, (name, figures) in enumerate(
        (("without outreach", compared.without), ("with outreach", compared.outreach))
    ):
        y, x = 84 + row * (_BAR + 12), float(_LEFT)
        drawn.append(_text(_LEFT - 12, y + _BAR / 2 + 5, name, anchor="end"))
        for _, colour, count in _ENDED:
            share = count(figures) / max(figures.visits, 1)
            width = share * (_WIDTH - _LEFT - _RIGHT)
            drawn.append(_box(x, y, width, _BAR, colour))
            if width > 50:
                ink = _INK if colour == _GREY else "#fff"
                label = f"{share:.1%}"
                drawn.append(_text(x + 10, y + _BAR / 2 + 5, label, ink=ink, weight=600))
            x += width
    return drawn


def _by_day(title: str, days: Sequence[Day], bars: Sequence[Bars], top: float) -> list[str]:
    """Stacked columns, the first of `bars` at the foot."""
    highest = _round_up(max((sum(count(day) for *_, count in bars) for day in days), default=1))
    foot, room = top + 30 + _DAYS_HEIGHT, (_WIDTH - _LEFT - _RIGHT) / max(len(days), 1)
    drawn = [_text(_LEFT, top, title, weight=600), *_key(bars, top, _LEFT + 300)]
    for part in (0.0, 0.5, 1.0):
        y = foot - part * _DAYS_HEIGHT
        drawn.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{_FAINT}"/>')
        drawn.append(_text(_LEFT - 12, y + 4, f"{part * highest:,.0f}", anchor="end", size=13))
    for number, day in enumerate(days):
        x, y = _LEFT + number * room, foot
        for _, colour, count in bars:
            height = count(day) / highest * _DAYS_HEIGHT
            y -= height
            drawn.append(_box(x + room * 0.15, y, room * 0.7, height, colour))
        if day.day.weekday() == 0:
            monday = f"{day.day:%-d %b}"
            drawn.append(_text(x + room / 2, foot + 18, monday, anchor="middle", size=13))
    return drawn


def _round_up(most: int) -> int:
    """To a number that halves into a plain one."""
    step = 10 ** max(len(str(most)) - 1, 1) // 5 or 1
    return max(-(-most // step) * step, 2)


def _key(named: Sequence[Ended] | Sequence[Bars], y: float, x: float) -> list[str]:
    drawn = []
    for says, colour, _ in named:
        drawn += [_box(x, y - 11, 14, 14, colour), _text(x + 21, y, says, size=14)]
        x += 50 + 7.3 * len(says)
    return drawn


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    if not width or not height:
        return ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'
    )


def _text(
    x: float,
    y: float,
    says: str,
    *,
    anchor: str = "start",
    size: int = 15,
    weight: int = 400,
    ink: str = _INK,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'font-weight="{weight}" fill="{ink}">{says}</text>'
    )
