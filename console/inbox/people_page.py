"""The thread with a patient, and the thread with a number that nobody is known by."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.catalogue import Service
from clinic.consents import Purpose
from clinic.patients import Patient
from console import language
from console.access import audit, scope
from console.inbox import places, thread_view
from console.needs import Needs
from console.outreach.waitlist import WaitlistReader
from console.outreach.waitlist_forms import NOTICES, PROBLEMS
from console.patients.merge_page import theirs_alike
from console.patients.reports_page import reports_of
from console.schedule.visits import VisitReader
from conversations.model import Conversation
from conversations.store import ConversationUnknown
from conversations.threads import Threads
from conversations.waiting_words import notice


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /patients/<id> and /conversations/<id>."""

    @blueprint.get("/patients/<patient_id>")
    def show_patient(patient_id: str) -> str:
        patient = scope.patient_or_404(needs, patient_id)
        audit.note(needs, "patient_viewed", "patient", patient.id)
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
        audit.note(needs, "conversation_viewed", "conversation", conversation.id)
        return _conversation_page(needs, conversation)


def thread_page(needs: Needs, talk: Conversation) -> str:
    """The page on which the conversation is read, as it is now."""
    return show(needs, talk.patient_id, talk.id)


def show(needs: Needs, patient_id: str | None, talk_id: str) -> str:
    """The page of the patient, or of a conversation of nobody known, as it is now."""
    if patient_id:
        return _patient_page(needs, scope.patient_or_404(needs, patient_id))
    return _conversation_page(needs, needs.conversations.conversation(talk_id))


def _patient_page(needs: Needs, patient: Patient) -> str:
    waitlist = WaitlistReader(needs)
    reader, services = waitlist.names, needs.catalogue.services()
    visits = [reader.read(one) for one in needs.schedule.appointments(patient.id)]
    upcoming = [visit for visit in visits if not visit.over]
    past = [visit for visit in reversed(visits) if visit.over]
    addresses = needs.patients.addresses(patient.id)
    branch = places.branch_of(needs, [*upcoming, *past], *addresses)
    return render_template(
        "console/patient.html",
        patient=patient,
        addresses=[(address, _refused(needs, address)) for address in addresses],
        waits=waitlist.waits_of(patient.id),
        offers=waitlist.offers_to(patient.id),
        **_choices(needs, services),
        upcoming=upcoming,
        past=past,
        likely=len(theirs_alike(needs, patient)),
        reports=reports_of(needs, patient.id),
        services=services,
        uploaded=request.args.get("report", ""),
        opinions={one.visit_id: one for one in needs.feedbacks.of_patient(patient.id)},
        **thread_view.of(needs, Threads(needs.database).of_patient(patient.id), branch, reader),
    )


def _refused(needs: Needs, address: str) -> str | None:
    """What the clinic may not begin there: a key of `texts.toml`."""
    if needs.patients.opted_out(address):
        return "opted_out"
    return "opted_out_calls" if needs.patients.opted_out(address, Purpose.CALLS) else None


def _choices(needs: Needs, services: Sequence[Service]) -> dict[str, Any]:
    """What the form for a waitlist offers, and why it was not taken the last time."""
    branches = needs.catalogue.branches()
    people = [each for each in needs.catalogue.practitioners() if each.title]
    problem = request.args.get("problem")
    return {
        "places": [
            (branch, [each for each in services if branch.code in each.branches])
            for branch in branches
        ],
        "people": [
            (branch, [each for each in people if each.branch == branch.code]) for branch in branches
        ],
        "notices": [(hours, notice(hours, language.current())) for hours in NOTICES],
        "weekdays": language.weekdays(),
        "problem": problem if problem in PROBLEMS else None,
    }


def _conversation_page(needs: Needs, conversation: Conversation) -> str:
    thread = Threads(needs.database).of_conversation(conversation.id)
    branch = places.branch_of(needs, [], conversation.address)
    return render_template(
        "console/conversation.html",
        conversation=conversation,
        **thread_view.of(
            needs, thread, branch, VisitReader(needs, language.current()), conversation.id
        ),
    )
