"""Who waits for a person: the queue, and striking out what was seen to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.patients import PatientUnknown
from console import language, shown
from console.needs import Needs
from conversations.model import Handoff

URGENT = frozenset({"emergency"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue, in the words of the page."""

    id: str
    conversation_id: str
    who: str
    channel: shown.Badge
    reason: str
    waited: str
    urgent: bool


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /waiting."""

    @blueprint.get("/waiting")
    def show_waiting() -> str:
        return render_template("console/waiting.html", waiting=queue(needs))

    @blueprint.post("/waiting")
    def strike_out() -> Response:
        handoff = _open(needs, request.form.get("id", ""))
        if handoff.kind == "handoff":
            needs.conversations.give_back(handoff.conversation_id, needs.clock())
        else:
            needs.conversations.close_handoff(handoff.id, needs.clock())
        return redirect(url_for("console.show_waiting"), 303)


def queue(needs: Needs) -> Sequence[Waiting]:
    """Emergencies first, then the longest waiting."""
    handoffs = needs.conversations.open_handoffs()
    ordered = sorted(handoffs, key=lambda one: (one.reason not in URGENT, one.opened_at))
    return [_line(needs, handoff) for handoff in ordered]


def _line(needs: Needs, handoff: Handoff) -> Waiting:
    conversation = needs.conversations.conversation(handoff.conversation_id)
    return Waiting(
        handoff.id,
        handoff.conversation_id,
        _who(needs, conversation.patient_id) or conversation.address,
        shown.channel(conversation.channel),
        language.reason(handoff.reason),
        _duration(needs.clock() - handoff.opened_at),
        handoff.reason in URGENT,
    )


def _who(needs: Needs, patient_id: str | None) -> str | None:
    try:
        return needs.patients.patient(patient_id).name if patient_id else None
    except PatientUnknown:
        return None


def _open(needs: Needs, handoff_id: str) -> Handoff:
    open_ones = {handoff.id: handoff for handoff in needs.conversations.open_handoffs()}
    if handoff_id not in open_ones:  # somebody else has seen to it meanwhile
        abort(404)
    return open_ones[handoff_id]


def _duration(waited: timedelta) -> str:
    minutes = max(0, int(waited.total_seconds() // 60))
    if minutes < 60:
        return language.say("waiting_minutes", count=minutes)
    if minutes < 24 * 60:
        return language.say("waiting_hours", count=minutes // 60)
    return language.say("waiting_days", count=minutes // (24 * 60))
