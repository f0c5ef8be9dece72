"""A patient's rights over their data: all of it handed over, and all of it erased."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from clinic.patients import Patient, name_words
from console import language
from console.access import audit, scope
from console.needs import Needs
from console.patients.erasure import VisitsToCome, erase, is_erased
from console.patients.export_archive import archive
from console.schedule.visits import VisitReader


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /patients/<id>/data, and what is done there."""

    @blueprint.get("/patients/<patient_id>/data")
    def show_personal_data(patient_id: str) -> str:
        return _page(needs, scope.patient_or_404(needs, patient_id))

    @blueprint.post("/patients/<patient_id>/data/export")
    def export_patient(patient_id: str) -> Response:
        patient = scope.patient_or_404(needs, patient_id)
        audit.note(needs, "patient_exported", "patient", patient.id)
        answer = Response(archive(needs, patient), mimetype="application/zip")
        answer.headers.set("Content-Disposition", "attachment", filename=f"{patient.id}.zip")
        return answer

    @blueprint.post("/patients/<patient_id>/data/erase")
    def erase_patient(patient_id: str) -> AnyResponse | tuple[str, int]:
        patient = scope.patient_or_404(needs, patient_id)
        typed = name_words(request.form.get("name", ""))
        if typed != name_words(patient.name):
            return _page(needs, patient, "erase_name_wrong"), 400
        cancels = bool(request.form.get("cancel_visits"))
        try:
            erased = erase(needs, patient, f"staff:{current_user.name}", cancel_visits=cancels)
        except VisitsToCome:
            return _page(needs, patient, "erase_expected"), 409
        audit.note(
            needs,
            "patient_erased",
            "patient",
            patient.id,
            messages=erased.messages,
            visits_cancelled=erased.visits_cancelled,
        )
        return redirect(url_for("console.show_personal_data", patient_id=patient.id), 303)


def _page(needs: Needs, patient: Patient, problem: str = "") -> str:
    reader = VisitReader(needs, language.current())
    visits = [reader.read(each) for each in needs.schedule.appointments(patient.id)]
    return render_template(
        "console/personal_data.html",
        patient=patient,
        erased=is_erased(patient),
        coming=[visit for visit in visits if visit.may_move],
        problem=problem,
    )
