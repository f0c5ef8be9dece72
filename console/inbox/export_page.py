"""One thread on paper, and as a file: CSV for a spreadsheet, JSON for a machine."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, Final

from flask import Blueprint, Response, abort, render_template
from flask_login import current_user

from clinic.catalogue import Branch
from console import language, shown
from console.access import audit
from console.inbox import notes, places, timeline
from console.inbox.happenings import Noted, Span, VisitChange
from console.inbox.thread_page import thread_or_404
from console.inbox.thread_view import also, days, home_of
from console.inbox.waiting_page import who
from console.needs import Needs
from console.outreach.waitlist_page import harmless_cell
from console.schedule.visits import VisitReader
from conversations.model import Message
from conversations.threads import Place, Thread, Threads

PRINTED: Final = 1000
"""So many messages go on paper; the files have all."""
COLUMNS: Final = (
    *("at", "kind", "channel", "by", "text", "intent", "confidence", "state", "error", "details"),
)
_BYTE_ORDER_MARK: Final = "\ufeff"
Line = dict[str, str]


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /threads/<id>/print and /threads/<id>/export.<kind>."""

    @blueprint.get("/threads/<thread_id>/print")
    def print_thread(thread_id: str) -> str:
        thread = thread_or_404(needs, thread_id)
        branch = places.of_thread(needs, thread)
        audit.note(needs, "thread_printed", "thread", thread.id)
        page = Threads(needs.database).page(thread.id, Place(), PRINTED)
        reader = VisitReader(needs, language.current())
        return render_template(
            "console/thread_print.html",
            who=_who(needs, thread),
            back=home_of(thread),
            days=days(needs, thread, page, branch, reader),
            cut=PRINTED if page.earlier else 0,
            tags=notes.tags_of(needs, thread.id),
            now=needs.clock().astimezone(branch.zone),
            place=branch.city,
        )

    @blueprint.get("/threads/<thread_id>/export.<kind>")
    def export_thread(thread_id: str, kind: str) -> Response:
        if kind not in {"csv", "json"}:
            abort(404)
        thread = thread_or_404(needs, thread_id)
        branch = places.of_thread(needs, thread)
        audit.note(needs, "thread_exported", "thread", thread.id, kind=kind)
        lines = sorted(_lines(needs, thread, branch), key=lambda line: line["at"])
        headers = {"Content-Disposition": f'attachment; filename="thread-{thread.id}.{kind}"'}
        if kind == "csv":
            return Response(_csv(lines), mimetype="text/csv", headers=headers)
        return Response(_json(needs, thread, lines), mimetype="application/json", headers=headers)


def _who(needs: Needs, thread: Thread) -> str:
    return shown.harmless(who(needs, thread.patient_id) or thread.address or "")


def _csv(lines: Sequence[Line]) -> str:
    """For a spreadsheet; no cell is read as a formula."""
    file = io.StringIO()
    file.write(_BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([harmless_cell(shown.harmless(line.get(each, ""))) for each in COLUMNS])
    return file.getvalue()


def _json(needs: Needs, thread: Thread, lines: Sequence[Line]) -> str:
    whole: dict[str, Any] = {
        "thread": thread.id,
        "who": who(needs, thread.patient_id) or thread.address or "",
        "tags": list(notes.tags_of(needs, thread.id)),
        "exported_at": needs.clock().isoformat(),
        "exported_by": current_user.name,
        "lines": [{each: line.get(each, "") for each in COLUMNS} for line in lines],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _lines(needs: Needs, thread: Thread, branch: Branch) -> Iterator[Line]:
    """Messages, visits that changed and notes; instants are ISO, UTC."""
    for message in Threads(needs.database).all(thread.id):
        yield _said(message)
    for one in also(needs, thread, Span(), branch, VisitReader(needs, language.current())):
        if isinstance(one, VisitChange):
            yield _changed(one)
        elif isinstance(one, Noted):
            yield _noted(one.note)


def _said(message: Message) -> Line:
    error = message.error_code
    sent = ", ".join(map(language.attachment, timeline.attachments(message)))
    offered = ", ".join(choice.title for choice in message.choices)
    return {
        "at": message.at.isoformat(),
        "kind": "message",
        "channel": message.channel,
        "by": message.author,
        "text": message.text,
        "intent": message.intent or "",
        "confidence": "" if message.confidence is None else f"{message.confidence:.2f}",
        "state": message.state,
        "error": language.provider_error(error) if error else "",
        "details": "; ".join(filter(None, [sent, offered])),
    }


def _changed(one: VisitChange) -> Line:
    return {
        "at": one.at.astimezone(UTC).isoformat(),
        "kind": "visit",
        "channel": one.channel.icon,
        "by": one.by,
        "text": one.reason,
        "state": one.event,
        "details": f"{one.service}, {one.branch}, "
        + (f"{one.before.isoformat()} → " if one.before else "")
        + one.start.isoformat(),
    }


def _noted(note: notes.Note) -> Line:
    gone = f"taken back by {note.taken_back_by}" if note.taken_back_by else ""
    return {
        "at": note.at.isoformat(),
        "kind": "note",
        "by": note.author,
        "text": note.text,
        "details": gone,
    }
