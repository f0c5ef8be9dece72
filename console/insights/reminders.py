"""How far reminders lead: sent, delivered, answered, confirmed, attended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Row, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from clinic.outreach_rules import LADDER
from console.insights.asked import Filters, Period, slots_in, visits_of
from conversations.model import Delivery
from conversations.tables import MessageRow
from integrations.database import Database, Instant
from integrations.tables import AppointmentChangeRow, AppointmentRow, SlotRow

AHEAD: Final = timedelta(days=31)
"""So long before a visit its reminders are looked for."""
_NOT_SENT: Final = frozenset(
    {Delivery.QUEUED, Delivery.SENDING, Delivery.FAILED, Delivery.WITHHELD}
)
_REACHED: Final = frozenset({Delivery.DELIVERED, Delivery.READ, Delivery.ANSWERED, Delivery.SPOKEN})
_ATTENDED: Final = frozenset({"arrived", "completed"})


@dataclass(frozen=True, slots=True)
class Funnel:
    """Visits, each counted once however often it was reminded of; every step is part of the one
    before."""

    sent: int
    delivered: int
    answered: int
    confirmed: int
    attended: int


@dataclass(frozen=True, slots=True)
class _Visit:
    status: str
    start: datetime


@dataclass
class _Way:
    """How far the reminders of one visit have come. heard_at: when the first one's answer came."""

    status: str
    delivered: bool = False
    heard_at: datetime | None = None


def funnel(database: Database, period: Period, filters: Filters) -> Funnel:
    """Of the visits on those days that have begun, moved ones at their new time."""
    since, until = period.bounds(filters.zone)
    with database.read() as session:
        visits = _visits(session, period, filters)
        sent = _sent(session, since - AHEAD, until + timedelta(days=1), filters.channel)
        ways = _ways(visits, sent)
        confirmed = _confirmed(session, since - AHEAD, ways)
    return _count(ways, confirmed)


def _visits(session: Session, period: Period, filters: Filters) -> Mapping[tuple[str, str], _Visit]:
    """By id and slot."""
    query = (
        select(AppointmentRow.id, AppointmentRow.slot_id, AppointmentRow.status, SlotRow.start)
        .join(SlotRow, SlotRow.id == AppointmentRow.slot_id)
        .where(
            slots_in(period, filters),
            SlotRow.start < period.now,
            *visits_of(Filters(filters.zones, filters.everywhere, language=filters.language)),
        )
    )
    return {
        (visit, slot): _Visit(status, start)
        for visit, slot, status, start in session.execute(query)
    }


def _sent(
    session: Session, since: datetime, until: datetime, channel: str
) -> Iterable[Row[str | None, str, datetime, datetime | None]]:
    """(key, state, when, when somebody there next wrote) of the reminders that went out."""
    answer = aliased(MessageRow)
    # The order of numbers, not of times: it is what the index of an address has.
    heard = (
        select(answer.at)
        .where(
            answer.address == MessageRow.address,
            answer.number > MessageRow.number,
            answer.direction == "in",
        )
        .order_by(answer.number)
        .limit(1)
        .scalar_subquery()
    )
    query = select(
        MessageRow.key, MessageRow.state, MessageRow.at, type_coerce(heard, Instant)
    ).where(
        MessageRow.key.is_not(None),
        MessageRow.key.startswith("reminder:"),
        MessageRow.at >= since,
        MessageRow.at < until,
        MessageRow.state.not_in(_NOT_SENT),
    )
    if channel:
        query = query.where(MessageRow.channel == channel)
    return session.execute(query)


def _ways(
    visits: Mapping[tuple[str, str], _Visit],
    sent: Iterable[Row[str | None, str, datetime, datetime | None]],
) -> dict[str, _Way]:
    """By visit."""
    ways: dict[str, _Way] = {}
    for key, state, _, heard in sent:
        about = _about(str(key))
        visit = visits.get(about)
        if visit is None:
            continue
        way = ways.setdefault(about[0], _Way(visit.status))
        if state not in _REACHED:
            continue
        way.delivered = True
        if heard is not None and heard < visit.start:
            way.heard_at = min(way.heard_at or heard, heard)
    return ways


def _about(key: str) -> tuple[str, str]:
    """The visit and the slot of `reminder:<visit>:<slot>:<hours>[:<channel>]`."""
    _, visit, rest = key.split(":", 2)
    before, _, last = rest.rpartition(":")
    return visit, before.rpartition(":")[0] if last in LADDER else before


def _confirmed(
    session: Session, since: datetime, ways: Mapping[str, _Way]
) -> Mapping[str, datetime]:
    """When each of those visits was last confirmed by its patient."""
    query = (
        select(
            AppointmentChangeRow.appointment_id,
            type_coerce(func.max(AppointmentChangeRow.at), Instant),
        )
        .where(
            AppointmentChangeRow.event == "confirmed",
            AppointmentChangeRow.actor == "patient",
            AppointmentChangeRow.at >= since,
        )
        .group_by(AppointmentChangeRow.appointment_id)
    )
    return {visit: at for visit, at in session.execute(query) if visit in ways}


def _count(ways: Mapping[str, _Way], confirmed: Mapping[str, datetime]) -> Funnel:
    delivered = {visit: way for visit, way in ways.items() if way.delivered}
    answered = {visit: way for visit, way in delivered.items() if way.heard_at}
    said_yes = {visit: way for visit, way in answered.items() if _after(way, confirmed.get(visit))}
    attended = sum(way.status in _ATTENDED for way in said_yes.values())
    return Funnel(len(ways), len(delivered), len(answered), len(said_yes), attended)


def _after(way: _Way, confirmed: datetime | None) -> bool:
    return confirmed is not None and way.heard_at is not None and confirmed >= way.heard_at
