"""A reminder's text and what it offers to answer."""

import json
from collections.abc import Sequence
from datetime import datetime

from app.services import Services
from clinic.appointments import Appointment, AppointmentStatus
from conversations import wording
from conversations.model import Choice
from outreach import words
from outreach.reach import Reached


def text_for(
    services: Services, reached: Reached, visits: Sequence[Appointment], now: datetime
) -> str:
    """When and where, and whose where the phone is shared; never what for."""
    lines = []
    for visit in visits:
        branch = services.catalogue.branch(visit.branch)
        when = wording.when(visit.start, branch.zone, reached.language, now)
        lines.append(words.Line(when, branch.name, _name(services, reached, visit)))
    return words.reminder(
        services.settings.clinic_name,
        lines,
        reached.language,
        how_to_stop=reached.destination.first,
    )


def choices_for(
    services: Services, reached: Reached, visits: Sequence[Appointment], *, prepares: bool
) -> list[Choice]:
    """Confirm, move, cancel, and how to prepare where that is asked for and now is the time.

    One visit is carried by all of them. Of several each is confirmed by itself; which one is to
    be moved or cancelled is then asked.
    """
    language = reached.language
    alone = str(visits[0].ref) if len(visits) == 1 else None
    choices = _confirmations(services, reached, visits)
    choices += [
        _choice(words.RESCHEDULE[language], "reschedule_appointment", visit=alone),
        _choice(words.CANCEL[language], "cancel_appointment", visit=alone),
    ]
    asking = {visit.service for visit in visits if _needs_preparation(services, visit)}
    if prepares and asking:
        service = asking.pop() if len(asking) == 1 else None
        choices.append(_choice(words.PREPARE[language], "ask_preparation", service=service))
    return choices


def _confirmations(
    services: Services, reached: Reached, visits: Sequence[Appointment]
) -> list[Choice]:
    choices = []
    for visit in visits:
        if visit.status is not AppointmentStatus.BOOKED:
            continue
        title = [words.CONFIRM[reached.language]]
        if len(visits) > 1:
            local = visit.start.astimezone(services.catalogue.branch(visit.branch).zone)
            clock = wording.clock(local, reached.language)
            title += filter(None, [_name(services, reached, visit), clock])
        choices.append(_choice(" ".join(title), "confirm_appointment", visit=str(visit.ref)))
    return choices


def _choice(title: str, intent: str, **carried: str | None) -> Choice:
    values = {name: value for name, value in carried.items() if value is not None}
    return Choice(title, f"/{intent}{json.dumps(values) if values else ''}")


def _needs_preparation(services: Services, visit: Appointment) -> bool:
    return services.catalogue.service(visit.service).preparation is not None


def _name(services: Services, reached: Reached, visit: Appointment) -> str | None:
    if reached.first_name is None:
        return None
    return services.patients.patient(visit.patient_id).first_name
