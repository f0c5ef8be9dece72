"""What the figures are asked for: some days, and of what was said and booked which part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_

from conversations.tables import ConversationRow
from integrations.tables import (
    AppointmentChangeRow,
    AppointmentRow,
    PatientRow,
    SlotRow,
)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included, and the present moment (UTC): what is ahead has no outcome yet."""

    first: date
    last: date
    now: datetime

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The instants [since, until) of these days in a zone."""
        after = self.last + timedelta(days=1)
        return (
            datetime.combine(self.first, time.min, zone),
            datetime.combine(after, time.min, zone),
        )


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part. zones: the branches with their zones, the first one's is that of what was said.

    everywhere: they are all the clinic's branches. channel, language: "" for any.
    """

    zones: Mapping[str, ZoneInfo]
    everywhere: bool
    channel: str = ""
    language: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days are told of what was said, which has no branch."""
        return next(iter(self.zones.values()))


def slots_in(period: Period, filters: Filters) -> ColumnElement[bool]:
    """Whether a slot begins on those days, each branch in its own zone."""
    return or_(
        *(
            and_(SlotRow.branch == branch, SlotRow.start >= since, SlotRow.start < until)
            for branch, zone in filters.zones.items()
            for since, until in [period.bounds(zone)]
        )
    )


def changed_in(period: Period, filters: Filters) -> ColumnElement[bool]:
    """Whether a change, joined with a slot, was made on those days of the slot's branch.

    First on those days anywhere: that alone leads to the changes by their index.
    """
    bounds = {branch: period.bounds(zone) for branch, zone in filters.zones.items()}
    return and_(
        AppointmentChangeRow.at >= min(since for since, _ in bounds.values()),
        AppointmentChangeRow.at < max(until for _, until in bounds.values()),
        or_(
            *(
                and_(
                    SlotRow.branch == branch,
                    AppointmentChangeRow.at >= since,
                    AppointmentChangeRow.at < until,
                )
                for branch, (since, until) in bounds.items()
            )
        ),
    )


def visits_of(filters: Filters) -> list[ColumnElement[bool]]:
    """Which visits count: by the language of their patient and the channel that booked them."""
    conditions: list[ColumnElement[bool]] = []
    if filters.language:
        speaks = exists().where(
            PatientRow.id == AppointmentRow.patient_id, PatientRow.language == filters.language
        )
        conditions.append(speaks.correlate_except(PatientRow))
    if filters.channel:
        conditions.append(
            exists().where(
                AppointmentChangeRow.appointment_id == AppointmentRow.id,
                AppointmentChangeRow.event == "booked",
                AppointmentChangeRow.channel == filters.channel,
            )
        )
    return conditions


def talks_of(filters: Filters) -> list[ColumnElement[bool]]:
    """Which conversations count: by language and channel, and at some branches those of patients
    who have or had a visit there."""
    conditions: list[ColumnElement[bool]] = []
    if filters.language:
        conditions.append(ConversationRow.language == filters.language)
    if filters.channel:
        conditions.append(ConversationRow.channel == filters.channel)
    if not filters.everywhere:
        conditions.append(
            exists().where(
                AppointmentRow.patient_id == ConversationRow.patient_id,
                SlotRow.id == AppointmentRow.slot_id,
                SlotRow.branch.in_(filters.zones),
            )
        )
    return conditions
