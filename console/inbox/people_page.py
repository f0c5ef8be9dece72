"""The thread with a patient, and the thread with a number that nobody is known by."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.catalogue import Branch
from clinic.consents import Purpose
from clinic.patients import Patient
from console import language, shown
from console.access import audit, scope
from console.inbox import timeline
from console.needs import Needs
from console.outreach.waitlist import WaitlistReader
from console.outreach.waitlist_forms import NOTICES, PROBLEMS
from console.patients.merge_page import theirs_alike
from console.patients.numbers import country
from console.patients.reports_page import reports_of
from console.schedule.visits import Visit, VisitReader
from conversations.model import Conversation, ConversationState, Message
from conversations.store import ConversationUnknown
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
    if talk.patient_id:
        return _patient_page(needs, scope.patient_or_404(needs, talk.patient_id))
    return _conversation_page(needs, talk)


def _patient_page(needs: Needs, patient: Patient) -> str:
    reader = VisitReader(needs, language.current())
    waitlist = WaitlistReader(needs)
    visits = [reader.read(one) for one in needs.schedule.appointments(patient.id)]
    upcoming = [visit for visit in visits if not visit.over]
    past = [visit for visit in reversed(visits) if visit.over]
    addresses = needs.patients.addresses(patient.id)
    branch = _branch(needs, [*upcoming, *past], *addresses)
    return render_template(
        "console/patient.html",
        patient=patient,
        addresses=[(address, _refused(needs, address)) for address in addresses],
        waits=waitlist.waits_of(patient.id),
        offers=waitlist.offers_to(patient.id),
        **_choices(needs),
        upcoming=upcoming,
        past=past,
        likely=len(theirs_alike(needs, patient)),
        reports=reports_of(needs, patient.id),
        services=needs.catalogue.services(),
        uploaded=request.args.get("report", ""),
        opinions={one.visit_id: one for one in needs.feedbacks.of_patient(patient.id)},
        **_thread(needs, needs.conversations.patient_thread(patient.id), branch),
    )


def _refused(needs: Needs, address: str) -> str | None:
    """What the clinic may not begin there: a key of `texts.toml`."""
    if needs.patients.opted_out(address):
        return "opted_out"
    return "opted_out_calls" if needs.patients.opted_out(address, Purpose.CALLS) else None


def _choices(needs: Needs) -> dict[str, Any]:
    """What the form for a waitlist offers, and why it was not taken the last time."""
    branches, services = needs.catalogue.branches(), needs.catalogue.services()
    problem = request.args.get("problem")
    return {
        "places": [
            (branch, [each for each in services if branch.code in each.branches])
            for branch in branches
        ],
        "people": [
            (branch, [each for each in needs.catalogue.practitioners(branch.code) if each.title])
            for branch in branches
        ],
        "notices": [(hours, notice(hours, language.current())) for hours in NOTICES],
        "weekdays": language.weekdays(),
        "problem": problem if problem in PROBLEMS else None,
    }


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
        "talk_id": spoken_in[-1] if spoken_in else "",
        "newest": visible[-1].id if visible else "",
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
