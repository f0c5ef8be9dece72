"""A campaign's recipients as a page shows them and as a spreadsheet takes them."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.campaigns import Result
from clinic.campaigns import Campaign
from clinic.catalogue import Branch
from clinic.patients import PatientUnknown
from console import language, shown
from console.needs import Needs

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """A recipient to show. at: the visit's time now, in the branch's wall time.

    detail: why somebody is not told, or how far the message came.
    """

    patient_id: str
    name: str
    word: str
    at: datetime | None
    channel: str
    address: str
    detail: str


def rows(needs: Needs, campaign: Campaign, results: Iterable[Result]) -> list[Row]:
    """The recipients in the words of the page."""
    branch = needs.catalogue.branch(campaign.what.branch)
    return [_row(needs, branch, each) for each in results]


def _row(needs: Needs, branch: Branch, result: Result) -> Row:
    patient_id, message = result.recipient.patient_id, result.message
    try:
        name = shown.harmless(needs.patients.patient(patient_id).name)
    except PatientUnknown:
        name = language.say("unknown_patient")
    return Row(
        patient_id,
        name,
        result.word,
        result.visit.start.astimezone(branch.zone) if result.visit else None,
        message.channel if message else "",
        message.address if message else "",
        _detail(result),
    )


def _detail(result: Result) -> str:
    if result.recipient.why is not None:
        return language.say(f"campaign_why_{result.recipient.why}")
    badge = shown.delivery(result.message.state) if result.message else None
    if badge is None:
        return ""
    word = language.say(badge.word)
    code = result.message.error_code if result.message else None
    return f"{word}: {language.provider_error(code)}" if code else word


def spreadsheet(found: Sequence[Row]) -> str:
    """The rows as CSV, with a mark by which spreadsheets know the encoding."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns = ("patient", "visit", "state", "phone", "channel", "detail")
    writer.writerow([language.say(f"campaign_column_{column}") for column in columns])
    for row in found:
        at = row.at.strftime("%Y-%m-%d %H:%M") if row.at else ""
        word = language.say(shown.result(row.word).word)
        channel = language.channel(shown.channel(row.channel).word) if row.channel else ""
        writer.writerow(map(cell, (row.name, at, word, row.address, channel, row.detail)))
    return f"\ufeff{out.getvalue()}"


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
