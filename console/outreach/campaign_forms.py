"""What the forms of campaigns hold, read back and checked. Nothing in them is believed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from app.campaigns import Found
from clinic.campaigns import CampaignKind, MoveReason, NewCampaign, Recipient, Span
from clinic.catalogue import Branch, UnknownBranch
from clinic.languages import LANGUAGES, Language
from clinic.ports import Catalogue
from console.access import scope
from console.schedule.agenda import read_day

LONGEST_SPAN: Final = timedelta(days=31)
LONGEST_TEXT: Final = 480
"""Characters of news in one language."""
MONTHS: Final = (3, 6, 12, 24)
_KEY: Final = re.compile(r"[0-9a-f]{32}")


class Unread(ValueError):
    """A form that the page itself would never send; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Where:
    """The times to give up at a branch, in its wall time: one practitioner's, or everybody's.

    From `starts` on the first day (None: its beginning) to `ends` on the day `until` (None: its
    end).
    """

    branch: Branch
    practitioner: str | None
    day: date
    until: date
    starts: time | None
    ends: time | None

    @property
    def value(self) -> str:
        """As the form names branch and practitioner together."""
        return f"{self.branch.code}:{self.practitioner or ''}"

    @property
    def span(self) -> Span:
        """The same in UTC."""
        zone = self.branch.zone
        start = datetime.combine(self.day, self.starts or time.min, zone)
        after = self.until + timedelta(days=1)
        end = (
            datetime.combine(self.until, self.ends, zone)
            if self.ends
            else datetime.combine(after, time.min, zone)
        )
        return Span(self.branch.code, start.astimezone(UTC), end.astimezone(UTC), self.practitioner)

    @property
    def makes_sense(self) -> bool:
        """Whether it ends after it begins, and not too long after."""
        span = self.span
        return span.start < span.end <= span.start + LONGEST_SPAN

    @property
    def fields(self) -> Mapping[str, str]:
        """As the form sends it."""
        return {
            "where": self.value,
            "day": self.day.isoformat(),
            "until": self.until.isoformat(),
            "from": f"{self.starts:%H:%M}" if self.starts else "",
            "to": f"{self.ends:%H:%M}" if self.ends else "",
        }


def new_key() -> str:
    """For a form: sent twice, it begins one campaign."""
    return uuid4().hex


def read_key(form: Mapping[str, str]) -> str:
    """Raises Unread."""
    key = form.get("key", "")
    if not _KEY.fullmatch(key):
        raise Unread("no key")
    return key


def read_where(form: Mapping[str, str], catalogue: Catalogue) -> Where:
    """Raises Unread; UnknownBranch or Unread for a place or person that there is not."""
    code, _, practitioner = form.get("where", "").partition(":")
    branch = catalogue.branch(code)
    if not scope.sees_branch(code):
        raise UnknownBranch(code)
    if practitioner and practitioner not in {
        each.code for each in catalogue.practitioners(branch.code)
    }:
        raise Unread("nobody there is called so")
    day = read_day(form.get("day", ""))
    until = read_day(form.get("until", "") or form.get("day", ""))
    if day is None or until is None:
        raise Unread("no such days")
    return Where(
        branch,
        practitioner or None,
        day,
        until,
        _wall(form.get("from", "")),
        _wall(form.get("to", "")),
    )


def read_reason(form: Mapping[str, str]) -> MoveReason:
    """Raises Unread for a reason that is not one of ours."""
    try:
        return MoveReason(form.get("reason", ""))
    except ValueError:
        raise Unread("no reason") from None


def chosen(form: "MultiDict[str, str]", found: Sequence[Found]) -> list[Recipient] | None:
    """The visits that were ticked; None where one is not found as it was shown."""
    there = {str(each.visit.ref): each.visit for each in found}
    ticked = list(dict.fromkeys(form.getlist("visit")))
    if any(ref not in there for ref in ticked):
        return None
    return [Recipient(there[ref].patient_id, there[ref].ref) for ref in ticked]


def move(where: Where, reason: MoveReason, key: str) -> NewCampaign:
    """What is begun to move visits."""
    return NewCampaign(key, CampaignKind.MOVE, where.branch.code, where.span, reason)


def read_texts(form: Mapping[str, str]) -> dict[Language, str]:
    """The staff's words in each language in which they wrote any. Raises Unread."""
    texts: dict[Language, str] = {}
    for language in LANGUAGES:
        text = " ".join(form.get(f"text_{language}", "").split())
        if len(text) > LONGEST_TEXT or not text.isprintable():
            raise Unread("too long, or no text")
        if text:
            texts[language] = text
    return texts


def read_months(form: Mapping[str, str]) -> int:
    """Raises Unread."""
    months = form.get("months", str(MONTHS[1]))
    if months not in {str(each) for each in MONTHS}:
        raise Unread("no such span")
    return int(months)


def _wall(text: str) -> time | None:
    if not text:
        return None
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise Unread("no such time") from None
