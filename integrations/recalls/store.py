"""Visits that are due again, found among those in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from clinic.appointments import UPCOMING, Appointment, AppointmentStatus
from integrations.database import Database, be_alone
from integrations.scheduling.changes import appointment
from integrations.tables import AppointmentRow, RecallRow, SlotRow

_CAME_OR_COMES = UPCOMING | {AppointmentStatus.ARRIVED, AppointmentStatus.COMPLETED}


class DatabaseRecalls:
    """`clinic.ports.Recalls` over the clinic's own tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(
        self, service: str, branch: str, before: datetime, now: datetime, limit: int
    ) -> Sequence[Appointment]:
        """Completed visits that are a patient's last for the service; the oldest first."""
        later, its_slot = aliased(AppointmentRow), aliased(SlotRow)
        seen_since = (
            exists()
            .where(
                later.patient_id == AppointmentRow.patient_id,
                later.service == service,
                later.status.in_(_CAME_OR_COMES),
                its_slot.id == later.slot_id,
                its_slot.start > SlotRow.start,
            )
            .correlate(AppointmentRow, SlotRow)
        )
        put_off = exists().where(
            RecallRow.patient_id == AppointmentRow.patient_id,
            RecallRow.service == service,
            or_(RecallRow.put_off_until.is_(None), RecallRow.put_off_until > now),
        )
        query = (
            select(AppointmentRow, SlotRow)
            .join(SlotRow, SlotRow.id == AppointmentRow.slot_id)
            .where(
                AppointmentRow.service == service,
                AppointmentRow.status == AppointmentStatus.COMPLETED,
                SlotRow.branch == branch,
                SlotRow.start < before,
                ~put_off,
                ~seen_since,
            )
            .order_by(SlotRow.start, AppointmentRow.id)
            .limit(limit)
        )
        with self._database.read() as session:
            return [
                appointment(row, slot, row.version, row.status)
                for row, slot in session.execute(query)
            ]

    def put_off(self, patient_id: str, service: str, until: datetime | None) -> None:
        """The patient is not recalled for the service until then; None: never again."""
        with self._database.begin() as session:
            be_alone(session, "recalls")
            row = session.get(RecallRow, (patient_id, service))
            if row is None:
                session.add(RecallRow(patient_id=patient_id, service=service, put_off_until=until))
            elif row.put_off_until is not None:
                row.put_off_until = until
