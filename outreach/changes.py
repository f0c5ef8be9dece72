"""Tells patients what the staff did with their visits: when and where, never what for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.services import Services
from clinic.appointments import Appointment
from clinic.languages import LANGUAGES, Language
from conversations.meaning import payload_of
from conversations.model import Choice
from integrations.scheduling.tellings import Telling, Tellings
from outreach.apart import apart
from outreach.notices import Notice
from outreach.reach import Reached, destination_of, reach, say_once
from outreach.wall_time import told_when
from outreach.words import (
    A_NAME,
    A_PLACE,
    CANCEL,
    CONFIRM,
    RESCHEDULE,
    Words,
    when_and_where,
)

_SENDER: Final = {False: "{clinic}", True: "{clinic}, {name}"}
_WORDS: Final[Mapping[str, Words]] = {
    "booked": {
        "es": "SENDER: su cita queda agendada para {visit}.",
        "pt": "SENDER: sua consulta foi marcada para {visit}.",
        "en": "SENDER: your appointment is booked for {visit}.",
    },
    "rescheduled": {
        "es": "SENDER: su cita cambia de fecha. Ahora es {visit}.",
        "pt": "SENDER: sua consulta mudou de data. Agora é {visit}.",
        "en": "SENDER: your appointment has moved. It is now {visit}.",
    },
    "cancelled": {
        "es": "SENDER: esta cita fue cancelada: {visit}.",
        "pt": "SENDER: esta consulta foi cancelada: {visit}.",
        "en": "SENDER: this appointment was cancelled: {visit}.",
    },
}
_BOOK_AGAIN: Final[Words] = {
    "es": "Agendar otra",
    "pt": "Marcar outra",
    "en": "Book another",
}
_STANDING: Final = (
    (CONFIRM, "confirm_appointment"),
    (RESCHEDULE, "reschedule_appointment"),
    (CANCEL, "cancel_appointment"),
)
"""What a patient may answer of a visit that stands."""


def _notice(event: str, *, named: bool) -> Notice:
    words: dict[Language, str] = {
        each: _WORDS[event][each].replace("SENDER", _SENDER[named]) for each in LANGUAGES
    }
    buttons = (_BOOK_AGAIN,) if event == "cancelled" else tuple(title for title, _ in _STANDING)
    return Notice(
        f"{event}{'_for' if named else ''}", words, {"name": A_NAME, "visit": A_PLACE}, buttons
    )


_NOTICES: Final = {
    (event, named): _notice(event, named=named) for event in _WORDS for named in (False, True)
}
CHANGES: Final = tuple(_NOTICES.values())


def tell_changes(services: Services, now: datetime) -> list[dict[str, str]]:
    """Tells each patient once of what was changed, if the staff wished so. See `outreach.run_due`.

    At any hour: somebody at the desk has just decided it.
    """
    tellings = Tellings(services.database)
    begun = []
    for telling in tellings.due(now):
        with apart("change"):
            begun += _tell(services, telling, now)
            tellings.settle(telling.key)
    return begun


def _tell(services: Services, telling: Telling, now: datetime) -> list[dict[str, str]]:
    visit = services.schedule.appointment(telling.appointment_id)
    if visit.version != telling.version or visit.start <= now:  # it has changed again, or is over
        return []
    notices = [_NOTICES[telling.event, named] for named in (False, True)]
    destination = destination_of(services, visit.patient_id, now, notices)
    if destination is None:
        return []
    reached = reach(services, destination, now)
    notice = _NOTICES[telling.event, reached.first_name is not None]
    language, clinic = reached.language, services.settings.clinic_name
    values, choices = _values(services, reached, visit, now), _choices(telling, visit, language)
    said = say_once(
        services,
        reached,
        notice.text(language, clinic, values, how_to_stop=destination.tells_how_to_stop),
        choices,
        f"change:{telling.key}",
        now,
        notice.template(language, clinic, values, [choice.payload for choice in choices]),
    )
    if said is None:
        return []
    return [
        {"kind": "change", "to": visit.patient_id, "about": visit.id, "at": now.isoformat()},
    ]


def _values(
    services: Services, reached: Reached, visit: Appointment, now: datetime
) -> Mapping[str, str]:
    branch = services.catalogue.branch(visit.branch)
    when = told_when(visit.start, branch, reached.destination.address, reached.language, now)
    values = {"visit": when_and_where(when, branch.name, reached.language)}
    return {**values, "name": reached.first_name} if reached.first_name else values


def _choices(telling: Telling, visit: Appointment, language: Language) -> list[Choice]:
    if telling.event == "cancelled":
        return [Choice(_BOOK_AGAIN[language], "/book_appointment")]
    return [
        Choice(title[language], payload_of(intent, visit=str(visit.ref)))
        for title, intent in _STANDING
    ]
