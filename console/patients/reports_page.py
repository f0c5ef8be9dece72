"""A patient's reports: brought in, released, taken back. Nobody here reads what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from clinic.results import BadReport, ReleasePolicy, Report, ReportStatus, ReportUnknown
from console import language
from console.access import audit, scope
from console.needs import Needs


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report to show; opened: when the patient last opened it, UTC."""

    report: Report
    service: str
    opened: datetime | None


def reports_of(needs: Needs, patient_id: str) -> Sequence[ReportLine]:
    """The patient's reports, the newest first."""
    names = {each.code: each.name(language.current()) for each in needs.catalogue.services()}
    lines = []
    for report in needs.results.reports(patient_id):
        openings = needs.results.openings(report.id)
        opened = openings[-1] if openings else None
        lines.append(ReportLine(report, names.get(report.service, report.service), opened))
    return lines


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds the forms of a patient's reports."""

    @blueprint.post("/patients/<patient_id>/reports")
    def add_report(patient_id: str) -> Response:
        patient = scope.patient_or_404(needs, patient_id)
        codes = {each.code for each in needs.catalogue.services()}
        service, policy = request.form.get("service", ""), request.form.get("policy", "")
        if service not in codes or policy not in set(ReleasePolicy):
            abort(400)
        sent = request.files.get("file")
        content = sent.read() if sent is not None else b""
        try:
            report = needs.results.add(
                patient.id, service, content, needs.clock(), policy=ReleasePolicy(policy)
            )
        except BadReport:
            return _back(patient.id, "refused")
        audit.note(needs, "report_added", "patient", patient.id, report=report.id, policy=policy)
        return _back(patient.id, "added")

    @blueprint.post("/reports/<report_id>")
    def change_report(report_id: str) -> Response:
        try:
            report = needs.results.report(report_id)
        except ReportUnknown:
            abort(404)
        scope.patient_or_404(needs, report.patient_id)
        if request.form.get("does") == "release":
            needs.results.release(report.id, needs.clock())
            action = "report_released"
        else:
            needs.results.replace(report.id, ReportStatus.ENTERED_IN_ERROR, needs.clock())
            action = "report_withdrawn"
        audit.note(needs, action, "patient", report.patient_id, report=report.id)
        return _back(report.patient_id, "changed")


def _back(patient_id: str, word: str) -> Response:
    page = url_for("console.show_patient", patient_id=patient_id, report=word)
    return redirect(f"{page}#reports-title", 303)
