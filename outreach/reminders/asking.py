"""A reminder's text and what it offers to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.services import Services
from clinic.appointments import Appointment, AppointmentStatus
from conversations import wording
from conversations.meaning import payload_of
from conversations.model import Choice, Template
from outreach.notices import Notice, Value
from outreach.reach import Reached
from outreach.reminders import words
from outreach.wall_time import told_when
from outreach.words import CANCEL, CONFIRM, RESCHEDULE, when_and_where

_Three = tuple[Notice, Notice, Notice]
"""How one visit is told, one of somebody's on a shared phone, and several."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said of some visits: as free text, and as a template."""

    text: str
    template: Template


def reminder_of(
    services: Services, reached: Reached, visits: Sequence[Appointment], now: datetime
) -> Wording:
    """When and where, and whose where the phone is shared; never what for.

    As a template, too, of several visits: which one is meant is asked after the tap.
    """
    alone = _alone(visits)
    intents = ("confirm_appointment", "reschedule_appointment", "cancel_appointment")
    payloads = [_choice("", intent, visit=alone).payload for intent in intents]
    return _worded(services, reached, visits, now, words.REMINDERS, payloads)


def preparation_of(
    services: Services, reached: Reached, visits: Sequence[Appointment], now: datetime
) -> Wording:
    """That those visits need preparation: when and where they are, and not which preparation."""
    payloads = [choice.payload for choice in preparation_choices(reached, visits)]
    return _worded(services, reached, visits, now, words.PREPARATIONS, payloads)


def _worded(
    services: Services,
    reached: Reached,
    visits: Sequence[Appointment],
    now: datetime,
    notices: _Three,
    payloads: Sequence[str],
) -> Wording:
    notice, values = _filled(notices, _places(services, reached, visits, now))
    language, clinic = reached.language, services.settings.clinic_name
    tells = reached.destination.tells_how_to_stop and not _is_spoken(services, reached)
    return Wording(
        notice.text(language, clinic, values, how_to_stop=tells),
        notice.template(language, clinic, values, payloads),
    )


def _filled(
    notices: _Three, places: Sequence[tuple[str | None, str]]
) -> tuple[Notice, Mapping[str, Value]]:
    """The notice for those visits with what stands in it; places: whose each is, and when."""
    one, somebodys, several = notices
    if len(places) > 1:
        return several, {"visits": [": ".join(filter(None, each)) for each in places]}
    name, place = places[0]
    return (somebodys, {"name": name, "visit": place}) if name else (one, {"visit": place})


def choices_for(
    services: Services,
    reached: Reached,
    visits: Sequence[Appointment],
    preparing: Sequence[Appointment],
) -> list[Choice]:
    """Confirm, move, cancel, and how to prepare for those of the visits that need it told now.

    One visit is carried by all of them. Of several each is confirmed by itself; which one is to
    be moved or cancelled is then asked.
    """
    language = reached.language
    alone = _alone(visits)
    choices = _confirmations(services, reached, visits)
    choices += [
        _choice(RESCHEDULE[language], "reschedule_appointment", visit=alone),
        _choice(CANCEL[language], "cancel_appointment", visit=alone),
    ]
    return [*choices, _how_to_prepare(reached, preparing)] if preparing else choices


def preparation_choices(reached: Reached, visits: Sequence[Appointment]) -> list[Choice]:
    """How to prepare, or another time."""
    alone = _alone(visits)
    return [
        _how_to_prepare(reached, visits),
        _choice(RESCHEDULE[reached.language], "reschedule_appointment", visit=alone),
    ]


def _how_to_prepare(reached: Reached, visits: Sequence[Appointment]) -> Choice:
    """For several services which one is meant is asked."""
    services = {visit.service for visit in visits}
    service = services.pop() if len(services) == 1 else None
    return _choice(words.PREPARE[reached.language], "ask_preparation", service=service)


def _places(
    services: Services, reached: Reached, visits: Sequence[Appointment], now: datetime
) -> list[tuple[str | None, str]]:
    spoken, address = _is_spoken(services, reached), reached.destination.address
    places = []
    for visit in visits:
        branch = services.catalogue.branch(visit.branch)
        when = told_when(visit.start, branch, address, reached.language, now, spoken=spoken)
        place = when_and_where(when, branch.name, reached.language)
        places.append((_name(services, reached, visit), place))
    return places


def _alone(visits: Sequence[Appointment]) -> str | None:
    return str(visits[0].ref) if len(visits) == 1 else None


def _confirmations(
    services: Services, reached: Reached, visits: Sequence[Appointment]
) -> list[Choice]:
    spoken = _is_spoken(services, reached)
    choices = []
    for visit in visits:
        if visit.status is not AppointmentStatus.BOOKED:
            continue
        title = [CONFIRM[reached.language]]
        if len(visits) > 1:
            local = visit.start.astimezone(services.catalogue.branch(visit.branch).zone)
            clock = wording.clock(local, reached.language, spoken=spoken)
            title += filter(None, [_name(services, reached, visit), clock])
        choices.append(_choice(" ".join(title), "confirm_appointment", visit=str(visit.ref)))
    return choices


def _choice(title: str, intent: str, **carried: str | None) -> Choice:
    return Choice(title, payload_of(intent, **carried))


def _is_spoken(services: Services, reached: Reached) -> bool:
    return services.channels[reached.destination.post.channel].capabilities.spoken


def _name(services: Services, reached: Reached, visit: Appointment) -> str | None:
    if reached.first_name is None:
        return None
    return services.patients.patient(visit.patient_id).first_name
