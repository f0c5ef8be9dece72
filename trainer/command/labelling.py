"""Reviewing and labelling from the command line: the same desk as the pages'."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.cli.clinic import opened
from app.cli.output import as_json, show_json, show_rows
from clinic.clock import system_clock
from clinic.languages import LANGUAGES, Language
from integrations.patients import open_patients
from trainer.desk import BadDecision, Choice, Desk
from trainer.examples import BadFile
from trainer.labels import AlreadyDecided
from trainer.writing import Changed, Draft, draft
from trainer.writing import show as show_draft
from trainer.writing import write as write_draft

_WHY = {
    "gone": "a message is not open for review",
    "unknown": "there is no such intent: --new makes one",
    "known": "that intent is there already",
    "name": "an intent's name has 3 to 60 lower-case letters or underscores",
    "empty": "without what is masked nothing is left that teaches",
}


@click.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
@as_json
def review(limit: int, *, json_wanted: bool) -> None:
    """Show messages that were misread, masked, what teaches most first; `group`: alike ones."""
    with _desk() as desk:
        groups, by_meaning = desk.review().groups(system_clock())
    if not by_meaning:
        click.echo("The engine does not answer: grouped by letters.", err=True)
    rows = [
        {
            "id": one.id,
            "group": number,
            "reason": one.reason,
            "language": one.language,
            "text": one.text,
            "intent": one.ranking[0][0] if one.ranking else None,
            "confidence": one.confidence,
        }
        for number, group in enumerate(groups, 1)
        for one in group
    ]
    show_rows(rows[:limit], json_wanted=json_wanted)


@click.command()
@click.argument("intent")
@click.argument("messages", nargs=-1, required=True)
@click.option("--text", help="Another wording; of one message alone.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Another language.")
@click.option("--new", is_flag=True, help="The intent is a new one.")
def label(
    intent: str, messages: tuple[str, ...], text: str | None, lang: Language | None, *, new: bool
) -> None:
    """Decide what messages mean, by their ids; the intent `skip` skips them."""
    if text is not None and len(messages) > 1:
        raise click.UsageError("--text is for one message alone")
    meant = "" if intent == "skip" else intent
    choices = [Choice(each, text, lang) for each in dict.fromkeys(messages)]
    with _desk() as desk:
        try:
            batch = desk.decide(choices, meant, getpass.getuser(), system_clock(), new=new)
        except BadDecision as problem:
            raise click.UsageError(_WHY[problem.key]) from None
        except AlreadyDecided:
            raise click.ClickException("somebody decided about one of them meanwhile") from None
    click.echo(batch)


@click.command()
@click.argument("decision")
def undo(decision: str) -> None:
    """Take back a decision, by what `label` or `response` printed."""
    with _desk() as desk:
        mine = (decision, getpass.getuser(), system_clock())
        if not desk.labels.undo(*mine) and not desk.rewordings.undo(*mine):
            raise click.UsageError("no such decision stands")


@click.command()
@as_json
def diff(*, json_wanted: bool) -> None:
    """Show what `write` would change in the files, and what speaks against some changes."""
    with _desk() as desk:
        made = show_draft(desk.project, desk.labels, desk.rewordings)
    _explain(made)
    if json_wanted:
        waiting = len(made.labels) + len(made.rewordings)
        show_json({"token": made.token, "diff": made.diff, "waiting": waiting})
    else:
        click.echo(made.diff or "Nothing to write.")


@click.command()
@click.option("--token", help="Write only what `diff --json` showed under it.")
def write(token: str | None) -> None:
    """Write the decided examples to data/nlu.yml, new intents and responses to domain.yml."""
    with _desk() as desk:
        wanted = token or draft(desk.project, desk.labels, desk.rewordings).token
        try:
            made = write_draft(desk.project, desk.labels, desk.rewordings, wanted, system_clock())
        except Changed as changed:
            raise click.ClickException(
                f"nothing written: {changed}\n{changed.theirs or ''}"
            ) from None
    _explain(made)
    click.echo(f"{len(made.written) + len(made.reworded)} written.")


@contextmanager
def _desk() -> Iterator[Desk]:
    """The desk; says in one line when the files cannot be read."""
    with opened() as clinic:
        patients = open_patients(clinic.database)
        try:
            yield Desk(clinic.settings, clinic.database, patients, clinic.catalogue)
        except BadFile as error:
            raise click.ClickException(f"{error} (TRAINING_DATA)") from None


def _explain(made: Draft) -> None:
    texts = {label.id: label.example for label in made.labels}
    for identifier, finding in made.findings.items():
        mine, other = texts[identifier], finding.other
        click.echo(
            f"{finding.kind}: {mine.intent}: {mine.text} | {other.intent}: {other.text}", err=True
        )
    for intent, missing in made.lacking.items():
        told = ", ".join(f"{count} in {language}" for language, count in missing.items())
        click.echo(f"waits: {intent} needs {told}", err=True)
    for each in made.rewordings:
        if each.id in made.overtaken:
            now = made.overtaken[each.id] or "nothing"
            click.echo(f"overtaken: {each.place.response}: the file says {now} now", err=True)
