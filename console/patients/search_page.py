"""Finding a patient or a thread by name or phone, and messages by what was said.

By POST: names and words do not belong in addresses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, render_template, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from clinic.catalogue import Branch
from clinic.hours import instant
from clinic.patients import Patient
from console import shown
from console.access import scope
from console.inbox import finding
from console.inbox.finding import Narrowed
from console.inbox.places import by_number
from console.inbox.words import LONGEST, Wanted, excerpt, read
from console.needs import Needs
from console.patients import numbers
from console.schedule import agenda
from console.sent import ORDINAL, whole

LIMIT = 25
_FEWEST_DIGITS = 7
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a search found; conversations: the last one of each number without a patient."""

    patients: Sequence[Patient]
    conversations: Sequence[str]
    more: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A message with the words. url_id: of the patient, or of a conversation of nobody known.

    staff: who of the staff said it; by: "patient", "bot" or "staff". at: wall time in the number's
    country.
    """

    message_id: str
    url_id: str
    patient: bool
    who: str
    by: str
    staff: str
    channel: shown.Badge
    at: datetime
    words: Markup


@dataclass(frozen=True, slots=True)
class Asked:
    """The form. since, until: days, the last included; None where they are no days."""

    words: str = ""
    channel: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /search."""

    @blueprint.route("/search", methods=["GET", "POST"])
    def show_search() -> str:
        asked = _asked(request.form)
        further = asked.before is not None
        found = find(needs, asked.words[:_LONGEST_NAME]) if asked.words and not further else None
        said, more = _said(needs, asked)
        return render_template(
            "console/search.html",
            asked=asked,
            longest=LONGEST,
            found=found,
            said=said,
            more=more,
            channels=[(each, shown.channel(each)) for each in needs.channels],
        )


def _asked(form: MultiDict[str, str]) -> Asked:
    return Asked(
        words=form.get("words", "").strip()[:LONGEST],
        channel=form.get("channel", "")[:20],
        since=agenda.read_day(form.get("since", "")),
        until=agenda.read_day(form.get("until", "")),
        before=whole(form.get("before", ""), ORDINAL),
    )


def _said(needs: Needs, asked: Asked) -> tuple[Sequence[Said], int | None]:
    """The messages with the words, and the number of the last where there are more."""
    wanted = read(asked.words)
    if not wanted:
        return (), None
    zone = scope.branches(needs)[0].zone
    narrowed = Narrowed(
        asked.channel,
        instant(asked.since, time.min, zone) if asked.since else None,
        instant(asked.until + timedelta(days=1), time.min, zone) if asked.until else None,
        asked.before,
    )
    found, more = finding.find(needs, wanted, narrowed)
    everywhere = needs.catalogue.branches()
    lines = [_line(each, wanted, everywhere) for each in found]
    return lines, found[-1].message.number if more else None


def _line(found: finding.Found, wanted: Wanted, branches: Sequence[Branch]) -> Said:
    message, thread = found.message, found.thread
    zone = by_number(branches, message.address).zone
    kind, _, staff = message.author.partition(":")
    return Said(
        message_id=message.id,
        url_id=thread.patient_id or message.conversation_id,
        patient=thread.patient_id is not None,
        who=shown.harmless(found.name) or shown.masked_number(message.address),
        by="patient" if message.direction == "in" else "staff" if kind == "staff" else "bot",
        staff=staff,
        channel=shown.channel(message.channel),
        at=message.at.astimezone(zone),
        words=excerpt(message.text, wanted),
    )


def find(needs: Needs, words: str) -> Found:
    """By phone where the words look like one, else by name."""
    if sum(character.isdigit() for character in words) >= _FEWEST_DIGITS:
        return _by_phone(needs, words)
    found = needs.patients.search(words, LIMIT + 1)
    theirs = [each for each in found[:LIMIT] if scope.sees_patient(needs, each.id)]
    return Found(theirs, (), len(found) > LIMIT)


def _by_phone(needs: Needs, words: str) -> Found:
    patients: dict[str, Patient] = {}
    conversations: dict[str, None] = {}
    for address in _addresses(needs, words):
        known = needs.patients.at_address(address)
        patients |= {each.id: each for each in known if scope.sees_patient(needs, each.id)}
        thread = needs.conversations.thread(address)
        if thread and not known:
            conversations[thread[-1].conversation_id] = None
    return Found(tuple(patients.values()), tuple(conversations), more=False)


def _addresses(needs: Needs, words: str) -> Sequence[str]:
    """The number as it was typed, or as it is dialled in each country where the clinic is."""
    countries = sorted({branch.country for branch in needs.catalogue.branches()})
    return tuple(dict.fromkeys(filter(None, (numbers.read(words, one) for one in countries))))
