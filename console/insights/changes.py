"""How visits are changed, by what, how late they are cancelled, and what becomes of the slots."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from clinic.appointments import AppointmentStatus
from clinic.waitlist import OfferOutcome
from console.insights.asked import Filters, Period, changed_in, visits_of
from integrations.database import Database
from integrations.tables import AppointmentChangeRow, AppointmentRow, OfferRow, SlotRow
from integrations.waitlist.freeings import freeings, held

LATE: Final = timedelta(hours=24)
"""Who cancels later than so long before the visit leaves a slot that is hard to fill."""
EVENTS: Final = ("booked", "confirmed", "rescheduled", "cancelled")


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Visits that were cancelled and stayed so, by how long before their time."""

    in_time: int
    late: int


@dataclass(frozen=True, slots=True)
class Freed:
    """Slots that visits left. offered: to who waits; by_offer: taken so; filled: taken at all."""

    freed: int
    offered: int
    by_offer: int
    filled: int


def by_channel(
    database: Database, period: Period, filters: Filters
) -> Mapping[str, Mapping[str, int]]:
    """Channel → event → how many visits it was made to on those days, each counted once."""
    query = (
        select(
            *(AppointmentChangeRow.channel, AppointmentChangeRow.event),
            func.count(AppointmentChangeRow.appointment_id.distinct()),
        )
        .join(SlotRow, SlotRow.id == AppointmentChangeRow.slot_id)
        .join(AppointmentRow, AppointmentRow.id == AppointmentChangeRow.appointment_id)
        .where(
            AppointmentChangeRow.event.in_(EVENTS),
            changed_in(period, filters),
            *visits_of(Filters(filters.zones, filters.everywhere, language=filters.language)),
        )
        .group_by(AppointmentChangeRow.channel, AppointmentChangeRow.event)
    )
    if filters.channel:
        query = query.where(AppointmentChangeRow.channel == filters.channel)
    found: dict[str, Counter[str]] = {}
    with database.read() as session:
        for channel, event, count in session.execute(query):
            found.setdefault(channel, Counter())[event] = count
    return found


def cancelled(database: Database, period: Period, filters: Filters) -> Cancelled:
    """Of the visits cancelled on those days; one that was restored since does not count."""
    query = (
        select(SlotRow.start, func.max(AppointmentChangeRow.at))
        .join(SlotRow, SlotRow.id == AppointmentChangeRow.slot_id)
        .join(AppointmentRow, AppointmentRow.id == AppointmentChangeRow.appointment_id)
        .where(
            AppointmentChangeRow.event == "cancelled",
            AppointmentRow.status == AppointmentStatus.CANCELLED,
            changed_in(period, filters),
            *visits_of(Filters(filters.zones, filters.everywhere, language=filters.language)),
        )
        .group_by(AppointmentChangeRow.appointment_id, SlotRow.start)
    )
    if filters.channel:
        query = query.where(AppointmentChangeRow.channel == filters.channel)
    with database.read() as session:
        notices = [start - at for start, at in session.execute(query)]
    late = sum(notice < LATE for notice in notices)
    return Cancelled(len(notices) - late, late)


def freed(database: Database, period: Period, filters: Filters) -> Freed:
    """Of the slots freed on those days, each counted once; channel and language do not matter."""
    since, until = period.bounds(filters.zone)
    left = freeings(since, until)
    slots = (
        select(func.count())
        .select_from(left)
        .join(SlotRow, SlotRow.id == left.c.slot_id)
        .where(left.c.newest == 1, SlotRow.branch.in_(filters.zones))
    )
    offers = select(OfferRow.id).where(OfferRow.slot_id == SlotRow.id, OfferRow.at >= since)
    with database.read() as session:
        return Freed(
            session.scalar(slots) or 0,
            session.scalar(slots.where(offers.exists())) or 0,
            session.scalar(
                slots.where(offers.where(OfferRow.outcome == OfferOutcome.ACCEPTED).exists())
            )
            or 0,
            session.scalar(slots.where(held(SlotRow.id))) or 0,
        )
