"""The commands that change the clinic's store."""

import sys
from pathlib import Path

import click

from app.cli.clinic import opened
from app.rooms import USERS, offer


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
def import_catalogue_file(file: Path) -> None:
    """Reads services and prices from a CSV file; all of it, or nothing."""
    from integrations.catalogue_files import import_catalogue
    from integrations.csv_lines import FaultyFile

    with opened(migrate=True) as clinic:
        try:
            summary = import_catalogue(clinic.database, file)
        except FaultyFile as problem:
            click.echo(str(problem), err=True)
            sys.exit(2)
    click.echo(str(summary))


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
