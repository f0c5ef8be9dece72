"""A page to look at: figures, thresholds and a confusion matrix, as plain HTML and SVG."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

CELL = 26
MARGIN = 190
_STYLE = """
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; color: #17313b; }
body { max-width: 1000px; margin: 2rem auto; padding: 0 1rem; background: #fbfaf7; }
h1 { font-size: 1.6rem; } h2 { margin-top: 2.5rem; font-size: 1.2rem; }
table { border-collapse: collapse; } td, th { padding: .25rem .9rem; text-align: right; }
th:first-child, td:first-child { text-align: left; } tr + tr { border-top: 1px solid #dfe5e3; }
svg { max-width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: #17313b; }
.scroll { overflow-x: auto; }
"""


def write_report(
    path: Path,
    readings: Mapping[str, Any],
    thresholds: Mapping[str, list[dict[str, float]]],
    times: Mapping[str, Mapping[str, float]],
) -> None:
    """Writes the page; each reading has examples, guesses, labels and figures()."""
    titles = {"held_apart": "Held apart, never trained on", "cross_validated": "Cross-validated"}
    parts = [_speed(times)]
    for kind, title in titles.items():
        reading = readings[kind]
        parts += [
            f"<h2>{title} ({len(reading.examples)} utterances)</h2>",
            _figures(reading.figures()),
            _curve(thresholds[kind]),
            f'<div class="scroll">{_matrix(reading)}</div>',
        ]
    made = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")  # noqa: UP017 (Python 3.10)
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Intents</title>'
        f"<style>{_STYLE}</style><h1>How intents are understood</h1><p>{made}</p>{''.join(parts)}"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table><tr>{top}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _speed(times: Mapping[str, Mapping[str, float]]) -> str:
    rows = [[part, f"{took['median']} ms", f"{took['p95']} ms"] for part, took in times.items()]
    return _table(["one utterance", "median", "95 of 100 under"], rows)


def _figures(figures: Mapping[str, Mapping[str, float]]) -> str:
    rows = [
        [which, f"{named['accuracy']:.3f}", f"{named['macro_f1']:.3f}"]
        for which, named in figures.items()
    ]
    return _table(["language", "accuracy", "macro-F1"], rows)


def _curve(rows: Sequence[Mapping[str, float]]) -> str:
    """How precision rises and the share of answers falls with the threshold."""
    width, height = 560, 220

    def points(name: str) -> str:
        return " ".join(
            f"{48 + (row['threshold'] - 0.2) / 0.55 * (width - 60):.0f},"
            f"{height - 30 - (row[name] - 0.5) / 0.5 * (height - 50):.0f}"
            for row in rows
        )

    ticks = "".join(
        f'<text x="{48 + (t - 20) / 55 * (width - 60):.0f}" y="{height - 10}" '
        f'text-anchor="middle">{t / 100:.1f}</text>'
        for t in range(20, 80, 10)
    ) + "".join(
        f'<text x="42" y="{height - 26 - (p - 50) / 50 * (height - 50):.0f}" '
        f'text-anchor="end">{p} %</text>'
        for p in range(50, 101, 10)
    )
    return (
        f'<p>By threshold: <b style="color:#0b6e69">right of those answered</b>, '
        f'<b style="color:#c2571a">answered at once</b></p>'
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" '
        f'aria-label="precision and share answered by threshold">{ticks}'
        f'<polyline fill="none" stroke="#0b6e69" stroke-width="2.5" '
        f'points="{points("right_of_answered")}"/>'
        f'<polyline fill="none" stroke="#c2571a" stroke-width="2.5" '
        f'points="{points("answered")}"/></svg>'
    )


def _matrix(reading: Any) -> str:
    """Rows are what was meant, columns what was read; each row's shades sum to one."""
    labels = list(reading.labels)
    counts = np.zeros((len(labels), len(labels)), dtype=int)
    for example, guess in zip(reading.examples, reading.guesses, strict=True):
        counts[labels.index(example.intent), labels.index(guess)] += 1
    side = MARGIN + CELL * len(labels)
    drawn = [_names(labels)]
    for row, meant in enumerate(labels):
        for column, read in enumerate(labels):
            if counts[row, column]:
                drawn.append(_cell(row, column, meant, read, counts))
    return f'<svg viewBox="0 0 {side + 90} {side + 10}" width="{side + 90}">{"".join(drawn)}</svg>'


def _names(labels: Sequence[str]) -> str:
    texts = []
    for at, label in enumerate(labels):
        middle = MARGIN + CELL * at + CELL / 2 + 4
        texts.append(f'<text x="{MARGIN - 8}" y="{middle}" text-anchor="end">{label}</text>')
        texts.append(
            f'<text transform="translate({middle} {MARGIN - 8}) rotate(-60)">{label}</text>'
        )
    return "".join(texts)


def _cell(row: int, column: int, meant: str, read: str, counts: np.ndarray) -> str:
    count = int(counts[row, column])
    share = count / counts[row].sum()
    colour = "11,110,105" if row == column else "194,87,26"
    shade = 0.15 + 0.85 * share if row == column else min(1.0, 0.25 + 3 * share)
    x, y = MARGIN + CELL * column, MARGIN + CELL * row
    ink = "#fff" if shade > 0.6 else "#17313b"
    return (
        f'<g><title>{meant} read as {read}: {count}</title><rect x="{x}" y="{y}" '
        f'width="{CELL - 1}" height="{CELL - 1}" fill="rgba({colour},{shade:.2f})"/>'
        f'<text x="{x + CELL / 2}" y="{y + 17}" text-anchor="middle" style="fill:{ink}">{count}'
        f"</text></g>"
    )
