"""What the staff do with a patient's waitlists: add, change, put forward, take off."""

from datetime import time

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from clinic.catalogue import CatalogueError
from clinic.waitlist import EVERY_DAY, WeekTime, Wishes
from console.access import audit, scope
from console.needs import Needs

PROBLEMS = frozenset({"waitlist_wrong_place", "waitlist_wrong_practitioner", "waitlist_wrong_time"})
"""Keys of `texts.toml`: why a form was not taken."""
MOST_PRIORITY = 9
NOTICES = (0, 24, 48, 72, 7 * 24)
"""Hours of notice to choose from."""


class _NotTakenError(Exception):
    """The form says something that cannot be; the text is a key of PROBLEMS."""


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /patients/<id>/waitlist with /priority and /leave."""

    def back(patient_id: str, problem: str | None = None) -> Response:
        page = url_for(
            "console.show_patient", patient_id=patient_id, problem=problem, _anchor="waitlist"
        )
        return redirect(page, 303)

    def note(action: str, patient_id: str, service: str, branch: str) -> None:
        audit.note(needs, action, "patient", patient_id, service=service, branch=branch)

    @blueprint.post("/patients/<patient_id>/waitlist")
    def join_waitlist(patient_id: str) -> Response:
        patient = scope.patient_or_404(needs, patient_id)
        try:
            service, branch = _place(needs)
            wishes = _wishes(needs, service, branch)
            needs.waitlist.join(patient.id, service, branch, needs.clock(), wishes)
        except _NotTakenError as problem:
            return back(patient_id, str(problem))
        note("waitlist_joined", patient_id, service, branch)
        return back(patient_id)

    @blueprint.post("/patients/<patient_id>/waitlist/priority")
    def prioritise_on_waitlist(patient_id: str) -> Response:
        scope.patient_or_404(needs, patient_id)
        priority = request.form.get("priority", type=int)
        if priority is None or not 0 <= priority <= MOST_PRIORITY:
            abort(400)
        service, branch = request.form.get("service", ""), request.form.get("branch", "")
        needs.waitlist.prioritise(patient_id, service, branch, priority)
        note("waitlist_prioritised", patient_id, service, branch)
        return back(patient_id)

    @blueprint.post("/patients/<patient_id>/waitlist/leave")
    def leave_waitlist(patient_id: str) -> Response:
        scope.patient_or_404(needs, patient_id)
        service, branch = request.form.get("service", ""), request.form.get("branch", "")
        needs.waitlist.leave(patient_id, service, branch)
        note("waitlist_left", patient_id, service, branch)
        return back(patient_id)


def _place(needs: Needs) -> tuple[str, str]:
    """The service and the branch that were chosen, where it is done there."""
    service, _, branch = request.form.get("place", "").partition("@")
    try:
        done_at = needs.catalogue.service(service).branches
    except CatalogueError:
        raise _NotTakenError("waitlist_wrong_place") from None
    if branch not in done_at:
        raise _NotTakenError("waitlist_wrong_place")
    return service, branch


def _wishes(needs: Needs, service: str, branch: str) -> Wishes:
    practitioner = request.form.get("practitioner") or None
    people = {each.code: each for each in needs.catalogue.practitioners(branch)}
    if practitioner and (
        practitioner not in people or service not in people[practitioner].services
    ):
        raise _NotTakenError("waitlist_wrong_practitioner")
    hours = request.form.get("notice", 0, type=int)
    return Wishes(practitioner, _times(), hours if hours in NOTICES else 0)


def _times() -> tuple[WeekTime, ...]:
    """The ticked days, all where none is, within the hours; empty for any time."""
    ticked = {int(each) for each in request.form.getlist("weekday") if each in set("0123456")}
    try:
        since = time.fromisoformat(request.form.get("since") or "00:00")
        until = time.fromisoformat(request.form["until"]) if request.form.get("until") else None
    except ValueError:
        raise _NotTakenError("waitlist_wrong_time") from None
    if until is not None and until <= since:
        raise _NotTakenError("waitlist_wrong_time")
    wanted = WeekTime(tuple(sorted(ticked)) or EVERY_DAY, since, until)
    return () if wanted == WeekTime() else (wanted,)
