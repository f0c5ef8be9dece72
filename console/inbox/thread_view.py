"""A page of a thread, for the templates: its timeline, its notes and tags, who answers."""

from collections.abc import Sequence
from typing import Any

from flask import g, request, url_for
from flask_login import current_user

from clinic.catalogue import Branch
from console import shown
from console.inbox import happenings, lines, notes, reading, reply, timeline
from console.inbox.happenings import Span
from console.needs import Needs
from console.schedule.visits import VisitReader
from conversations.model import ConversationState, Handoff
from conversations.threads import Place, Thread, ThreadPage, Threads


def of(
    needs: Needs, thread: Thread | None, branch: Branch, reader: VisitReader, talk_id: str = ""
) -> dict[str, Any]:
    """What the thread's templates need. thread: None once it was erased; the newest page is read.

    talk_id: the conversation that was asked for; the one where something was said last counts.
    """
    if thread is None:
        return {"days": [], "place": branch.city, "talk": None, "talk_id": "", "newest": ""}
    page = Threads(needs.database).page(thread.id, _place())
    if not page.later:
        reading.note_read(needs, thread, current_user.name)
    return {
        "days": days(needs, thread, page, branch, reader),
        "place": branch.city,
        "talk": _talk(thread),
        "talk_id": "" if page.later else thread.talk_id or talk_id,
        "newest": page.messages[-1].id if page.messages else "",
        "thread": thread,
        "earlier": home_of(thread, before=page.messages[0].id) if page.earlier else "",
        "later": home_of(thread, after=page.messages[-1].id) if page.later else "",
        "latest": home_of(thread, anchor="latest") if page.later else "",
        "tags": notes.tags_of(needs, thread.id),
        "tags_in_use": lines.tags_in_use(needs, 50),
        "note_draft": g.get("note_draft", ""),
        "note_token": reply.new_token(),
        "thread_problem": g.get("thread_problem", ""),
    }


def home_of(thread: Thread, anchor: str = "", **place: str) -> str:
    """The page on which the thread is read. place: see `Place`."""
    asked: dict[str, Any] = {**place, **({"_anchor": anchor} if anchor else {})}
    if thread.patient_id:
        return url_for("console.show_patient", patient_id=thread.patient_id, **asked)
    return url_for("console.show_conversation", conversation_id=thread.talk_id, **asked)


def _place() -> Place:
    """Which page of the thread is asked for."""
    if request.method != "GET":
        return Place()
    asked = request.args
    return Place(asked.get("before", ""), asked.get("after", ""), asked.get("at", ""))


def days(
    needs: Needs, thread: Thread, page: ThreadPage, branch: Branch, reader: VisitReader
) -> list[timeline.Day]:
    """The page's timeline in the branch's wall time: what was said, and what happened between."""
    span = Span(page.since, page.messages[-1].at if page.messages and page.later else None)
    return timeline.days(
        page.messages,
        [one for one in _handoffs(needs, page) if span.holds(one.opened_at)],
        branch.zone,
        also(needs, thread, span, branch, reader),
    )


def also(
    needs: Needs, thread: Thread, span: Span, branch: Branch, reader: VisitReader
) -> Sequence[timeline.Happening]:
    """What was not said in that time: visits that changed, and notes."""
    written = notes.notes_of(needs, thread.id, span.since, span.until)
    changes: Sequence[timeline.Happening] = ()
    if thread.patient_id:
        changes = happenings.visit_changes(needs, reader, thread.patient_id, span, branch.zone)
    return [*changes, *happenings.noted(written, branch.zone)]


def _handoffs(needs: Needs, page: ThreadPage) -> Sequence[Handoff]:
    return needs.conversations.handoffs(
        list(dict.fromkeys(message.conversation_id for message in page.messages))
    )


def _talk(thread: Thread) -> shown.Badge | None:
    """Who answers."""
    state = ConversationState(thread.state)
    return None if state is ConversationState.CLOSED else shown.talk(state)
