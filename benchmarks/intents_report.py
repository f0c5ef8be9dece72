"""A page to look at: figures, thresholds, speeds and a confusion matrix, as plain HTML and SVG."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from html import escape
from pathlib import Path

from benchmarks.intents_drawing import curve, matrix
from benchmarks.intents_reading import Reading, confusions
from benchmarks.intents_wishes import Splits

ASKS_BELOW, CHANGES_ABOVE = 0.4, 0.7
"""config.yml's threshold, and how sure the actions must be to change a visit without asking."""

_STYLE = """
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; color: #17313b; }
body { max-width: 1000px; margin: 2rem auto; padding: 0 1rem; background: #fbfaf7; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; }
h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; } p { max-width: 44rem; margin: .25rem 0 .75rem; }
.beside { display: flex; flex-wrap: wrap; gap: .5rem 3rem; align-items: flex-start; }
.beside > * { min-width: 0; } .beside > .wide { flex: 1 1 20rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
td, th { padding: .25rem .9rem .25rem 0; text-align: right; font-weight: normal; }
th { color: #5b7078; font-size: .85rem; } tr + tr { border-top: 1px solid #dfe5e3; }
th:first-child, td:first-child, .pairs th:nth-child(2), .pairs td:nth-child(2) { text-align: left; }
svg { display: block; } svg text { font: 11px system-ui, sans-serif; fill: #17313b; }
.curve { width: 100%; max-width: 560px; height: auto; } .curve text { font-size: 13px; }
.scroll { overflow-x: auto; } details { margin: .75rem 0; } summary { cursor: pointer; }
"""
_TITLES = {
    "held_apart": ("Held apart", "Written in another style and never trained on."),
    "cross_validated": (
        "Cross-validated",
        "Five folds; sentences of one meaning, mostly translations of each other, stay together.",
    ),
}


def write_report(
    path: Path,
    readings: Mapping[str, Reading],
    thresholds: Mapping[str, list[dict[str, float]]],
    times: Mapping[str, Mapping[str, float]],
    told_apart: Splits,
) -> None:
    """Writes the page."""
    parts = [
        '<div class="beside">',
        f"<div><h3>How fast one message is read</h3>{_speed(times)}</div>",
        f"<div><h3>Two wishes in one message</h3>{_wishes(told_apart)}</div></div>",
    ]
    for kind, (title, explained) in _TITLES.items():
        parts += _section(f"{title}: {explained}", readings[kind], thresholds[kind])
    made = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")  # noqa: UP017 (Python 3.10)
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>How intents are understood</title><style>{_STYLE}</style>"
        f"<h1>How intents are understood</h1><p>{made}</p>{''.join(parts)}"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _section(title: str, reading: Reading, rows: list[dict[str, float]]) -> list[str]:
    head, _, explained = title.partition(": ")
    count = len(reading.examples)
    return [
        f"<h2>{head}</h2><p>{explained} {count:,} messages.</p>",
        f'<div class="beside"><div><h3>Read rightly</h3>{_figures(reading)}',
        f"<h3>Most often taken for each other</h3>{_confused(reading)}</div>",
        '<div class="wide"><h3>By how sure the model must be</h3>',
        curve(rows, ASKS_BELOW, CHANGES_ABOVE),
        f"<details><summary>All thresholds</summary>{_thresholds(rows)}</details></div></div>",
        "<h3>What was meant (rows) and what was read (columns)</h3>",
        "<p>Green: right; the darker, the more of its row. Orange: wrong. Point at a cell to read ",
        f'its names.</p><div class="scroll">{matrix(reading)}</div>',
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    whole = f"<table><tr>{top}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
    return f'<div class="scroll">{whole}</div>'


def _speed(times: Mapping[str, Mapping[str, float]]) -> str:
    rows = [[part, f"{took['median']} ms", f"{took['p95']} ms"] for part, took in times.items()]
    return _table(["", "median", "95 of 100 under"], rows)


def _wishes(found: Splits) -> str:
    rows = [
        ["two wishes, both heard", f"{found.right:.1%}", f"{found.doubles:,}"],
        ["one wish, split in two", f"{found.wrong:.1%}", f"{found.singles:,}"],
    ]
    return _table(["", "share", "messages"], rows)


def _figures(reading: Reading) -> str:
    rows = [
        [which, f"{named['accuracy']:.3f}", f"{named['macro_f1']:.3f}"]
        for which, named in reading.figures().items()
    ]
    return _table(["language", "accuracy", "macro-F1"], rows)


def _confused(reading: Reading) -> str:
    pairs = confusions(reading, most=6)
    rows = [
        [*(each[side].replace("_", " ") for side in ("meant", "read")), str(each["times"])]
        for each in pairs
    ]
    return f'<div class="pairs">{_table(["meant", "read", "times"], rows)}</div>'


def _thresholds(rows: Sequence[Mapping[str, float]]) -> str:
    names = ("answered", "right_of_answered", "wrong_of_all", "two_best")
    cells = [[f"{row['threshold']:.2f}", *(f"{row[name]:.1%}" for name in names)] for row in rows]
    head = ["threshold", "answered", "right of these", "wrong of all", "right one of two offered"]
    return _table(head, cells)
