"""Booking a visit for a patient: who, what and where, and one of the free times."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.appointments import VisitError
from clinic.catalogue import Branch
from clinic.languages import LANGUAGES
from clinic.patients import Patient, name_words
from console import language
from console.access import audit, scope
from console.needs import Needs
from console.patients import numbers
from console.patients.search_page import Found, find
from console.schedule import agenda, free_times, visit_changes
from console.schedule.visits import VisitReader


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /book."""

    @blueprint.route("/book", methods=["GET", "POST"])
    def show_booking() -> str:
        words = request.form.get("words", "").strip()[:100]
        return _page(needs, words=words, found=find(needs, words) if words else None)

    @blueprint.post("/book/patient")
    def add_patient() -> Response | tuple[str, int]:
        patient = _register(needs)
        if patient is None:
            return _page(needs, problem="patient_incomplete"), 400
        audit.note(needs, "patient_added", "patient", patient.id)
        branch = request.form["branch"]
        page = url_for("console.show_booking", patient=patient.id, branch=branch)
        return redirect(page, 303)

    @blueprint.post("/book/visit")
    def book_visit() -> Response | tuple[str, int]:
        patient = scope.patient_or_404(needs, request.form.get("patient", ""))
        slot, service = request.form.get("slot", ""), request.form.get("service", "")
        scope.check_slot(needs, slot)
        key = f"book:{_form_id()}:{slot}"
        made = visit_changes.change(needs, key, request.form.get("reason", ""))
        visit_changes.wish_told(needs, made)
        try:
            visit = needs.schedule.book(slot, service, patient.id, made)
        except VisitError as refused:
            return _page(needs, problem=visit_changes.explained(refused)), 409
        told = bool(request.form.get("tell"))
        audit.note(needs, "visit_booked", "visit", visit.id, told=told)
        return redirect(url_for("console.show_visit", visit_id=visit.id), 303)


def _page(needs: Needs, *, words: str = "", found: Found | None = None, problem: str = "") -> str:
    patient_id = request.values.get("patient", "")
    patient = scope.patient_or_404(needs, patient_id) if patient_id else None
    return render_template(
        "console/booking.html",
        patient=patient,
        words=words,
        found=found,
        problem=problem,
        typed=request.form,
        form_id=uuid4().hex,
        reach=visit_changes.reach(needs, patient.id) if patient else None,
        **_times(needs),
    )


def _times(needs: Needs) -> dict[str, Any]:
    """What and where, and the free times once both are chosen."""
    branches = scope.branches(needs)
    services = needs.catalogue.services()
    code, service = request.values.get("branch", ""), request.values.get("service", "")
    branch = scope.branch_or_404(needs, code) if code else _usual(needs, branches)
    chosen = next((each.code for each in services if each.code == service), "")
    reader = VisitReader(needs, language.current())
    return {
        "branches": branches,
        "branch": branch,
        "services": sorted(services, key=lambda each: each.name(language.current())),
        "service": chosen,
        "week": chosen and free_times.week(needs, reader, chosen, branch, _day(needs, branch)),
    }


def _usual(needs: Needs, branches: Sequence[Branch]) -> Branch:
    """Where the patient was booked last; the first of those that somebody sees, without visits."""
    patient_id = request.values.get("patient", "")
    visits = needs.schedule.appointments(patient_id) if patient_id else []
    latest = visits[-1].branch if visits else ""
    return next((each for each in branches if each.code == latest), branches[0])


def _day(needs: Needs, branch: Branch) -> date:
    wanted = request.values.get("day")
    day = agenda.read_day(wanted) if wanted else agenda.today(needs, branch)
    if day is None:
        abort(400)
    return day


def _form_id() -> str:
    """What tells one form from another, so that one that is sent twice books once."""
    try:
        return UUID(request.form.get("form", "")).hex
    except ValueError:
        abort(400)


def _register(needs: Needs) -> Patient | None:
    """The patient of the form, new or known already; None where something is missing or wrong."""
    name, spoken = request.form.get("name", "").strip()[:120], request.form.get("language")
    born = agenda.read_birth_date(request.form.get("born", ""), needs.clock().date())
    chosen = next((each for each in LANGUAGES if each == spoken), None)
    branch = scope.branch_or_404(needs, request.form.get("branch", ""))
    phone = numbers.read(request.form.get("phone", ""), branch.country)
    if not name_words(name) or born is None or chosen is None or phone is None:
        return None
    return needs.patients.register(name, born, chosen, phone)
