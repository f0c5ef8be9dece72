"""Two records that are one person: found, compared, made one, and parted again."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic.patients import Patient, PatientUnknown
from console import language
from console.access import audit, scope
from console.needs import Needs
from console.patients.merging import NotMergeable, likely_same, merge, merges_of, unmerge
from console.patients.search_page import find
from console.schedule.visits import Visit, VisitReader


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /patients/<id>/duplicates, and what is done there."""

    @blueprint.route("/patients/<patient_id>/duplicates", methods=["GET", "POST"])
    def show_duplicates(patient_id: str) -> str:
        return _page(needs, scope.patient_or_404(needs, patient_id))

    @blueprint.get("/patients/<patient_id>/duplicates/<other_id>")
    def show_merge(patient_id: str, other_id: str) -> str:
        pair = [scope.patient_or_404(needs, each) for each in (patient_id, other_id)]
        if pair[0] == pair[1]:
            abort(404)
        for each in pair:
            audit.note(needs, "patient_viewed", "patient", each.id)
        reader = VisitReader(needs, language.current())
        mine, theirs = (_coming(needs, reader, each) for each in pair)
        return render_template(
            "console/merge.html",
            sides=[
                (each, needs.patients.addresses(each.id), visits)
                for each, visits in zip(pair, (mine, theirs), strict=True)
            ],
            clashes=_clashes(mine, theirs),
        )

    @blueprint.post("/patients/<patient_id>/duplicates/<other_id>")
    def merge_patients(patient_id: str, other_id: str) -> Response | tuple[str, int]:
        kept, other = (scope.patient_or_404(needs, each) for each in (patient_id, other_id))
        try:
            made = merge(needs, kept.id, other.id, f"staff:{current_user.name}")
        except (NotMergeable, PatientUnknown):
            return _page(needs, kept, "merge_impossible"), 409
        details = {"merged": other.id, "merge": made}
        audit.note(needs, "patients_merged", "patient", kept.id, **details)
        return redirect(url_for("console.show_duplicates", patient_id=kept.id), 303)

    @blueprint.post("/patients/<patient_id>/unmerge")
    def unmerge_patients(patient_id: str) -> Response | tuple[str, int]:
        kept = scope.patient_or_404(needs, patient_id)
        merge_id = request.form.get("merge", "")
        try:
            if merge_id not in {each.id for each in merges_of(needs, kept.id)}:
                raise NotMergeable
            back = unmerge(needs, merge_id)
        except NotMergeable:
            return _page(needs, kept, "merge_impossible"), 409
        audit.note(needs, "patients_unmerged", "patient", kept.id, merged=back, merge=merge_id)
        return redirect(url_for("console.show_duplicates", patient_id=kept.id), 303)


def theirs_alike(needs: Needs, patient: Patient) -> Sequence[Patient]:
    """Likely the same person, of those whom whoever is signed in may see."""
    return [each for each in likely_same(needs, patient) if scope.sees_patient(needs, each.id)]


def _page(needs: Needs, patient: Patient, problem: str = "") -> str:
    words = request.form.get("words", "").strip()[:100]
    found = [each for each in find(needs, words).patients if each != patient] if words else []
    return render_template(
        "console/duplicates.html",
        patient=patient,
        likely=theirs_alike(needs, patient),
        words=words,
        found=found,
        merges=merges_of(needs, patient.id),
        problem=problem,
    )


def _coming(needs: Needs, reader: VisitReader, patient: Patient) -> Sequence[Visit]:
    visits = [reader.read(each) for each in needs.schedule.appointments(patient.id)]
    return [visit for visit in visits if not visit.over]


def _clashes(mine: Sequence[Visit], theirs: Sequence[Visit]) -> Sequence[Visit]:
    """Visits to come that one person could not both keep."""
    return [
        each
        for each in theirs
        if any(each.start < other.end and other.start < each.end for other in mine)
    ]
