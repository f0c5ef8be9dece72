"""The inbox: who said what last, who answers, and since when somebody waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, abort, render_template, request

from clinic.catalogue import Branch
from clinic.hours import open_for
from console import language, shown
from console.access import scope
from console.inbox import asked, lines
from console.inbox.places import by_number
from console.inbox.timeline import attachments, opening_of
from console.inbox.waiting_page import duration
from console.needs import Needs
from conversations.model import ConversationState
from conversations.rows import message_of

_DAY = timedelta(days=1)
_EXCERPT = 120
_STATES = {
    "waiting": ConversationState.WAITING,
    "person": ConversationState.PERSON,
    "bot": ConversationState.BOT,
    "done": ConversationState.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line, in the words of the page. by: who said the words, "" for the patient.

    waited: since when they wait for a word of the staff, "" where they do not. late: longer than
    the clinic wants. at: wall time in the number's country. ago: how long before, "" for more than
    a day: threads of several time zones stand in one order.
    """

    url_id: str
    patient: bool
    who: str
    by: str
    words: str
    faint: bool
    channel: shown.Badge
    state: shown.Badge
    holder: str
    waited: str
    late: bool
    unread: bool
    tags: Sequence[str]
    at: datetime
    ago: str


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /inbox."""

    @blueprint.get("/inbox")
    def show_inbox() -> str:
        wanted, branches = asked.read(request.args), scope.branches(needs)
        if wanted.branch and not any(one.code == wanted.branch for one in branches):
            abort(404)
        page = lines.page(needs, wanted)
        everywhere = needs.catalogue.branches()
        tags = lines.tags_in_use(needs)
        return render_template(
            "console/inbox.html",
            asked=wanted,
            lines=[_shown(needs, each, everywhere) for each in page.lines],
            more=page.more,
            counts=lines.counts(needs),
            states=[(each, shown.talk(_STATES[each])) for each in asked.STATES],
            channels=[(each, shown.channel(each)) for each in needs.channels],
            branches=branches,
            tags=tags if wanted.tag in {"", *tags} else [*tags, wanted.tag],
        )


def _shown(needs: Needs, line: lines.Line, branches: Sequence[Branch]) -> Shown:
    """branches: by whose hours a wait counts, and in whose calendar an older day is named."""
    thread, said, now = line.thread, line.said, needs.clock()
    zone = by_number(branches, said.address).zone
    at = (thread.last_at or now).astimezone(zone)
    since = thread.waiting_since
    waits = open_for(branches, since, now) if since else timedelta()
    return Shown(
        url_id=thread.patient_id or thread.talk_id,
        patient=thread.patient_id is not None,
        who=shown.harmless(line.name) or shown.masked_number(thread.address or ""),
        by=_by(said.direction, said.author),
        words=_words(line),
        faint=not said.text,
        channel=shown.channel(thread.channel),
        state=shown.talk(_STATES[line.state]),
        holder=thread.taken_by or "" if line.state == "person" else "",
        waited=duration(now - since) if since else "",
        late=waits >= timedelta(minutes=needs.settings.staff_silent_minutes),
        unread=line.unread,
        tags=line.tags,
        at=at,
        ago=duration(now - at) if now - at < _DAY else "",
    )


def _by(direction: str, author: str) -> str:
    """Who said it, where it was not the patient."""
    if direction == "in":
        return ""
    kind, _, name = author.partition(":")
    return name if kind == "staff" else language.say("said_bot")


def _words(line: lines.Line) -> str:
    """The beginning of what was said, or what there was in place of words."""
    text = " ".join(shown.harmless(line.said.text[: 4 * _EXCERPT]).split())
    if text:
        return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"
    message = message_of(line.said)
    if kinds := attachments(message):
        return language.attachment(kinds[0])
    opening = opening_of(message)
    return language.say(opening or "said_nothing")
