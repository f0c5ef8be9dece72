"""The commands that try the understanding of patients' words; always JSON, a line an answer."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from app.cli.output import as_json, show_json
from clinic.languages import LANGUAGES, Language

Asked = Mapping[str, Any]
_LANG = click.option("--lang", type=click.Choice(LANGUAGES), help="The language of TEXT.")
_BATCH = click.option(
    "--batch", is_flag=True, help="A JSON object a line in, with the same names; one a line out."
)


class Unusable(ValueError):
    """What was asked cannot be read; the text names what is wrong."""


@click.command("match-service")
@click.argument("text", required=False)
@_LANG
@_BATCH
@as_json
def match_service(text: str | None, lang: str | None, batch: bool, json_wanted: bool) -> None:  # noqa: ARG001 (always JSON)
    """Which services of the catalogue TEXT names, best first."""
    from app.cli.clinic import opened
    from understanding.services import match_services

    with opened() as clinic:
        services = clinic.catalogue.services()

    def answer(asked: Asked) -> object:
        match = match_services(_text(asked, "text"), _language(asked), services)
        found = [
            {"code": each.code, "name": each.name, "score": round(float(each.score), 4)}
            for each in match.candidates
        ]
        return {"services": found, "ambiguous": match.ambiguous}

    _answer({"text": text, "lang": lang}, answer, batch=batch)


@click.command()
@click.argument("text", required=False)
@_LANG
@click.option("--now", help="ISO, the moment at which TEXT is said.")
@click.option("--tz", help="The IANA zone in which TEXT is meant.")
@_BATCH
@as_json
def when(
    text: str | None,
    lang: str | None,
    now: str | None,
    tz: str | None,
    batch: bool,
    json_wanted: bool,  # noqa: ARG001 (always JSON)
) -> None:
    """The time that TEXT names, as a half-open interval; null when it names none."""
    from understanding.times import read_time

    def answer(asked: Asked) -> object:
        zone = _zone(asked)
        found = read_time(_text(asked, "text"), _language(asked), _now(asked, zone), zone)
        if found is None:
            return None
        return {
            "start": _side(found.start, zone),
            "end": _side(found.end, zone),
            "grain": str(found.grain),
            "text": found.text,
        }

    _answer({"text": text, "lang": lang, "now": now, "tz": tz}, answer, batch=batch)


def _answer(asked: Asked, answer: Callable[[Asked], object], *, batch: bool) -> None:
    if not batch:
        try:
            show_json(answer(asked))
        except Unusable as problem:
            raise click.UsageError(str(problem)) from None
        return
    failed = 0
    defaults = {name: value for name, value in asked.items() if value is not None}
    for line in sys.stdin:
        if line.strip():
            failed += not _answer_line(line, defaults, answer)
    if failed:
        raise click.UsageError(f"{failed} of the lines could not be read")


def _answer_line(line: str, defaults: Asked, answer: Callable[[Asked], object]) -> bool:
    try:
        asked = json.loads(line)
        if not isinstance(asked, dict):
            raise Unusable("each line must be a JSON object")
        show_json(answer({**defaults, **asked}))
    except ValueError as problem:  # Unusable is one, and so is what json raises
        text = str(problem) if isinstance(problem, Unusable) else "the line is not JSON"
        show_json({"error": text})
        return False
    return True


def _text(asked: Asked, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise Unusable(f"{name} is missing")
    return value


def _language(asked: Asked) -> Language:
    value = _text(asked, "lang")
    if value not in LANGUAGES:
        raise Unusable(f"lang must be one of {', '.join(LANGUAGES)}")
    return value


def _zone(asked: Asked) -> ZoneInfo:
    try:
        return ZoneInfo(_text(asked, "tz"))
    except (OSError, ValueError, LookupError):
        if "tz" not in asked or asked["tz"] is None:
            raise
        raise Unusable("tz must be an IANA zone, such as America/Mexico_City") from None


def _now(asked: Asked, zone: ZoneInfo) -> datetime:
    text = _text(asked, "now")
    try:
        now = datetime.fromisoformat(text)
    except ValueError:
        raise Unusable("now must be an ISO time") from None
    return now if now.tzinfo else now.replace(tzinfo=zone)


def _side(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None
