"""Of which branches somebody sees the patients: all, unless some are named for them."""

from collections.abc import Collection, Sequence

from flask import abort
from flask_login import current_user
from sqlalchemy import ColumnElement, ScalarSelect, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from clinic.appointments import Appointment, VisitUnknown
from clinic.catalogue import Branch
from clinic.patients import Patient, PatientUnknown
from console.needs import Needs
from integrations.tables import AppointmentRow, SlotRow


def branches(needs: Needs) -> Sequence[Branch]:
    """The branches of whoever is signed in, by name."""
    return [each for each in needs.catalogue.branches() if sees_branch(each.code)]


def sees_branch(code: str) -> bool:
    """Whether the branch is one of theirs."""
    return not current_user.branches or code in current_user.branches


def sees_patient(needs: Needs, patient_id: str | None) -> bool:
    """Whether the patient has a visit at one of their branches, or none anywhere yet."""
    if not current_user.branches or patient_id is None:
        return True
    try:
        patient_id = needs.patients.patient(patient_id).id  # it may have been merged since
    except PatientUnknown:
        return True
    visits = needs.schedule.appointments(patient_id)
    return not visits or any(visit.branch in current_user.branches for visit in visits)


def seen(patient_id: InstrumentedAttribute[str | None]) -> ColumnElement[bool] | None:
    """The same for the patients of a statement; None where all are seen."""
    if not current_user.branches:
        return None
    anywhere = _first(AppointmentRow.patient_id == patient_id)
    return or_(
        patient_id.is_(None), anywhere.is_(None), has_visit(patient_id, current_user.branches)
    )


def has_visit(
    patient_id: InstrumentedAttribute[str | None], codes: Collection[str]
) -> ColumnElement[bool]:
    """Whether the patients of a statement have a visit at one of the branches."""
    there = _first(
        AppointmentRow.patient_id == patient_id,
        SlotRow.id == AppointmentRow.slot_id,
        SlotRow.branch.in_(sorted(codes)),
    )
    return there.is_not(None)


def _first(*conditions: ColumnElement[bool]) -> ScalarSelect[str]:
    """One such visit: looked up for each patient, where EXISTS may read all visits beforehand."""
    return select(AppointmentRow.id).where(*conditions).limit(1).scalar_subquery()


def patient_or_404(needs: Needs, patient_id: str) -> Patient:
    """The patient; ends the request where there is none, or none of theirs."""
    try:
        patient = needs.patients.patient(patient_id)
    except PatientUnknown:
        abort(404)
    if not sees_patient(needs, patient_id):
        abort(404)
    return patient


def branch_or_404(needs: Needs, code: str) -> Branch:
    """The branch; ends the request where there is none, or none of theirs."""
    found = next((each for each in branches(needs) if each.code == code), None)
    if found is None:
        abort(404)
    return found


def visit_or_404(needs: Needs, visit_id: str) -> Appointment:
    """The visit; ends the request where there is none, or none at a branch of theirs."""
    try:
        visit = needs.schedule.appointment(visit_id)
    except VisitUnknown:
        abort(404)
    if not sees_branch(visit.branch):
        abort(404)
    return visit


def check_slot(needs: Needs, slot_id: str) -> None:
    """Ends the request for a slot that is at none of their branches."""
    branch = needs.schedule.branch_of(slot_id)
    if branch is None or not sees_branch(branch):
        abort(404)
