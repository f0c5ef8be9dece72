"""Visits with their codes turned into names, as a page shows them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from clinic.appointments import UPCOMING, Appointment, AppointmentStatus
from clinic.catalogue import Branch
from clinic.languages import Language
from clinic.patients import Patient, PatientUnknown
from console.needs import Needs


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to show. start and end are the branch's wall time; over: no longer to come.

    late: the patient said so, or it should have begun and nobody has arrived. begun: its time has.
    """

    id: str
    version: int
    start: datetime
    end: datetime
    status: AppointmentStatus
    service: str
    practitioner: str
    branch: Branch
    patient: Patient | None
    over: bool
    late: bool
    begun: bool
    practitioner_code: str

    @property
    def may_move(self) -> bool:
        """Whether it may still be moved or cancelled."""
        return self.status in UPCOMING and not self.begun

    @property
    def may_arrive(self) -> bool:
        """Whether the patient may still be noted as arrived."""
        return self.status in UPCOMING | {AppointmentStatus.NO_SHOW}

    @property
    def may_complete(self) -> bool:
        """Whether the visit may be noted as held."""
        return self.may_arrive or self.status is AppointmentStatus.ARRIVED

    @property
    def may_be_missed(self) -> bool:
        """Whether the patient may be noted as missing."""
        return (self.begun and self.status in UPCOMING) or self.status is AppointmentStatus.ARRIVED


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

    def read(self, appointment: Appointment, said_late: bool = False) -> Visit:
        """The visit to show; what is no longer in the catalogue keeps its code."""
        expected, begun = appointment.status in UPCOMING, appointment.start <= self._now
        branch = self._branches[appointment.branch]
        return Visit(
            appointment.id,
            appointment.version,
            appointment.start.astimezone(branch.zone),
            appointment.end.astimezone(branch.zone),
            appointment.status,
            self.service(appointment.service),
            self.practitioner(appointment.practitioner),
            branch,
            self.patient(appointment.patient_id),
            not expected or appointment.end <= self._now,
            expected and (begun or said_late),
            begun,
            appointment.practitioner,
        )

    def service(self, code: str) -> str:
        """The service's name, or its code when it is no longer offered."""
        return self._services.get(code, code)

    def practitioner(self, code: str) -> str:
        """The practitioner's title and name, or the code of one who has left."""
        return self._practitioners.get(code, code)

    def branch(self, code: str) -> str:
        """The branch's name."""
        return self._branches[code].name

    def zone(self, code: str) -> ZoneInfo:
        """The branch's wall time."""
        return self._branches[code].zone

    def patient(self, patient_id: str) -> Patient | None:
        """The patient; None for one who was merged or erased since."""
        if patient_id not in self._known:
            try:
                self._known[patient_id] = self._patients.patient(patient_id)
            except PatientUnknown:  # merged or erased since
                self._known[patient_id] = None
        return self._known[patient_id]
