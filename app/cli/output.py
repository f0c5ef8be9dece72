"""What commands print: JSON for tools, a table for people."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

as_json = click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")


def iso(at: datetime, zone: ZoneInfo) -> str:
    """The instant in the zone's wall time, with its offset, to the second."""
    return at.astimezone(zone).isoformat(timespec="seconds")


def show_json(value: object) -> None:
    """One line of JSON."""
    click.echo(json.dumps(value, ensure_ascii=False))


def show_rows(rows: Sequence[Mapping[str, Any]], *, json_wanted: bool) -> None:
    """A list of JSON objects, or a table."""
    if json_wanted:
        show_json(list(rows))
    elif not rows:
        click.echo("Nothing.", err=True)
    else:
        _table(list(rows[0]), [[_cell(row[name]) for name in row] for row in rows])


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = [list(names), *[list(row) for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
