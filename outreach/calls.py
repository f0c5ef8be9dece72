"""Automatic calls that met nobody: placed again within limits, then left to the staff.

A call is a message on the channel "voice": `reach.number_to_call` is where it goes,
`reach.reach` opens the conversation and `reach.say_once` queues it, as all that outreach says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.calling import visits_in
from app.services import Services
from clinic.appointments import Appointment, AppointmentStatus
from clinic.consents import Purpose
from clinic.hours import local_day
from clinic.quiet_hours import is_allowed
from conversations.model import Choice, Delivery
from conversations.rows import choices_of
from conversations.tables import CallRow, MessageRow
from outreach.apart import apart
from outreach.reach import CALLING, Destination, called, reach, say_once

TRIES: Final = 3
AGAIN_AFTER: Final = {
    Delivery.BUSY: timedelta(minutes=30),
    Delivery.NO_ANSWER: timedelta(hours=2),
}
"""How long after a call that met nobody the next is placed. All tries are of one day: the words of
a reminder ("tomorrow") are true on that day only."""
UNREACHED: Final = "unreached"
"""Why the staff are told: no call got through, and the visit is not confirmed."""

_LOOKS_BACK: Final = timedelta(days=2)
_AGAIN: Final = ":again"
_MET_NOBODY: Final = frozenset({*AGAIN_AFTER, Delivery.FAILED})


def call_again(services: Services, now: datetime) -> list[dict[str, str]]:
    """Calls once more where a call met nobody; after the last try the staff are told.

    Only while a visit that the call was about is as it was, unconfirmed and not too near.
    """
    begun = []
    for call in _untold(services, _met_nobody(services, now)):
        with apart("call_again", call.key):
            begun += _follow(services, call, now)
    return begun


@dataclass(frozen=True, slots=True)
class _Call:
    """The last try of a call. tries: how many there were. ended_at: UTC."""

    key: str
    tries: int
    state: Delivery
    address: str
    conversation_id: str
    text: str
    choices: tuple[Choice, ...]
    ended_at: datetime


def _met_nobody(services: Services, now: datetime) -> Iterator[_Call]:
    """Of all that calls were placed for of late, the last try, where that met nobody."""
    query = (
        select(MessageRow, CallRow.ended_at)
        .outerjoin(CallRow, CallRow.message_id == MessageRow.id)
        .where(
            MessageRow.key.is_not(None),
            MessageRow.at >= now - _LOOKS_BACK,
            MessageRow.channel == CALLING,
        )
        .order_by(MessageRow.number)
    )
    tries: dict[str, list[_Call]] = {}
    with services.database.read() as session:
        for row, ended_at in session.execute(query):
            key = str(row.key).partition(_AGAIN)[0]
            before = tries.setdefault(key, [])
            before.append(
                _Call(
                    key,
                    len(before) + 1,
                    Delivery(row.state),
                    row.address,
                    row.conversation_id,
                    row.text,
                    choices_of(row.choices),
                    ended_at or row.claimed_at or row.at,
                )
            )
    return (calls[-1] for calls in tries.values() if calls[-1].state in _MET_NOBODY)


def _untold(services: Services, calls: Iterator[_Call]) -> Sequence[_Call]:
    """Without those of which the staff were told already, be it seen to or not."""
    found = list(calls)
    alerts = services.conversations.handoffs({each.conversation_id for each in found})
    told = {each.conversation_id: each.opened_at for each in alerts if each.reason == UNREACHED}
    return [
        each
        for each in found
        if each.conversation_id not in told or told[each.conversation_id] < each.ended_at
    ]


def _follow(services: Services, call: _Call, now: datetime) -> list[dict[str, str]]:
    visit = _visit(services, call, now)
    if visit is None:
        return []
    zone = services.catalogue.branch(visit.branch).zone
    again_at = _again_at(call)
    when = max(again_at, now) if again_at else None
    same_day = when and local_day(when, zone) == local_day(call.ended_at, zone)
    if not (again_at and when and same_day and is_allowed(when, zone)):
        services.conversations.alert(call.conversation_id, UNREACHED, now)
        return []
    return _call(services, call, visit, now) if again_at <= now else []


def _visit(services: Services, call: _Call, now: datetime) -> Appointment | None:
    """The first visit that the call was about and that still waits for a confirmation."""
    for ref in visits_in(call.choices):
        visit = services.calling.as_it_was(ref, now)
        if visit is not None and visit.status is AppointmentStatus.BOOKED:
            return visit
    return None


def _again_at(call: _Call) -> datetime | None:
    """When it is placed again, by how it ended; None after the last try."""
    wait = AGAIN_AFTER.get(call.state)
    return call.ended_at + wait if wait is not None and call.tries < TRIES else None


def _call(
    services: Services, call: _Call, visit: Appointment, now: datetime
) -> list[dict[str, str]]:
    if services.patients.opted_out(call.address, Purpose.CALLS):
        return []
    post = called(services, call.address)
    reached = reach(services, Destination(post, None, first=False, heard_at=None), now)
    key = f"{call.key}{_AGAIN}{call.tries}"
    if say_once(services, reached, call.text, call.choices, key, now) is None:
        return []
    return [{"kind": "call", "to": visit.patient_id, "about": visit.id, "at": now.isoformat()}]
