"""A conversation as a conversation test, from the command line."""

from pathlib import Path

import click

from app.cli.clinic import opened
from conversations.store import ConversationUnknown
from integrations.patients import open_patients
from integrations.scheduling import open_schedule
from trainer.examples import BadFile
from trainer.stories import Stories


@click.command("test-of")
@click.argument("conversation")
@click.option("--out", type=click.Path(path_type=Path), help="A new file; without, it is printed.")
def test_of(conversation: str, out: Path | None) -> None:
    """Make a conversation test (tests/conversations) of a conversation, its words masked."""
    with opened() as clinic:
        patients = open_patients(clinic.database)
        schedule = open_schedule(clinic.database, clinic.clock)
        made = Stories(clinic.settings, clinic.database, patients, clinic.catalogue, schedule)
        try:
            text = made.draft(conversation).text
        except ConversationUnknown:
            raise click.UsageError("there is no such conversation") from None
        except BadFile as error:
            raise click.ClickException(f"{error} (TRAINING_DATA)") from None
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise click.ClickException(f"{out} is there already; nothing was written") from None
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {type(error).__name__}") from None
