"""Who a patient is and where they are reached: shown whole, and put right."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.languages import LANGUAGES
from clinic.patients import Patient, name_words
from console import language
from console.access import audit, scope
from console.needs import Needs
from console.patients import numbers
from console.patients.personal_data import conversations_of, quotes_told
from console.schedule import agenda
from console.schedule.visits import VisitReader
from conversations import wording


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /patients/<id>/details, and what is done there."""

    @blueprint.get("/patients/<patient_id>/details")
    def show_details(patient_id: str) -> str:
        patient = scope.patient_or_404(needs, patient_id)
        audit.note(needs, "patient_viewed", "patient", patient.id)
        return _page(needs, patient)

    @blueprint.post("/patients/<patient_id>/details")
    def correct_patient(patient_id: str) -> Response | tuple[str, int]:
        patient = scope.patient_or_404(needs, patient_id)
        name, spoken = request.form.get("name", "").strip()[:120], request.form.get("language")
        born = agenda.read_birth_date(request.form.get("born", ""), needs.clock().date())
        chosen = next((each for each in LANGUAGES if each == spoken), None)
        if not name_words(name) or born is None or chosen is None:
            return _page(needs, patient, "details_incomplete"), 400
        needs.patients.correct(patient.id, name, born)
        needs.patients.set_language(patient.id, chosen)
        audit.note(needs, "patient_corrected", "patient", patient.id)
        return _back(patient)

    @blueprint.post("/patients/<patient_id>/addresses")
    def add_address(patient_id: str) -> Response | tuple[str, int]:
        patient = scope.patient_or_404(needs, patient_id)
        branch = scope.branch_or_404(needs, request.form.get("branch", ""))
        address = numbers.read(request.form.get("phone", ""), branch.country)
        if address is None:
            return _page(needs, patient, "details_phone_wrong"), 400
        needs.patients.attach(patient.id, address)
        audit.note(needs, "address_added", "patient", patient.id)
        return _back(patient)

    @blueprint.post("/patients/<patient_id>/addresses/remove")
    def remove_address(patient_id: str) -> Response:
        patient, address = scope.patient_or_404(needs, patient_id), request.form.get("address", "")
        if address not in needs.patients.addresses(patient.id):
            abort(404)
        needs.patients.detach(patient.id, address)
        audit.note(needs, "address_removed", "patient", patient.id)
        return _back(patient)


def _back(patient: Patient) -> Response:
    return redirect(url_for("console.show_details", patient_id=patient.id), 303)


def _page(needs: Needs, patient: Patient, problem: str = "") -> str:
    spoken = language.current()
    reader = VisitReader(needs, spoken)
    addresses = needs.patients.addresses(patient.id)
    with needs.database.read() as session:
        quotes = quotes_told(session, conversations_of(session, patient.id))
    return render_template(
        "console/details.html",
        patient=patient,
        problem=problem,
        branches=scope.branches(needs),
        addresses=[
            (each, needs.patients.consents(each), _family(needs, patient, each))
            for each in addresses
        ],
        quotes=[
            (
                each.at,
                reader.service(each.service),
                reader.branch(each.branch),
                wording.money(each.total, each.currency, spoken),
            )
            for each in reversed(quotes)
        ],
    )


def _family(needs: Needs, patient: Patient, address: str) -> list[Patient]:
    """Who else is reached there, of those whom whoever is signed in may see."""
    others = [each for each in needs.patients.at_address(address) if each != patient]
    return [each for each in others if scope.sees_patient(needs, each.id)]
