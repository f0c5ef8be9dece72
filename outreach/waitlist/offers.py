"""Offers of freed slots to those who wait."""

from datetime import datetime
from itertools import islice

from app.services import Services
from clinic.offering import (
    GROUP,
    LOOKS_BACK,
    NOTICE,
    expires_at,
    in_order,
    is_mid_talk,
    next_group_at,
    suits,
)
from clinic.waitlist import FreedSlot, Offer, OfferOutcome, visit_to_move
from outreach.apart import apart
from outreach.reach import destination_of, reach, say_once
from outreach.waitlist.words import OFFERS, offer_choices, offer_notice


def offer_freed_slots(services: Services, now: datetime) -> list[dict[str, str]]:
    """Offers every slot that was freed to those whom it suits, a group at a time.

    An offer is recorded before it is said, and said once: what a crash left unsaid is said by the
    next sweep, and one that fails keeps no other. Returns what was said, see `outreach.run_due`.
    """
    services.waitlist.settle(now)
    for freed in services.waitlist.freed(now - LOOKS_BACK, now + NOTICE):
        with apart("waitlist", freed.slot_id):
            _ask_next_group(services, freed, now)
    begun: list[dict[str, str]] = []
    for offer in services.waitlist.untold():
        with apart("offer", offer.id):
            begun += _say(services, offer, now)
    return begun


def _ask_next_group(services: Services, freed: FreedSlot, now: datetime) -> None:
    last_group = services.waitlist.last_group(freed)
    zone = services.catalogue.branch(freed.branch).zone
    if next_group_at(freed, last_group, zone, now) != now:
        return
    suited = (
        each.patient_id
        for each in in_order(services.waitlist.waiting(freed))
        if suits(freed, each, services.schedule.appointments(each.patient_id), zone, now)
        and _may_be_asked(services, each.patient_id, now)
    )
    group = list(islice(suited, GROUP))
    if group:
        until = expires_at(freed.start, now)
        services.waitlist.offer(freed, group, now, until, last_group)


def _may_be_asked(services: Services, patient_id: str, now: datetime) -> bool:
    destination = destination_of(services, patient_id, now, OFFERS)
    return destination is not None and not is_mid_talk(destination.heard_at, now)


def _say(services: Services, offer: Offer, now: datetime) -> list[dict[str, str]]:
    """Says the offer; one to a patient who can no longer be written to ends unsaid."""
    destination = destination_of(services, offer.patient_id, now, OFFERS)
    if destination is None:
        services.waitlist.close(offer.id, OfferOutcome.EXPIRED, now)
        return []
    reached = reach(services, destination, now)
    visits = services.schedule.appointments(offer.patient_id)
    notice, values = offer_notice(
        offer,
        services.catalogue.branch(offer.branch),
        reached.language,
        name=reached.first_name,
        moves=visit_to_move(visits, offer.service, offer.start),
    )
    clinic, how_to_stop = services.settings.clinic_name, destination.tells_how_to_stop
    choices = offer_choices(offer, reached.language)
    say_once(
        services,
        reached,
        notice.text(reached.language, clinic, values, how_to_stop=how_to_stop),
        choices,
        f"offer:{offer.id}",
        now,
        notice.template(reached.language, clinic, values, [each.payload for each in choices]),
    )
    if not services.waitlist.told(offer.id):
        return []
    return [
        {"kind": "offer", "to": offer.patient_id, "about": offer.slot_id, "at": now.isoformat()}
    ]
