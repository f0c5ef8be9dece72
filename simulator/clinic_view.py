"""What the clinic itself knows of the people behind a number, read at the moment of asking."""

from typing import Any, Protocol

from clinic.appointments import Appointment
from clinic.languages import LANGUAGES
from clinic.patients import Patient
from clinic.ports import Catalogue, Patients, Schedule, Waitlist

Json = dict[str, Any]

CAST_NUMBERS = (
    "+525500000001",
    "+525500000002",
    "+525500000003",
    "+5511900000001",
    "+12025550143",
    "+525500000006",
)
"""The demo patients' numbers; who they are is the store's word."""


class ClinicServices(Protocol):
    """The clinic's stores, as the app offers them."""

    @property
    def catalogue(self) -> Catalogue:
        """What the clinic does and where."""

    @property
    def schedule(self) -> Schedule:
        """The visits."""

    @property
    def patients(self) -> Patients:
        """The people."""

    @property
    def waitlist(self) -> Waitlist:
        """Who waits for what."""


def cast(services: ClinicServices) -> list[Json]:
    """The demo patients who are in the store, by number."""
    found = []
    for number in CAST_NUMBERS:
        people = services.patients.at_address(number)
        if people:
            names = [person.name for person in people]
            found.append({"number": number, "names": names, "language": people[0].language})
    return found


def clinic_view(services: ClinicServices, number: str) -> Json:
    """The people at the number with their visits, waitlists and whether it may be written to."""
    people = services.patients.at_address(number)
    return {
        "opted_out": services.patients.opted_out(number),
        "patients": [_patient(services, person) for person in people],
    }


def _patient(services: ClinicServices, patient: Patient) -> Json:
    visits = services.schedule.appointments(patient.id)
    return {
        "name": patient.name,
        "language": patient.language,
        "visits": [_visit(services, visit) for visit in visits],
        "waiting": [
            {"service": _service(services, each.service), "branch": _branch(services, each.branch)}
            for each in services.waitlist.waits_of(patient.id)
        ],
    }


def _visit(services: ClinicServices, visit: Appointment) -> Json:
    branch = services.catalogue.branch(visit.branch)
    practitioner = services.catalogue.practitioner(visit.practitioner)
    return {
        "id": visit.id,
        "version": visit.version,
        "status": visit.status.value,
        "start": visit.start.isoformat(),
        "end": visit.end.isoformat(),
        "zone": str(branch.zone),
        "branch": branch.name,
        "city": branch.city,
        "service": _service(services, visit.service),
        "practitioner": f"{practitioner.title} {practitioner.name}".strip(),
    }


def _service(services: ClinicServices, code: str) -> dict[str, str]:
    service = services.catalogue.service(code)
    return {language: service.name(language) for language in LANGUAGES}


def _branch(services: ClinicServices, code: str) -> str:
    return services.catalogue.branch(code).name
