"""What did not reach its patient: why, saying it again, and striking out what was seen to."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from console import language, shown
from console.access import audit, scope
from console.inbox.waiting_page import duration, who
from console.needs import Needs
from conversations.still_true import StillTrue
from conversations.undelivered import Lost, Refusal, Undelivered

PAGE = 50
_EXCERPT = 140


@dataclass(frozen=True, slots=True)
class Line:
    """One message that did not arrive, in the words of the page."""

    id: str
    conversation_id: str
    who: str
    channel: shown.Badge
    delivery: shown.Badge | None
    ago: str
    text: str
    reason: str
    refusal: str


def undelivered(needs: Needs) -> Undelivered:
    """The messages, with what the clinic knows of addresses, visits and offers."""
    return Undelivered(
        needs.database,
        lambda address: not needs.patients.opted_out(address),
        StillTrue(needs.schedule, needs.waitlist),
    )


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /undelivered."""
    lost = undelivered(needs)

    @blueprint.get("/undelivered")
    def show_undelivered() -> str:
        return _page(needs, lost)

    @blueprint.post("/undelivered")
    def settle_undelivered() -> Response | tuple[str, int]:
        identifier, act = request.form.get("id", ""), request.form.get("act")
        if not _is_theirs(needs, identifier):
            return _page(needs, lost, "gone"), 409
        if act == "again":
            if refusal := lost.send_again(identifier, needs.clock()):
                return _page(needs, lost, refusal), 409
            audit.note(needs, "message_sent_again", "message", identifier)
        elif act != "seen":
            abort(400)
        elif not lost.see_to(identifier, current_user.name, needs.clock()):
            return _page(needs, lost, "gone"), 409
        else:
            audit.note(needs, "message_seen_to", "message", identifier)
        return redirect(url_for("console.show_undelivered"), 303)


def _page(needs: Needs, lost: Undelivered, refusal: Refusal | None = None) -> str:
    lines: Sequence[Line] = [
        _line(needs, one)
        for one in lost.lately(needs.clock(), PAGE)
        if _is_theirs(needs, one.message.id)
    ]
    more = max(0, lost.count(needs.clock()) - PAGE)
    return render_template("console/undelivered.html", lines=lines, more=more, refusal=refusal)


def _is_theirs(needs: Needs, message_id: str) -> bool:
    """Whether the message was for a patient whom whoever is signed in may see."""
    talk = needs.conversations.conversation_of_message(message_id)
    return talk is not None and scope.sees_patient(needs, talk.patient_id)


def _line(needs: Needs, lost: Lost) -> Line:
    message = lost.message
    conversation = needs.conversations.conversation(message.conversation_id)
    text = " ".join(shown.harmless(message.text).split())
    return Line(
        id=message.id,
        conversation_id=message.conversation_id,
        who=shown.harmless(who(needs, conversation.patient_id) or message.address),
        channel=shown.channel(message.channel),
        delivery=shown.delivery(message.state),
        ago=duration(needs.clock() - message.at),
        text=text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…",
        reason=language.provider_error(message.error_code) if message.error_code else "",
        refusal=language.say(f"refusal_{lost.refusal}") if lost.refusal else "",
    )
