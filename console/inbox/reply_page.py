"""Taking a conversation over, answering in it, giving it back."""

import re
from typing import Final, NamedTuple

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from channels.texts import units
from console import language, shown
from console.access import audit, scope
from console.inbox import canned, filling, people_page, reply
from console.inbox.invitation import invitation
from console.needs import Needs
from conversations.answering import Answering, NewsCame, NotYours, Reply, Way
from conversations.model import Conversation, Template
from conversations.store import ConversationUnknown

_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_KEPT: Final = 20_000
"""So many characters of what was typed come back with the form."""
Answer = Response | str | tuple[str, int]


class _Written(NamedTuple):
    """What a form of the box says."""

    text: str
    way: str
    token: str
    seen: str


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /conversations/<id>/take, /reply and /back."""
    answering = Answering(needs.database)

    @blueprint.post("/conversations/<conversation_id>/take")
    def take_over(conversation_id: str) -> Answer:
        talk = _theirs(needs, answering, conversation_id)
        holder = request.form.get("holder") or None
        try:
            answering.take(talk.id, current_user.name, needs.clock(), holder=holder)
        except NotYours as other:
            return _again(needs, talk, language.say("reply_taken", name=other.holder))
        action = "conversation_taken_from" if holder else "conversation_taken"
        details = {"holder": holder} if holder else {}
        audit.note(needs, action, "conversation", talk.id, **details)
        return _thread(talk)

    @blueprint.post("/conversations/<conversation_id>/back")
    def give_back(conversation_id: str) -> Answer:
        talk = _theirs(needs, answering, conversation_id)
        try:
            tell = "tell" in request.form
            answering.give_back(talk.id, current_user.name, needs.clock(), tell=tell)
        except NotYours as other:
            return _again(needs, talk, _not_yours(other))
        audit.note(needs, "conversation_given_back", "conversation", talk.id)
        return _thread(talk)

    @blueprint.post("/conversations/<conversation_id>/reply")
    def send_reply(conversation_id: str) -> Answer:
        talk = _theirs(needs, answering, conversation_id)
        written = _read()
        if request.form.get("do") in {"fill", "count"}:
            return _refresh(needs, talk, written)
        if request.form.get("do") == "invite":
            return _invite(needs, answering, talk, written)
        return _send(needs, answering, talk, written)


def _send(needs: Needs, answering: Answering, talk: Conversation, written: _Written) -> Answer:
    ways = reply.ways_of(needs, talk)
    way = next((one for one in ways if one.code == written.way), None)
    if way is None:
        return _again(needs, talk, language.say("reply_no_way"), written)
    if problem := reply.refusal(needs, way, ways) or _problem(needs, way, written.text):
        return _again(needs, talk, problem, written)
    words = Reply(written.text, way, written.seen, written.token)
    return _queue(needs, answering, talk, words, written) or _thread(talk)


def _invite(needs: Needs, answering: Answering, talk: Conversation, written: _Written) -> Answer:
    """Asks the patient to write again; what was written stays in the box for then."""
    ways = reply.ways_of(needs, talk)
    way = next((one for one in ways if one.code == written.way), None)
    text = invitation(needs, way, talk.language) if way else None
    if way is None or text is None:
        return _again(needs, talk, language.say("reply_no_invitation"), written)
    if problem := reply.refusal(needs, way, ways, approved=True):
        return _again(needs, talk, problem, written)
    words = Reply(text.body, way, written.seen, written.token, Template(text.name, ()))
    if refused := _queue(needs, answering, talk, words, written):
        return refused
    g.reply_draft = reply.Draft(written.text, written.way, reply.new_token())
    return people_page.thread_page(needs, talk)


def _queue(
    needs: Needs, answering: Answering, talk: Conversation, words: Reply, written: _Written
) -> Answer | None:
    """None where they are on their way, else the page that says why not."""
    try:
        message = answering.reply(talk.id, words, current_user.name, needs.clock())
    except NotYours as other:
        return _again(needs, talk, _not_yours(other), written)
    except NewsCame as news:
        key = "reply_news" if news.count > 1 else "reply_news_one"
        problem = language.say(key, count=news.count)
        return _again(needs, talk, problem, written, look=True)
    audit.note(needs, "reply_sent", "message", message.id)
    return None


def _problem(needs: Needs, way: Way, text: str) -> str:
    most = reply.longest(needs, way)
    if not text:
        return language.say("reply_empty")
    if units(text) > most:
        return language.say("reply_too_long", most=most, count=units(text))
    return ""


def _refresh(needs: Needs, talk: Conversation, written: _Written) -> Answer:
    """The box with what a canned reply says, or with its figures made anew."""
    text = written.text
    if request.form.get("do") == "fill":
        chosen = next(
            (one for one in canned.canned(needs.database) if one.id == request.form.get("canned")),
            None,
        )
        words = filling.filled(needs, chosen, talk) if chosen else None
        text = "\n".join(filter(None, [text, words]))
    g.reply_draft = reply.Draft(text, written.way, written.token, written.seen)
    if request.headers.get("HX-Request"):
        return render_template("console/_reply.html", talk_id=talk.id, newest=written.seen)
    return people_page.thread_page(needs, talk)


def _again(
    needs: Needs,
    talk: Conversation,
    problem: str,
    written: _Written | None = None,
    *,
    look: bool = False,
) -> Answer:
    """The thread as it is now, with the reason and what was written. look: its news are seen."""
    form = written or _Written("", "", "", "")
    seen = None if look or written is None else form.seen
    g.reply_draft = reply.Draft(form.text, form.way, form.token or reply.new_token(), seen, problem)
    return people_page.thread_page(needs, talk), 409


def _read() -> _Written:
    """The form. Ends the request where it is none of ours."""
    token = request.form.get("token", "")
    if not _TOKEN.fullmatch(token):
        abort(400)
    text = shown.plain(request.form.get("text", "")).strip()[:_KEPT]
    return _Written(text, request.form.get("way", ""), token, request.form.get("seen", ""))


def _theirs(needs: Needs, answering: Answering, conversation_id: str) -> Conversation:
    """The conversation that is meant; ends the request where there is none, or none of theirs."""
    try:
        talk = answering.conversation(conversation_id)
    except ConversationUnknown:
        abort(404)
    if not scope.sees_patient(needs, talk.patient_id):
        abort(404)
    return talk


def _not_yours(other: NotYours) -> str:
    if other.holder is None:
        return language.say("reply_take_first")
    return language.say("reply_taken", name=other.holder)


def _thread(talk: Conversation) -> Response:
    page = url_for("console.show_conversation", conversation_id=talk.id, _anchor="reply")
    if talk.patient_id:
        page = url_for("console.show_patient", patient_id=talk.patient_id, _anchor="reply")
    return redirect(page, 303)
