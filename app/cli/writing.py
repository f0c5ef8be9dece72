"""The commands that change the clinic's store."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.cli.clinic import opened
from app.cli.output import as_json, show_json
from app.rooms import USERS, offer
from clinic.editing import FilePreview
from integrations.csv_lines import Fault


@click.command()
@click.option("--demo", is_flag=True, help="The demo clinic, its patients and free slots.")
def seed(demo: bool) -> None:
    """Fills the store; asked again, it only adds what is missing."""
    if not demo:
        raise click.UsageError("only the demo clinic can be seeded: --demo")
    from integrations.demo import seed_demo

    with opened(migrate=True) as clinic:
        seed_demo(clinic.database, clinic.clock())
    click.echo("The demo clinic is there.")


@click.command("import-catalogue")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preview", is_flag=True, help="Say what would change, and change nothing.")
@as_json
def import_catalogue_file(file: Path, preview: bool, json_wanted: bool) -> None:
    """Reads services and prices from a CSV file; all of it, or nothing."""
    from integrations.catalogue_files import import_catalogue, preview_catalogue
    from integrations.csv_lines import FaultyFile

    with opened(migrate=True) as clinic:
        try:
            if preview:
                _show_preview(preview_catalogue(clinic.database, file), json_wanted=json_wanted)
                return
            summary = import_catalogue(clinic.database, file, clinic.clock())
        except FaultyFile as problem:
            if json_wanted:
                show_json({"faults": [_fault(each) for each in problem.faults]})
            click.echo(str(problem), err=True)
            sys.exit(2)
    if json_wanted:
        show_json(asdict(summary))
    else:
        click.echo(str(summary))


def _show_preview(shown: FilePreview, *, json_wanted: bool) -> None:
    """Each difference with what was and will be, and how many told prices would change."""
    rows: list[dict[str, Any]] = [
        {
            "change": each.kind,
            "what": each.what,
            "key": list(each.key),
            "fields": {name: [old, new] for name, old, new in each.fields},
        }
        for each in shown.differences
    ]
    if json_wanted:
        told = [{"price_id": each.id, "told": each.told} for each in shown.broken]
        show_json({"differences": rows, "unchanged": shown.unchanged, "told": told})
        return
    for row in rows:
        click.echo(f"{row['change']} {row['what']} {' '.join(row['key'])}")
        for name, (old, new) in row["fields"].items():
            click.echo(f"  {name}: {_plain(old)} -> {_plain(new)}")
    for price in shown.broken:
        click.echo(f"told to {price.told}: {' '.join(map(str, price.terms.key))}")
    click.echo(f"{len(rows)} differences, {shown.unchanged} unchanged")


def _plain(value: object) -> str:
    return "-" if value is None else json.dumps(value, ensure_ascii=False)


def _fault(fault: Fault) -> dict[str, Any]:
    where = {"line": fault.line, "column": fault.column}
    return {**where, "code": fault.code, "message": fault.message}


@click.command("import-outreach")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_outreach_file(file: Path) -> None:
    """Reads the rules for what the clinic starts from a CSV file; all of it, or nothing."""
    from integrations.csv_lines import FaultyFile
    from integrations.outreach_rules import import_outreach_rules

    with opened(migrate=True) as clinic:
        try:
            summary = import_outreach_rules(clinic.database, file)
        except FaultyFile as problem:
            click.echo(str(problem), err=True)
            sys.exit(2)
    click.echo(str(summary))


@click.group()
def user() -> None:
    """Who may sign in to the console."""


@user.command()
@click.argument("name")
@click.option("--role", default="reception", show_default=True, help="What they are there for.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(name: str, role: str, password_stdin: bool) -> None:
    """Adds somebody; asks for the password where a person is typing."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with opened(migrate=True) as clinic:
        try:
            offer(USERS, "add")(clinic.database, name, password, role)
        except ValueError as problem:  # the console's UserError is one
            raise click.UsageError(str(problem)) from None
    click.echo("Added.")
