"""The two figures of the report, as SVG: a curve by threshold and a confusion matrix."""

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.intents_reading import Reading

CELL = 26
MARGIN = 150
GREEN, ORANGE, GREY = "#0b6e69", "#c2571a", "#8a9aa0"
_WIDTH, _HEIGHT = 560, 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 14, 44, 46
_FROM, _TO = 0.2, 0.95  # thresholds
_LEAST = 0.5  # share


def curve(rows: Sequence[Mapping[str, float]], asks_below: float, changes_above: float) -> str:
    """How precision rises and the share of answers falls with the threshold; both chosen marked."""
    drawn = [
        *_axes(),
        _mark(asks_below, f"asks below {asks_below}", rows),
        _mark(changes_above, f"changes at once from {changes_above}", rows),
        _line(rows, "right_of_answered", GREEN),
        _line(rows, "answered", ORANGE),
        _key(0, GREEN, "right, of those answered"),
        _key(230, ORANGE, "answered, of all"),
    ]
    return (
        f'<svg class="curve" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="precision and share answered by threshold">{"".join(drawn)}</svg>'
    )


def _x(threshold: float) -> float:
    return _LEFT + (threshold - _FROM) / (_TO - _FROM) * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _TOP + (1 - share) / (1 - _LEAST) * (_HEIGHT - _TOP - _BOTTOM)


def _axes() -> list[str]:
    across = [
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_y(p / 100):.1f}" y2="{_y(p / 100):.1f}" '
        f'stroke="#dfe5e3"/><text x="{_LEFT - 6}" y="{_y(p / 100) + 4:.1f}" '
        f'text-anchor="end">{p} %</text>'
        for p in range(round(_LEAST * 100), 101, 10)
    ]
    along = [
        f'<text x="{_x(t / 10):.1f}" y="{_HEIGHT - 26}" text-anchor="middle">{t / 10}</text>'
        for t in range(2, 10)
    ]
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    named = f'<text x="{middle}" y="{_HEIGHT - 6}" text-anchor="middle">how sure at least</text>'
    return [*across, *along, named]


def _line(rows: Sequence[Mapping[str, float]], name: str, colour: str) -> str:
    points = " ".join(
        f"{_x(row['threshold']):.1f},{_y(max(row[name], _LEAST)):.1f}" for row in rows
    )
    return f'<polyline fill="none" stroke="{colour}" stroke-width="2.5" points="{points}"/>'


def _mark(threshold: float, said: str, rows: Sequence[Mapping[str, float]]) -> str:
    """An upright line, with both curves' shares where it meets them."""
    x = _x(threshold)
    row = min(rows, key=lambda each: abs(each["threshold"] - threshold))
    high = max(row["answered"], row["right_of_answered"])
    values = "".join(
        _value(x, row[name], colour, above=row[name] == high)
        for name, colour in (("right_of_answered", GREEN), ("answered", ORANGE))
    )
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}" stroke="{GREY}" '
        f'stroke-dasharray="4 4"/><text x="{x + 7:.1f}" y="{_HEIGHT - _BOTTOM - 8}">{said}</text>'
        f"{values}"
    )


def _value(x: float, share: float, colour: str, *, above: bool) -> str:
    """A point with its share: above to the right, or below to the left where no curve runs."""
    place = f'x="{x + 7:.1f}" y="{_y(share) - 8:.1f}"'
    if not above:
        place = f'x="{x - 7:.1f}" y="{_y(share) + 18:.1f}" text-anchor="end"'
    return (
        f'<circle cx="{x:.1f}" cy="{_y(share):.1f}" r="4" fill="{colour}"/>'
        f'<text {place} style="fill:{colour};font-weight:600">{share:.1%}</text>'
    )


def _key(x: float, colour: str, said: str) -> str:
    return (
        f'<rect x="{_LEFT + x}" y="6" width="18" height="4" fill="{colour}"/>'
        f'<text x="{_LEFT + x + 24}" y="13">{said}</text>'
    )


def matrix(reading: Reading) -> str:
    """Rows are what was meant, columns what was read; each row's shades sum to one."""
    labels = list(reading.labels)
    counts = np.zeros((len(labels), len(labels)), dtype=int)
    for example, guess in zip(reading.examples, reading.guesses, strict=True):
        counts[labels.index(example.intent), labels.index(guess)] += 1
    side = MARGIN + CELL * len(labels)
    drawn = [_names(labels), _grid(len(labels))]
    for row, meant in enumerate(labels):
        for column, read in enumerate(labels):
            if counts[row, column]:
                drawn.append(_cell(row, column, f"{meant} read as {read}", counts))
    width, height = side + 70, side + 4
    return f'<svg viewBox="0 0 {width} {height}" width="{width}">{"".join(drawn)}</svg>'


def _names(labels: Sequence[str]) -> str:
    texts = []
    for at, label in enumerate(labels):
        middle = MARGIN + CELL * at + CELL / 2 + 4
        texts.append(f'<text x="{MARGIN - 8}" y="{middle}" text-anchor="end">{label}</text>')
        texts.append(
            f'<text transform="translate({middle} {MARGIN - 8}) rotate(-60)">{label}</text>'
        )
    return "".join(texts)


def _grid(count: int) -> str:
    end = MARGIN + CELL * count
    lines = (
        f'<path d="M{MARGIN} {at}H{end}M{at} {MARGIN}V{end}" stroke="#e8ecea"/>'
        for at in range(MARGIN, end + 1, CELL)
    )
    return "".join(lines)


def _cell(row: int, column: int, said: str, counts: np.ndarray) -> str:
    count = int(counts[row, column])
    share = count / counts[row].sum()
    colour = "11,110,105" if row == column else "194,87,26"
    shade = 0.15 + 0.85 * share if row == column else min(1.0, 0.25 + 3 * share)
    x, y = MARGIN + CELL * column, MARGIN + CELL * row
    ink = "#fff" if shade > 0.6 else "#17313b"
    return (
        f'<g><title>{said}: {count}</title><rect x="{x}" y="{y}" '
        f'width="{CELL - 1}" height="{CELL - 1}" fill="rgba({colour},{shade:.2f})"/>'
        f'<text x="{x + CELL / 2}" y="{y + 17}" text-anchor="middle" style="fill:{ink}">{count}'
        f"</text></g>"
    )
