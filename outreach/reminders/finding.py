"""What is to be said of the coming visits at one look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.services import Services
from clinic.consents import Purpose
from clinic.quiet_hours import is_allowed
from outreach.reminders.cadence import step
from outreach.reminders.escalation import next_channel, number_for, sayings
from outreach.reminders.look import Due, Look
from outreach.reminders.preparing import OWN, is_due_alone
from outreach.reminders.reminded import key_of, last_heard
from understanding.phone_zones import zone_of

_Addresses = Mapping[str, Sequence[str]]


def find_due(services: Services, look: Look) -> list[Due]:
    """What may be said now, the nearest visit first; a few queries however much that is."""
    due = [*_due(look)]
    if not due:
        return []
    people = {each.visit.patient_id for each in due}
    reachable = services.patients.reachable(people)
    found = [
        *_may_be_told(look, [each for each in due if each.channel is None], reachable),
        *_go_on(services, look, [each for each in due if each.channel], reachable),
    ]
    return sorted(found, key=lambda each: each.visit.start)


def _due(look: Look) -> Iterable[Due]:
    said, now = look.reminded.said, look.now
    for visit, since in look.upcoming:
        terms, branch = look.terms(visit), look.branches[visit.branch]
        hours = step(terms.cadence, visit, since, now)
        if hours is not None:
            if key_of(visit, hours) not in said:
                yield Due(visit, branch, since, hours)
            elif channel := next_channel(terms.escalation, visit, since, hours, now, said):
                yield Due(visit, branch, since, hours, channel)
        if terms.lead is not None and is_due_alone(
            terms.cadence, visit, since, terms.lead, branch.zone, now, said
        ):
            yield Due(visit, branch, since, OWN)


def _may_be_told(look: Look, due: Iterable[Due], reachable: _Addresses) -> list[Due]:
    """Without those whose every address has stopped us, sleeps, or has heard enough."""
    return [
        each
        for each in due
        if any(
            look.may_hear(address, each.branch)
            for address in reachable.get(each.visit.patient_id, ())
        )
    ]


def _go_on(
    services: Services, look: Look, due: Sequence[Due], reachable: _Addresses
) -> Iterable[Due]:
    """What went unanswered and may go on now to a number, with that number."""
    if not due:
        return
    callable_: _Addresses = services.patients.reachable(
        {each.visit.patient_id for each in due if _is_spoken(services, each)}, Purpose.CALLS
    )
    first = {id(each): sayings(each.visit, each.step, look.reminded.said) for each in due}
    heard = last_heard(
        services.database,
        {address for each in due for address in reachable.get(each.visit.patient_id, ())},
        min(said[0].at for said in first.values()),
    )
    for each in due:
        theirs, said = reachable.get(each.visit.patient_id, ()), first[id(each)]
        if any(heard.get(address, said[0].at) > said[0].at for address in theirs):
            continue
        may = callable_ if _is_spoken(services, each) else reachable
        number = number_for(said[-1].address, may.get(each.visit.patient_id, ()))
        if number and is_allowed(look.now, zone_of(number, each.branch)):
            yield replace(each, number=number)


def _is_spoken(services: Services, due: Due) -> bool:
    channel = services.channels.get(due.channel or "")
    return channel is not None and channel.capabilities.spoken
