"""Reminders of coming visits.

What is due is read from the schedule at this moment, so that a visit that was moved or cancelled
needs no re-planning; what was said is read from the messages.
"""

from datetime import datetime

from app.services import Services
from conversations.model import Delivery, Message
from outreach.apart import apart
from outreach.reach import Destination, at_number, destination_of, reach, say_once
from outreach.reminders.asking import (
    choices_for,
    preparation_choices,
    preparation_of,
    reminder_of,
)
from outreach.reminders.finding import find_due
from outreach.reminders.look import Due, Look
from outreach.reminders.preparing import OWN
from outreach.reminders.reminded import (
    Said,
    is_told_with_another,
    knows_preparation,
)
from outreach.reminders.words import PREPARATIONS, REMINDERS


def remind(services: Services, now: datetime) -> list[dict[str, str]]:
    """Says what is due at `now` (UTC) of every coming visit; see `outreach.run_due`.

    The nearest visits first, and of so many as the settings allow at one look: the others are for
    the next. Costs a few queries when nothing is new, however many visits are coming.
    """
    look = Look(services, now)
    begun: list[dict[str, str]] = []
    for due in find_due(services, look):
        if len(begun) == services.settings.reminders_per_look:
            break
        with apart("reminder", due.visit.id):
            if _begin(services, look, due):
                to, about = due.visit.patient_id, due.visit.id
                begun.append({"kind": due.kind, "to": to, "about": about, "at": now.isoformat()})
    return begun


def _begin(services: Services, look: Look, due: Due) -> bool:
    """Says it; False where it was not said now."""
    destination = _destination(services, look, due)
    if destination is None:
        return False
    told = not due.channel and _is_told(services, due, destination.address)
    if told and not services.conversations.said_for(due.key):
        return False  # with another visit, and what else is due may be said now
    message = None if told else _say(services, look, due, destination)
    post = destination.post
    look.reminded.add(due.key, Said(post.address, post.channel, Delivery.QUEUED, look.now))
    return message is not None


def _destination(services: Services, look: Look, due: Due) -> Destination | None:
    """Where it is said now; None where it has to wait."""
    if due.channel and due.number:
        return at_number(services, due.channel, due.number, due.visit.patient_id)
    notices = PREPARATIONS if due.step == OWN else REMINDERS
    found = destination_of(services, due.visit.patient_id, look.now, notices)
    if found is None or not look.may_hear(found.address, due.branch):
        return None
    return None if found.is_mid_talk(look.now) else found


def _is_told(services: Services, due: Due, address: str) -> bool:
    """Whether it was said there before, with another visit or by another worker."""
    database, visit, since = services.database, due.visit, due.since
    if due.step == OWN:
        return knows_preparation(database, address, visit, since)
    return is_told_with_another(database, address, visit, since, due.step)


def _say(services: Services, look: Look, due: Due, destination: Destination) -> Message | None:
    reached = reach(services, destination, look.now)
    people = {each.id for each in services.patients.at_address(destination.address)}
    visits = look.told_with(due, {*people, due.visit.patient_id})
    preparing = [each for each in visits if look.tells_preparation(each, due.step)]
    if due.step == OWN:
        said = preparation_of(services, reached, preparing, look.now)
        choices = preparation_choices(reached, preparing)
    else:
        said = reminder_of(services, reached, visits, look.now)
        choices = choices_for(services, reached, visits, preparing)
    return say_once(
        services, reached, said.text, choices, due.key, look.now, template=said.template
    )
