"""The thread with a patient, and the thread with a number that nobody is known by."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.catalogue import Branch
from clinic.patients import Patient, PatientUnknown
from console import language, shown, timeline
from console.needs import Needs
from console.numbers import country
from console.visits import Visit, VisitReader
from conversations.model import Conversation, ConversationState, Message
from conversations.store import ConversationUnknown


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /patients/<id> and /conversations/<id>."""

    @blueprint.get("/patients/<patient_id>")
    def show_patient(patient_id: str) -> str:
        try:
            patient = needs.patients.patient(patient_id)
        except PatientUnknown:
            abort(404)
        return _patient_page(needs, patient)

    @blueprint.get("/conversations/<conversation_id>")
    def show_conversation(conversation_id: str) -> str | Response:
        try:
            conversation = needs.conversations.conversation(conversation_id)
        except ConversationUnknown:
            abort(404)
        if conversation.patient_id:
            page = url_for("console.show_patient", patient_id=conversation.patient_id)
            return redirect(page, 303)
        return _conversation_page(needs, conversation)


def _patient_page(needs: Needs, patient: Patient) -> str:
    reader = VisitReader(needs, language.current())
    visits = [reader.read(one) for one in needs.schedule.appointments(patient.id)]
    upcoming = [visit for visit in visits if not visit.over]
    past = [visit for visit in reversed(visits) if visit.over]
    addresses = needs.patients.addresses(patient.id)
    branch = _branch(needs, [*upcoming, *past], *addresses)
    return render_template(
        "console/patient.html",
        patient=patient,
        addresses=[(address, needs.patients.opted_out(address)) for address in addresses],
        waits=[
            (reader.service(service), reader.branch(where))
            for service, where in needs.patients.waiting(patient.id)
        ],
        upcoming=upcoming,
        past=past,
        **_thread(needs, needs.conversations.patient_thread(patient.id), branch),
    )


def _conversation_page(needs: Needs, conversation: Conversation) -> str:
    messages = needs.conversations.thread(conversation.address)
    return render_template(
        "console/conversation.html",
        conversation=conversation,
        **_thread(needs, messages, _branch(needs, [], conversation.address)),
    )


def _thread(needs: Needs, messages: Sequence[Message], branch: Branch) -> dict[str, Any]:
    """What the thread's templates need: the newest messages, or all where ?all is asked for."""
    hidden = 0 if "all" in request.args else max(0, len(messages) - timeline.PAGE)
    visible = messages[hidden:]
    spoken_in = list(dict.fromkeys(message.conversation_id for message in visible))
    handoffs = needs.conversations.handoffs(spoken_in)
    since = visible[0].at if hidden else datetime.min.replace(tzinfo=branch.zone)
    return {
        "days": timeline.days(
            visible, [one for one in handoffs if one.opened_at >= since], branch.zone
        ),
        "hidden": hidden,
        "place": branch.city,
        "talk": _talk(needs, spoken_in),
    }


def _talk(needs: Needs, spoken_in: Sequence[str]) -> shown.Badge | None:
    """Who answers where something was said last."""
    if not spoken_in:
        return None
    state = needs.conversations.conversation(spoken_in[-1]).state
    return None if state is ConversationState.CLOSED else shown.talk(state)


def _branch(needs: Needs, visits: Sequence[Visit], *addresses: str) -> Branch:
    """Whose wall time a thread is shown in: of the next or last visit, else of the number."""
    if visits:
        return visits[0].branch
    branches = needs.catalogue.branches()
    countries = {country(address) for address in addresses}
    return next((one for one in branches if one.country in countries), branches[0])
