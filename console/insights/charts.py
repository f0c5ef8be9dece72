"""Charts as SVG, drawn here: without a script, without inline style, readable on a phone.

All are 360 units wide, which is about what a phone has; colours are classes of console.css, and
what a colour tells is also told by length, place or a number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from markupsafe import Markup

WIDTH: Final = 360
_BAR, _ROW = 14, 44
_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 20, 18, 26
_PLOT_HEIGHT = 150
_CELL, _NAMES = 26, 46
_SHADES: Final = 5

Row = TypeVar("Row", bound=int | str)
Column = TypeVar("Column", bound=int | str)


@dataclass(frozen=True, slots=True)
class Bar:
    """A length with what it stands for; shown: its value in words."""

    label: str
    value: float
    shown: str


def bars(title: str, items: Sequence[Bar], most: float | None = None) -> Markup:
    """Bars one under the other, each with its words above it. most: what a full bar stands for."""
    full = most or max((item.value for item in items), default=0) or 1
    drawn = []
    for number, item in enumerate(items):
        top = number * _ROW
        length = max(item.value / full * WIDTH, 2 if item.value else 0)
        drawn += [
            _text(0, top + 15, item.label),
            _text(WIDTH, top + 15, item.shown, "end strong"),
            _box(0, top + 22, WIDTH, _BAR, "rail"),
            _box(0, top + 22, length, _BAR, "length"),
        ]
    return _svg(title, len(items) * _ROW, drawn)


def line(title: str, points: Sequence[tuple[str, float | None]]) -> Markup:
    """Shares (0 to 1) over time; where there is none the line is broken."""
    top = _ceiling(share for _, share in points if share is not None)
    high = _TOP + _PLOT_HEIGHT
    step = (WIDTH - _LEFT - _RIGHT) / max(len(points) - 1, 1)
    drawn = []
    for part in range(5):
        y = high - part / 4 * _PLOT_HEIGHT
        drawn.append(_rule(_LEFT, y, WIDTH - _RIGHT, y))
        drawn.append(_text(_LEFT - 6, y + 4, f"{top * part / 4:.0%}", "end"))
    stretch: list[tuple[float, float]] = []
    every = -(-len(points) // 6)
    for number, (label, share) in enumerate(points):
        x = _LEFT + number * step
        if number % every == 0:
            drawn.append(_text(x, high + 20, label, "middle"))
        if share is None:
            drawn += _stretch(stretch)
            stretch = []
        else:
            stretch.append((x, high - share / top * _PLOT_HEIGHT))
    return _svg(title, high + _BOTTOM, [*drawn, *_stretch(stretch)])


def heat(
    title: str,
    rows: Mapping[Row, str],
    columns: Mapping[Column, str],
    values: Mapping[tuple[Row, Column], int],
) -> Markup:
    """A grid of counts, the darker the more. rows and columns: what stands in front, by key."""
    names = max((len(name) for name in rows.values()), default=0) * 8 + 12
    left = min(max(names, _NAMES), 110)
    wide = (WIDTH - left) / max(len(columns), 1)
    most = max(values.values(), default=0) or 1
    drawn = [
        _text(left + (number + 0.5) * wide, 14, name, "middle")
        for number, name in enumerate(columns.values())
    ]
    for down, (row, name) in enumerate(rows.items()):
        y = 22 + down * _CELL
        drawn.append(_text(left - 8, y + 17, name, "end"))
        for across, column in enumerate(columns):
            count = values.get((row, column), 0)
            shade = -(-count * _SHADES // most)
            x = left + across * wide
            drawn.append(_box(x + 1, y + 1, wide - 2, _CELL - 2, f"heat-{shade}"))
            if count:
                dark = " light" if shade > _SHADES - 2 else ""
                drawn.append(_text(x + wide / 2, y + 17, str(count), f"middle{dark}"))
    return _svg(title, 22 + len(rows) * _CELL, drawn)


def _ceiling(shares: Iterable[float]) -> float:
    """The end of the axis: the least of a few round ones that is not exceeded."""
    most = max(shares, default=0)
    return next(top for top in (0.2, 0.4, 0.6, 0.8, 1.0) if most <= top)


def _stretch(points: Sequence[tuple[float, float]]) -> list[Markup]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = [
        Markup('<circle class="dot" cx="{}" cy="{}" r="4"/>').format(_n(x), _n(y))
        for x, y in points
    ]
    return [Markup('<polyline class="line" points="{}"/>').format(path), *dots] if points else []


def _svg(title: str, height: float, drawn: Iterable[Markup]) -> Markup:
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(WIDTH, _n(height), title, Markup("").join(drawn))


def _text(x: float, y: float, words: str, kind: str = "") -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, _n(x), _n(y), words)


def _box(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>').format(
        kind, _n(x), _n(y), _n(width), _n(height)
    )


def _rule(x: float, y: float, to_x: float, to_y: float) -> Markup:
    return Markup('<line class="rule" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
        _n(x), _n(y), _n(to_x), _n(to_y)
    )


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
