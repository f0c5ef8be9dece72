"""What a campaign says to one recipient: the same in a preview as when it is sent."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.services import Services
from clinic.appointments import Appointment
from clinic.campaigns import CampaignKind, NewCampaign, Recipient, Why
from clinic.consents import Purpose
from clinic.languages import Language
from conversations import wording
from conversations.model import Choice
from conversations.tables import MessageRow
from outreach.campaigns import words
from outreach.campaigns.times import new_times
from outreach.reach import Destination, destination_of

_OFFERS_LAST: Final = timedelta(days=7)
"""A slot that was offered so long ago counts as one that nobody looks at any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its choices."""

    text: str
    choices: tuple[Choice, ...]


def destination_for(
    services: Services, kind: CampaignKind, patient_id: str, now: datetime
) -> Destination | Why:
    """Where the patient is told, or why nowhere."""
    purpose = Purpose.NEWS if kind is CampaignKind.NEWS else None
    destination = destination_of(services, patient_id, now, agreed_to=purpose)
    if destination is not None:
        return destination
    addresses = services.patients.addresses(patient_id)
    if addresses and all(services.patients.opted_out(each) for each in addresses):
        return Why.OPTED_OUT
    if purpose and not any(services.patients.agreed(each, purpose) for each in addresses):
        return Why.NO_CONSENT
    return Why.NO_NUMBER


def spoken_at(services: Services, destination: Destination) -> bool:
    """Whether it will be heard there rather than read."""
    channel = services.channels.get(destination.post.channel)
    return channel is not None and channel.capabilities.spoken


def news(services: Services, what: NewCampaign, language: Language) -> Said:
    """The staff's words; in another language where they wrote none in this one."""
    assert what.texts
    spoken = language if language in what.texts else next(iter(what.texts))
    text, language = what.texts[spoken], spoken
    clinic = services.settings.clinic_name
    return Said(words.news_text(clinic, text, language), words.news_choices(language))


def move(
    services: Services,
    what: NewCampaign,
    visit: Appointment,
    destination: Destination,
    language: Language,
    offered: Counter[str],
    now: datetime,
) -> Said:
    """That the visit must be moved, with new times; counts these in `offered`."""
    assert what.span is not None
    assert what.reason is not None
    zone = services.catalogue.branch(visit.branch).zone
    spoken = spoken_at(services, destination)
    slots = new_times(services.schedule, visit, what.span, zone, offered, now)
    offered.update(slot.id for slot in slots)
    titles = {
        slot.id: wording.when(slot.start, zone, language, now, spoken=True)
        if spoken
        else wording.short_when(slot.start, zone, language)
        for slot in slots
    }
    told = named(services, visit, destination, language, now)
    return Said(
        words.move_text(told, what.reason, language, offers=bool(slots), first=destination.first),
        words.move_choices(str(visit.ref), titles, language),
    )


def closed(
    services: Services,
    visit: Appointment,
    destination: Destination,
    language: Language,
    now: datetime,
) -> Said:
    """That the clinic has cancelled the visit of who did not answer."""
    return Said(
        words.closed_text(named(services, visit, destination, language, now), language),
        words.closed_choices(language, visit.service, visit.branch),
    )


def named(
    services: Services,
    visit: Appointment,
    destination: Destination,
    language: Language,
    now: datetime,
) -> Mapping[str, str]:
    """Who writes, and the visit by its time and place."""
    branch = services.catalogue.branch(visit.branch)
    spoken = spoken_at(services, destination)
    clinic = services.settings.clinic_name
    return {
        "sender": words.sender(clinic, destination.first_name, language),
        "when": wording.when(visit.start, branch.zone, language, now, spoken=spoken),
        "branch": branch.name,
    }


def offered_lately(services: Services, now: datetime) -> Counter[str]:
    """How often campaigns have offered each slot of late, read from the messages themselves."""
    query = select(MessageRow.choices).where(
        MessageRow.key.is_not(None),
        MessageRow.key.startswith("campaign:"),
        MessageRow.at >= now - _OFFERS_LAST,
    )
    with services.database.read() as session:
        payloads = [each["payload"] for choices in session.scalars(query) for each in choices]
    carried = [json.loads(payload[payload.index("{") :]) for payload in payloads if "{" in payload]
    return Counter(each["slot"] for each in carried if "slot" in each)


def visit_of(
    services: Services, what: NewCampaign, recipient: Recipient, now: datetime
) -> Appointment | Why:
    """The visit as it stands, if it still must be moved; else what has become of it."""
    assert recipient.visit is not None
    assert what.span is not None
    visit = services.schedule.appointment(recipient.visit.id)
    if not what.span.keeps(visit):
        return Why.CHANGED
    return Why.PAST if visit.start <= now else visit
