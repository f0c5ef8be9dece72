"""What the assistant says, from the command line: the same desk as the pages'."""

import getpass
from dataclasses import asdict

import click

from app.cli.clinic import opened
from app.cli.output import as_json, show_json, show_rows
from clinic.clock import system_clock
from clinic.languages import LANGUAGES, Language
from trainer.examples import BadFile
from trainer.previews import Previews
from trainer.response_checks import Problem
from trainer.responses import Place, Response
from trainer.wording_desk import BadWording, NoSuchWording, Outdated, Shown, WordingDesk


@click.command()
@click.argument("words", required=False, default="")
@click.option("--flow", default="", help="Of one flow alone.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="In one language alone.")
@as_json
def responses(words: str, flow: str, lang: Language | None, *, json_wanted: bool) -> None:
    """List what the assistant says, all or what has the words; `waits`: not written yet."""
    with opened() as clinic:
        desk = WordingDesk(clinic.settings, clinic.database, clinic.catalogue)
        try:
            rows = [
                _row(response, each)
                for response in desk.search(words, flow)
                for code in ([lang] if lang else LANGUAGES)
                for each in desk.shown(response, code)
            ]
        except BadFile as error:
            raise click.ClickException(f"{error} (TRAINING_DATA)") from None
    show_rows(rows, json_wanted=json_wanted)


@click.command()
@click.argument("name")
@click.option("--lang", type=click.Choice(LANGUAGES), required=True)
@click.option("--channel", default="", help="The wording for one channel; else that for all.")
@click.option("--number", default=1, show_default=True, help="Where there are several, which.")
@click.option("--button", default=0, help="The title of this choice, from 1, not the text.")
@click.option("--text", help="What it is to say. Without: only how it is shown on each channel.")
@as_json
def response(
    name: str,
    lang: Language,
    channel: str,
    number: int,
    button: int,
    text: str | None,
    *,
    json_wanted: bool,
) -> None:
    """Show a response as SMS, WhatsApp and voice; with --text keep that and print its id."""
    place = Place(name, lang, channel, number, button)
    with opened() as clinic:
        desk = WordingDesk(clinic.settings, clinic.database, clinic.catalogue)
        try:
            if text is not None:
                _reword(desk, place, text)
            else:
                _show(desk, place, json_wanted=json_wanted)
        except BadFile as error:
            raise click.ClickException(f"{error} (TRAINING_DATA)") from None
        except NoSuchWording:
            raise click.UsageError("there is no such text, or several responses share it") from None


def _row(response: Response, each: Shown) -> dict[str, object]:
    place = each.wording.place
    return {
        "response": place.response,
        "flow": response.flow,
        "language": place.language,
        "channel": place.channel,
        "number": place.number,
        "button": place.button,
        "text": each.text,
        "waits": each.waiting.id if each.waiting else None,
    }


def _reword(desk: WordingDesk, place: Place, text: str) -> None:
    try:
        kept = desk.reword(place, text, getpass.getuser(), system_clock())
    except BadWording as refused:
        told = "; ".join(f"{each.kind} {each.about}".strip() for each in refused.problems)
        raise click.UsageError(f"not kept: {told}") from None
    except Outdated:
        raise click.ClickException("somebody changed it meanwhile; nothing was kept") from None
    click.echo(kept or "The file says so already.")
    for each in _against(desk, place):
        click.echo(f"{each.kind} {each.about}".strip(), err=True)


def _against(desk: WordingDesk, place: Place) -> list[Problem]:
    found = desk.response(place.response)
    if found is None:
        return []
    return [
        problem
        for each in desk.shown(found, place.language)
        if each.wording.place == place and each.waiting
        for problem in desk.check(found, each.wording, each.text)
    ]


def _show(desk: WordingDesk, place: Place, *, json_wanted: bool) -> None:
    found = desk.response(place.response)
    shown = desk.preview(found, place.language, {}, system_clock()) if found else None
    if shown is None:
        raise NoSuchWording
    if json_wanted:
        show_json(asdict(shown))
    else:
        click.echo(_told(shown))


def _told(shown: Previews) -> str:
    taps = [f"[{title}]" for title, _ in shown.whatsapp.buttons]
    lines = [
        f"SMS ({shown.sms.segments} segments)",
        *shown.sms.pieces,
        "",
        "WhatsApp",
        shown.whatsapp.text,
        *([shown.whatsapp.list_button] if shown.whatsapp.list_button else []),
        *taps,
        "",
        f"Voice ({shown.voice.voice})",
        *shown.voice.said,
    ]
    return "\n".join(lines)
