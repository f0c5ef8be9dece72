"""A visit: how it stands, how it came to that, and what the desk does with it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.appointments import Appointment, AppointmentStatus, AuditEntry, VisitError, VisitRef
from console import language
from console.access import audit, scope
from console.access.guard import local_path
from console.needs import Needs
from console.schedule import agenda, free_times, visit_changes
from console.schedule.visits import VisitReader
from console.sent import whole

MARKS = {
    each.value: each
    for each in (
        AppointmentStatus.ARRIVED,
        AppointmentStatus.COMPLETED,
        AppointmentStatus.NO_SHOW,
    )
}


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /visits/<id> and /visits/<id>/move."""

    @blueprint.get("/visits/<visit_id>")
    def show_visit(visit_id: str) -> str:
        visit = scope.visit_or_404(needs, visit_id)
        audit.note(needs, "visit_viewed", "visit", visit.id)
        return _page(needs, visit)

    @blueprint.post("/visits/<visit_id>")
    def change_visit(visit_id: str) -> Response | tuple[str, int]:
        visit = scope.visit_or_404(needs, visit_id)
        does = request.form.get("does", "")
        if does not in {*MARKS, "cancel"}:
            abort(400)
        try:
            _cancel(needs, _ref(visit)) if does == "cancel" else _mark(needs, _ref(visit), does)
        except VisitError as refused:
            now = needs.schedule.appointment(visit.id)
            return _page(needs, now, visit_changes.explained(refused)), 409
        page = url_for("console.show_visit", visit_id=visit.id)
        return redirect(local_path(request.form.get("next") or page), 303)

    @blueprint.get("/visits/<visit_id>/move")
    def show_move(visit_id: str) -> str:
        return _move_page(needs, scope.visit_or_404(needs, visit_id))

    @blueprint.post("/visits/<visit_id>/move")
    def move_visit(visit_id: str) -> Response | tuple[str, int]:
        visit, slot = scope.visit_or_404(needs, visit_id), request.form.get("slot", "")
        scope.check_slot(needs, slot)
        ref = _ref(visit)
        made = visit_changes.change(needs, f"move:{ref}:{slot}", request.form.get("reason", ""))
        visit_changes.wish_told(needs, made)
        try:
            needs.schedule.reschedule(ref, slot, made)
        except VisitError as refused:
            now = needs.schedule.appointment(visit.id)
            return _move_page(needs, now, visit_changes.explained(refused)), 409
        told = bool(request.form.get("tell"))
        audit.note(needs, "visit_moved", "visit", visit.id, told=told)
        return redirect(url_for("console.show_visit", visit_id=visit.id), 303)


def _ref(visit: Appointment) -> VisitRef:
    """The visit as the form showed it."""
    version = whole(request.form.get("version", ""))
    if version is None:
        abort(400)
    return VisitRef(visit.id, version)


def _mark(needs: Needs, ref: VisitRef, word: str) -> None:
    made = visit_changes.change(needs, f"{word}:{ref}")
    needs.schedule.mark(ref, MARKS[word], made)
    audit.note(needs, "visit_marked", "visit", ref.id, status=word)


def _cancel(needs: Needs, ref: VisitRef) -> None:
    made = visit_changes.change(needs, f"cancel:{ref}", request.form.get("reason", ""))
    visit_changes.wish_told(needs, made)
    needs.schedule.cancel(ref, made)
    audit.note(needs, "visit_cancelled", "visit", ref.id, told=bool(request.form.get("tell")))


def _page(needs: Needs, appointment: Appointment, problem: str = "") -> str:
    visit = VisitReader(needs, language.current()).read(appointment)
    return render_template(
        "console/visit.html",
        visit=visit,
        problem=problem,
        today=agenda.today(needs, visit.branch),
        reach=visit_changes.reach(needs, appointment.patient_id),
        history=[
            (_at(entry, visit.branch.zone), entry)
            for entry in reversed(needs.schedule.history(appointment.id))
        ],
    )


def _at(entry: AuditEntry, zone: ZoneInfo) -> datetime:
    return entry.change.at.astimezone(zone)


def _move_page(needs: Needs, appointment: Appointment, problem: str = "") -> str:
    reader = VisitReader(needs, language.current())
    visit = reader.read(appointment)
    wanted = request.values.get("day")
    day = agenda.read_day(wanted) if wanted else visit.start.date()
    if day is None:
        abort(400)
    return render_template(
        "console/move.html",
        visit=visit,
        problem=problem,
        reach=visit_changes.reach(needs, appointment.patient_id),
        week=free_times.week(needs, reader, appointment.service, visit.branch, day),
    )
