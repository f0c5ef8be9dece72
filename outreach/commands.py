"""`consulta templates`: the clinic's own words before WhatsApp."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import click

from app.account import resolve_account
from app.cli.output import as_json, show_rows
from app.settings import Settings, load_settings
from channels import open_channels
from channels.base import Approval, Templates, TemplateText, takes_templates
from conversations.ports import SendFailed
from integrations.twilio import rule_for
from outreach.templates import templates_of

_MISSING: Final = Approval("missing")
_LOST: Final = frozenset({"rejected", "paused", "disabled"})


@click.group()
def templates() -> None:
    """What the clinic says outside WhatsApp's 24 hours: submit it, see what is approved."""


@templates.command()
@as_json
def push(*, json_wanted: bool) -> None:
    """Create the templates that are missing and submit them for approval; repeat at will."""
    settings = load_settings()
    texts = templates_of(settings.clinic_name)
    wrong: dict[str, str] = {}
    with _explained():
        for there in _providers(settings):
            wrong |= {each.name: "; ".join(there.problems(each)) for each in texts}
            wrong = {name: why for name, why in wrong.items() if why}
            wrong |= there.push([each for each in texts if each.name not in wrong])
        rows = [*_rows(settings, texts)]
    _show(rows, wrong, json_wanted=json_wanted)


@templates.command()
@as_json
def status(*, json_wanted: bool) -> None:
    """Show what WhatsApp says of each template; code 1 where one may not be sent any more."""
    settings = load_settings()
    with _explained():
        rows = [*_rows(settings, templates_of(settings.clinic_name))]
    _show(rows, {}, json_wanted=json_wanted)


def _providers(settings: Settings) -> Iterator[Templates]:
    for channel in open_channels(resolve_account(settings)).values():
        if takes_templates(channel):
            yield channel.templates


def _rows(settings: Settings, texts: list[TemplateText]) -> Iterator[dict[str, Any]]:
    for there in _providers(settings):
        known = there.approvals()
        for text in texts:
            approval = known.get(text.name, _MISSING)
            yield {
                "name": text.name,
                "language": text.language,
                "status": approval.status,
                "category": approval.category or text.category,
                "reason": approval.reason,
            }


def _show(rows: list[dict[str, Any]], wrong: Mapping[str, str], *, json_wanted: bool) -> None:
    """Prints all of it; ends with 1 where something was rejected or could not be submitted."""
    show_rows(rows, json_wanted=json_wanted)
    for name, why in wrong.items():
        click.echo(f"{name} was not submitted: {why}", err=True)
    if wrong or any(row["status"] in _LOST for row in rows):
        sys.exit(1)


@contextmanager
def _explained() -> Iterator[None]:
    """Twilio's refusal in words; code 1."""
    try:
        yield
    except SendFailed as failure:
        meaning = rule_for(int(failure.code)).meaning if failure.code.isdigit() else failure.code
        raise click.ClickException(f"Twilio could not be asked: {meaning}") from None
