"""Who waits for a person: the queue, and striking out what was seen to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic.catalogue import Branch
from clinic.hours import open_for
from clinic.patients import Patient, PatientUnknown
from console import language, shown
from console.access import audit, scope
from console.needs import Needs
from conversations.handoffs import silent_since
from conversations.model import Handoff

URGENT = frozenset({"emergency"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue, in the words of the page.

    late: nobody has answered for longer than the clinic wants. holder: who has taken it, "" for
    nobody. call: the number to be called back, "" where none is.
    """

    id: str
    conversation_id: str
    who: str
    channel: shown.Badge
    reason: str
    waited: str
    urgent: bool
    late: bool
    holder: str
    mine: bool
    call: str


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /waiting."""

    @blueprint.get("/waiting")
    def show_waiting() -> str:
        return _page(needs)

    @blueprint.post("/waiting")
    def strike_out() -> Response | tuple[str, int]:
        handoff = _open(needs, request.form.get("id", ""))
        if handoff.taken_by not in {None, current_user.name}:
            return _page(needs, handoff.taken_by or ""), 409
        audit.note(needs, "handoff_closed", "conversation", handoff.conversation_id)
        if handoff.kind == "handoff":
            needs.conversations.give_back(handoff.conversation_id, needs.clock())
        else:
            needs.conversations.close_handoff(handoff.id, needs.clock())
        return redirect(url_for("console.show_waiting"), 303)


def _page(needs: Needs, holder: str = "") -> str:
    """The queue. holder: the colleague who has what could not be struck out."""
    waiting = queue(needs)
    loud = sum(one.urgent for one in waiting)
    return render_template("console/waiting.html", waiting=waiting, loud=loud, holder=holder)


def queue(needs: Needs) -> Sequence[Waiting]:
    """Emergencies first, then the longest waiting."""
    handoffs = [one for one in needs.conversations.open_handoffs() if _is_theirs(needs, one)]
    ordered = sorted(handoffs, key=lambda one: (one.reason not in URGENT, one.opened_at))
    branches = needs.catalogue.branches()
    return [_line(needs, handoff, branches) for handoff in ordered]


def _is_theirs(needs: Needs, handoff: Handoff) -> bool:
    talk = needs.conversations.conversation(handoff.conversation_id)
    return scope.sees_patient(needs, talk.patient_id)


def _line(needs: Needs, handoff: Handoff, branches: Sequence[Branch]) -> Waiting:
    conversation = needs.conversations.conversation(handoff.conversation_id)
    now, number = needs.clock(), conversation.address
    with needs.database.read() as session:
        silent = silent_since(session, handoff)
    waits = open_for(branches, silent, now) if silent else timedelta()
    return Waiting(
        id=handoff.id,
        conversation_id=handoff.conversation_id,
        who=who(needs, conversation.patient_id) or number,
        channel=shown.channel(conversation.channel),
        reason=language.reason(handoff.reason),
        waited=duration(now - (silent or handoff.opened_at)),
        urgent=handoff.reason in URGENT,
        late=waits >= timedelta(minutes=needs.settings.staff_silent_minutes),
        holder=handoff.taken_by or "",
        mine=handoff.taken_by == current_user.name,
        call=number if handoff.reason == "call_back" and number.startswith("+") else "",
    )


def who(needs: Needs, patient_id: str | None) -> str | None:
    """The patient's name; None where nobody is known."""
    patient = known(needs, patient_id)
    return patient.name if patient else None


def known(needs: Needs, patient_id: str | None) -> Patient | None:
    """The patient; None where nobody is known."""
    try:
        return needs.patients.patient(patient_id) if patient_id else None
    except PatientUnknown:
        return None


def _open(needs: Needs, handoff_id: str) -> Handoff:
    open_ones = {
        each.id: each for each in needs.conversations.open_handoffs() if _is_theirs(needs, each)
    }
    if handoff_id not in open_ones:  # somebody else has seen to it meanwhile
        abort(404)
    return open_ones[handoff_id]


def duration(waited: timedelta) -> str:
    """A span in its largest whole unit."""
    minutes = max(0, int(waited.total_seconds() // 60))
    if minutes < 60:
        return language.say("waiting_minutes", count=minutes)
    if minutes < 24 * 60:
        return language.say("waiting_hours", count=minutes // 60)
    return language.say("waiting_days", count=minutes // (24 * 60))
