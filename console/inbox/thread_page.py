"""What the staff do with a thread beside answering: notes, tags, unread, done."""

from flask import Blueprint, abort, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from console import language, shown
from console.access import audit, permissions, scope
from console.inbox import notes, people_page, reading
from console.inbox.thread_view import home_of
from console.needs import Needs
from console.sent import ORDINAL, whole
from conversations.answering import NewsCame, NotYours
from conversations.threads import Thread, Threads

_KEPT = 20_000
Answer = Response | tuple[str, int]


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /threads/<id>/notes, /tags, /unread and /done, and /notes/<id>."""

    @blueprint.post("/threads/<thread_id>/notes")
    def add_note(thread_id: str) -> Answer:
        thread, text = thread_or_404(needs, thread_id), request.form.get("text", "")
        try:
            notes.add(needs, thread.id, request.form.get("note", ""), text, current_user.name)
        except notes.NotePrevented as why:
            g.note_draft = shown.plain(text)[:_KEPT]
            return _again(needs, thread, str(why)), 400
        audit.note(needs, "note_added", "thread", thread.id)
        return redirect(home_of(thread, anchor="notes"), 303)

    @blueprint.post("/notes/<note_id>")
    def take_back_note(note_id: str) -> Answer:
        note = notes.note(needs, note_id)
        if note is None:
            abort(404)
        thread = thread_or_404(needs, note.thread_id)
        if note.author != current_user.name and current_user.role not in permissions.MANAGERS:
            abort(403)
        if not notes.take_back(needs, note.id, current_user.name):
            return _again(needs, thread, "note_gone"), 409
        audit.note(needs, "note_taken_back", "thread", thread.id, author=note.author)
        return redirect(home_of(thread, anchor="notes"), 303)

    @blueprint.post("/threads/<thread_id>/tags")
    def change_tags(thread_id: str) -> Answer:
        thread = thread_or_404(needs, thread_id)
        try:
            tag = notes.read_tag(request.form.get("tag", ""))
            if request.form.get("does") == "remove":
                notes.remove_tag(needs, thread.id, tag)
                action = "tag_removed"
            else:
                notes.add_tag(needs, thread.id, tag)
                action = "tag_added"
        except notes.NotePrevented as why:
            return _again(needs, thread, str(why)), 400
        audit.note(needs, action, "thread", thread.id)
        return redirect(home_of(thread, anchor="tags"), 303)

    _add_endings(blueprint, needs)


def _add_endings(blueprint: Blueprint, needs: Needs) -> None:
    @blueprint.post("/threads/<thread_id>/unread")
    def mark_unread(thread_id: str) -> Answer:
        reading.mark_unread(needs, thread_or_404(needs, thread_id), current_user.name)
        return redirect(url_for("console.show_inbox"), 303)

    @blueprint.post("/threads/<thread_id>/done")
    def finish_thread(thread_id: str) -> Answer:
        thread = thread_or_404(needs, thread_id)
        seen = whole(request.form.get("last", ""), ORDINAL)
        if seen is None:
            abort(400)
        try:
            Threads(needs.database).finish(thread.id, seen, current_user.name, needs.clock())
        except NotYours as other:
            return _again(needs, thread, "thread_theirs", name=other.holder or ""), 409
        except NewsCame:
            return _again(needs, thread, "thread_news"), 409
        audit.note(needs, "thread_finished", "thread", thread.id)
        return redirect(url_for("console.show_inbox"), 303)


def thread_or_404(needs: Needs, thread_id: str) -> Thread:
    """The thread; ends the request where there is none, or none of theirs."""
    thread = Threads(needs.database).by_id(thread_id)
    if thread is None or not (thread.patient_id or thread.talk_id):
        abort(404)
    if thread.patient_id:
        scope.patient_or_404(needs, thread.patient_id)
    return thread


def _again(needs: Needs, thread: Thread, key: str, **values: object) -> str:
    """The thread as it is now, with the reason why nothing was kept."""
    g.thread_problem = language.say(key, **values)
    return people_page.show(needs, thread.patient_id, thread.talk_id)
