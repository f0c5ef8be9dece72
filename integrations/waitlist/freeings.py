"""Reads the audit trail for slots that visits have left. Builds queries; runs nothing."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from clinic.appointments import AppointmentStatus
from integrations.campaigns.closing import is_closed
from integrations.tables import (
    AppointmentChangeRow,
    AppointmentRow,
    OfferRow,
    PractitionerServiceRow,
    ServiceBranchRow,
    SlotRow,
    WaitlistRow,
)

_FREEING = ("cancelled", "rescheduled")


def freeings(since: datetime, until: datetime | None = None) -> Subquery:
    """Every change since then that freed a slot.

    Columns: change, at, slot_id, service, left_by, and newest, 1 for the last freeing of a slot.
    """
    change, before = AppointmentChangeRow, aliased(AppointmentChangeRow)
    had = (
        select(before.slot_id)
        .where(before.appointment_id == change.appointment_id, before.id < change.id)
        .order_by(before.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    left = case((change.event == "cancelled", change.slot_id), else_=had)
    query = (
        select(
            change.id.label("change"),
            change.at.label("at"),
            left.label("slot_id"),
            AppointmentRow.service.label("service"),
            AppointmentRow.patient_id.label("left_by"),
            func.row_number().over(partition_by=left, order_by=change.id.desc()).label("newest"),
        )
        .join(AppointmentRow, AppointmentRow.id == change.appointment_id)
        .where(change.event.in_(_FREEING), change.at >= since)
    )
    return (query if until is None else query.where(change.at < until)).subquery()


def all_freed(
    since: datetime, until: datetime, branch: str | None = None
) -> Select[int, datetime, str, str, SlotRow]:
    """(change, at, service, left_by, slot) of every freeing in [since, until), the latest first."""
    freed = freeings(since, until)
    query = _with_slots(freed).order_by(freed.c.change.desc())
    return query if branch is None else query.where(SlotRow.branch == branch)


def still_free(since: datetime, starting: datetime) -> Select[int, datetime, str, str, SlotRow]:
    """The same of free slots for which somebody was not asked yet, the earliest slot first.

    Only as long as the service is still done there, and by whom the slot is of.
    """
    freed = freeings(since)
    waits = exists().where(
        WaitlistRow.service == freed.c.service,
        WaitlistRow.branch == SlotRow.branch,
        WaitlistRow.patient_id != freed.c.left_by,
        ~asked(freed.c.change),
    )
    done = exists().where(
        ServiceBranchRow.service == freed.c.service,
        ServiceBranchRow.branch == SlotRow.branch,
        PractitionerServiceRow.service == freed.c.service,
        PractitionerServiceRow.practitioner == SlotRow.practitioner,
    )
    free = (SlotRow.start >= starting, ~held(SlotRow.id), ~is_closed())
    return (
        _with_slots(freed)
        .where(freed.c.newest == 1, *free, done, waits)
        .order_by(SlotRow.start, SlotRow.id)
    )


def _with_slots(freed: Subquery) -> Select[int, datetime, str, str, SlotRow]:
    columns = freed.c
    return select(columns.change, columns.at, columns.service, columns.left_by, SlotRow).join(
        SlotRow, SlotRow.id == columns.slot_id
    )


def held(slot_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether a live visit has the slot."""
    return exists().where(
        AppointmentRow.slot_id == slot_id, AppointmentRow.status != AppointmentStatus.CANCELLED
    )


def asked(change: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Whether the slot was offered to that row's patient since the change freed it."""
    to_them = OfferRow.patient_id == WaitlistRow.patient_id
    return exists().where(OfferRow.freed == change, to_them).correlate_except(OfferRow)
