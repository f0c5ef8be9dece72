"""Visits with their codes turned into names, as a page shows them."""

from dataclasses import dataclass
from datetime import datetime

from clinic.appointments import UPCOMING, Appointment, AppointmentStatus
from clinic.catalogue import Branch
from clinic.languages import Language
from clinic.patients import Patient, PatientUnknown
from console.needs import Needs


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to show. start and end are the branch's wall time; over: no longer to come."""

    id: str
    start: datetime
    end: datetime
    status: AppointmentStatus
    service: str
    practitioner: str
    branch: Branch
    patient: Patient | None
    over: bool


class VisitReader:
    """Names for the codes of many visits; lives for one page, so what it read is the present."""

    def __init__(self, needs: Needs, language: Language) -> None:
        catalogue = needs.catalogue
        self._patients = needs.patients
        self._now = needs.clock()
        self._branches = {branch.code: branch for branch in catalogue.branches()}
        self._services = {one.code: one.name(language) for one in catalogue.services()}
        self._practitioners = {
            one.code: f"{one.title} {one.name}".strip() for one in catalogue.practitioners()
        }
        self._known: dict[str, Patient | None] = {}

    def read(self, appointment: Appointment) -> Visit:
        """The visit to show; what is no longer in the catalogue keeps its code."""
        branch = self._branches[appointment.branch]
        return Visit(
            appointment.id,
            appointment.start.astimezone(branch.zone),
            appointment.end.astimezone(branch.zone),
            appointment.status,
            self.service(appointment.service),
            self._practitioners.get(appointment.practitioner, appointment.practitioner),
            branch,
            self._patient(appointment.patient_id),
            appointment.status not in UPCOMING or appointment.end <= self._now,
        )

    def service(self, code: str) -> str:
        """The service's name, or its code when it is no longer offered."""
        return self._services.get(code, code)

    def branch(self, code: str) -> str:
        """The branch's name."""
        return self._branches[code].name

    def _patient(self, patient_id: str) -> Patient | None:
        if patient_id not in self._known:
            try:
                self._known[patient_id] = self._patients.patient(patient_id)
            except PatientUnknown:  # merged or erased since
                self._known[patient_id] = None
        return self._known[patient_id]
