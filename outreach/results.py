"""Tells patients that a document of theirs is ready: never which, and never what it says."""

from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from app.results import phone_of, send_link
from app.services import Services
from clinic.quiet_hours import is_allowed
from clinic.results import Report
from outreach.apart import apart
from outreach.reach import destination_of


def tell_results(services: Services, now: datetime) -> list[dict[str, str]]:
    """Sends a link once for every version of a report; several of one patient in one message.

    See `outreach.run_due`. Who cannot be texted, or wants nothing from us, is told by the staff:
    the report stays untold and is there for them to see.
    """
    untold = sorted(services.results.untold(), key=lambda report: report.patient_id)
    begun = []
    for patient_id, together in groupby(untold, key=lambda report: report.patient_id):
        with apart("results"):
            begun += _tell(services, patient_id, list(together), now)
    return begun


def _tell(
    services: Services, patient_id: str, reports: list[Report], now: datetime
) -> list[dict[str, str]]:
    destination = destination_of(services, patient_id, now)
    if destination is None or not is_allowed(now, _zone(services, patient_id)):
        return []
    phone = phone_of(services, patient_id, preferred=destination.address)
    if phone is None or services.patients.opted_out(phone):
        return []
    newest = reports[-1]
    said = send_link(
        services,
        patient_id,
        phone,
        f"result:{newest.id}:{newest.version}",
        now,
        author="outreach",
        first=destination.first,
    )
    for report in reports:
        services.results.told(report)
    if said.at != now:  # a worker said it before and died before it noted that
        return []
    at = now.isoformat()
    return [{"kind": "result", "to": patient_id, "about": newest.id, "at": at}]


def _zone(services: Services, patient_id: str) -> ZoneInfo:
    """Of the branch where the patient was last seen or is seen next; else of the first branch."""
    visits = services.schedule.appointments(patient_id)
    if visits:
        return services.catalogue.branch(visits[-1].branch).zone
    return services.catalogue.branches()[0].zone
