"""What stands between the messages of a thread: visits that changed, and notes of the staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import aliased

from console import language, shown
from console.inbox.notes import Note
from console.needs import Needs
from console.schedule.visits import VisitReader
from integrations.tables import AppointmentChangeRow, AppointmentRow, SlotRow

MOST: Final = 300
"""So many changes stand in one page of a thread, the newest."""


@dataclass(frozen=True, slots=True)
class Span:
    """The time of a page of a thread; None is open. since is in it, until is not."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether the instant is in it."""
        since, until = self.since or at, self.until
        return since <= at and (until is None or at < until)


@dataclass(frozen=True, slots=True)
class VisitChange:
    """A visit that changed. at is the page's wall time; start and before are the branch's.

    before: when it was, where it has moved. by: "patient", "system", or a name of the staff.
    """

    at: datetime
    visit_id: str
    event: str
    service: str
    branch: str
    branch_code: str
    start: datetime
    before: datetime | None
    by: str
    channel: shown.Badge
    reason: str
    kind: ClassVar[str] = "visit"

    @property
    def actor(self) -> str:
        """Who did it, in the words of the page."""
        return language.say(f"said_{self.by}") if self.by in {"patient", "system"} else self.by


@dataclass(frozen=True, slots=True)
class Noted:
    """A note. at is the page's wall time."""

    at: datetime
    note: Note
    kind: ClassVar[str] = "note"


def noted(notes: Sequence[Note], zone: ZoneInfo) -> list[Noted]:
    """The notes, for the timeline."""
    return [Noted(each.at.astimezone(zone), each) for each in notes]


def visit_changes(
    needs: Needs, reader: VisitReader, patient_id: str, span: Span, zone: ZoneInfo
) -> Sequence[VisitChange]:
    """What became of the patient's visits in that time, the oldest first."""
    slot, old = aliased(SlotRow), aliased(SlotRow)
    last = aliased(AppointmentChangeRow)
    change = AppointmentChangeRow
    before = (
        select(old.start)
        .join(last, last.slot_id == old.id)
        .where(last.appointment_id == change.appointment_id, last.id < change.id)
        .order_by(last.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(change, AppointmentRow.service, slot.branch, slot.start, before)
        .join(AppointmentRow, AppointmentRow.id == change.appointment_id)
        .join(slot, slot.id == change.slot_id)
        .where(AppointmentRow.patient_id == patient_id)
        .order_by(change.at.desc(), change.id.desc())
        .limit(MOST)
    )
    if span.since is not None:
        query = query.where(change.at >= span.since)
    if span.until is not None:
        query = query.where(change.at < span.until)
    with needs.database.read() as session:
        found = [
            _change(reader, row, service, branch, (start, was), (zone, reader.zone(branch)))
            for row, service, branch, start, was in session.execute(query)
        ]
    return found[::-1]


def _change(
    reader: VisitReader,
    row: AppointmentChangeRow,
    service: str,
    branch: str,
    times: tuple[datetime, datetime | None],
    zones: tuple[ZoneInfo, ZoneInfo],
) -> VisitChange:
    start, was = times
    page_zone, zone = zones
    moved = was is not None and was != start
    return VisitChange(
        at=row.at.astimezone(page_zone),
        visit_id=row.appointment_id,
        event=row.event,
        service=reader.service(service),
        branch=reader.branch(branch),
        branch_code=branch,
        start=start.astimezone(zone),
        before=was.astimezone(zone) if was is not None and moved else None,
        by=row.actor.removeprefix("staff:"),
        channel=shown.channel(row.channel),
        reason=shown.harmless(row.reason or ""),
    )
