"""Reports kept in the database."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from clinic.patients import PatientUnknown
from clinic.results import ReleasePolicy, Report, ReportStatus, ReportUnknown, media_type_of
from integrations.database import Database
from integrations.results.tables import ReportFileRow, ReportOpenedRow, ReportRow
from integrations.tables import PatientRow


class DatabaseResults:
    """`clinic.ports.Results` over our own tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        patient_id: str,
        service: str,
        content: bytes,
        at: datetime,
        *,
        status: ReportStatus = ReportStatus.FINAL,
        policy: ReleasePolicy = ReleasePolicy.AUTO,
    ) -> Report:
        """Keeps a new report. Raises PatientUnknown or BadReport."""
        row = ReportRow(
            id=uuid4().hex,
            version=1,
            patient_id=patient_id,
            service=service,
            status=status,
            policy=policy,
            at=at,
            media_type=media_type_of(content),
            size=len(content),
        )
        with self._database.begin() as session:
            if session.get(PatientRow, patient_id) is None:
                raise PatientUnknown
            session.add(row)
            session.flush()
            session.add(ReportFileRow(report_id=row.id, version=1, content=content))
            session.flush()
            return _report(row)

    def replace(
        self, report_id: str, status: ReportStatus, at: datetime, content: bytes | None = None
    ) -> Report:
        """The next version of a report; without a file, that of the version before stays."""
        media_type = media_type_of(content) if content is not None else None
        with self._database.begin() as session:
            row = _locked(session, report_id)
            before = session.get_one(ReportFileRow, (row.id, row.version))
            row.version, row.status, row.at = row.version + 1, status, at
            if content is not None and media_type is not None:
                row.media_type, row.size = media_type, len(content)
            session.add(
                ReportFileRow(
                    report_id=row.id, version=row.version, content=content or before.content
                )
            )
            session.flush()
            return _report(row)

    def release(self, report_id: str, at: datetime) -> Report:
        """The staff let the patient open it; again changes nothing."""
        with self._database.begin() as session:
            row = _locked(session, report_id)
            row.released_at = row.released_at or at
            return _report(row)

    def report(self, report_id: str) -> Report:
        """Raises ReportUnknown."""
        with self._database.read() as session:
            return _report(_found(session, report_id))

    def reports(self, patient_id: str) -> Sequence[Report]:
        """All reports of a patient, the newest first."""
        theirs = select(ReportRow).where(ReportRow.patient_id == patient_id)
        with self._database.read() as session:
            rows = session.scalars(theirs.order_by(ReportRow.at.desc(), ReportRow.id))
            return [_report(row) for row in rows]

    def content(self, report_id: str) -> bytes:
        """The file of the present version. Raises ReportUnknown."""
        with self._database.read() as session:
            row = _found(session, report_id)
            return session.get_one(ReportFileRow, (row.id, row.version)).content

    def untold(self) -> Sequence[Report]:
        """Open reports of whose present version the patient was not told yet, the oldest first."""
        query = select(ReportRow).where(
            ReportRow.told_version < ReportRow.version,
            ReportRow.status != ReportStatus.ENTERED_IN_ERROR,
            ReportRow.policy != ReleasePolicy.IN_PERSON,
        )
        with self._database.read() as session:
            rows = session.scalars(query.order_by(ReportRow.at, ReportRow.id))
            return [report for report in map(_report, rows) if report.is_open]

    def told(self, report: Report) -> None:
        """The patient was told of that version."""
        with self._database.begin() as session:
            session.execute(
                update(ReportRow)
                .where(ReportRow.id == report.id, ReportRow.told_version < report.version)
                .values(told_version=report.version)
            )

    def opened(self, report: Report, link_id: str, at: datetime) -> None:
        """Keeps that the patient has opened it."""
        row = ReportOpenedRow(report_id=report.id, version=report.version, link_id=link_id, at=at)
        with self._database.begin() as session:
            session.add(row)

    def openings(self, report_id: str) -> Sequence[datetime]:
        """When the patient has opened it, the earliest first."""
        query = select(ReportOpenedRow.at).where(ReportOpenedRow.report_id == report_id)
        with self._database.read() as session:
            return list(session.scalars(query.order_by(ReportOpenedRow.at)))


def _found(session: Session, report_id: str) -> ReportRow:
    row = session.get(ReportRow, report_id)
    if row is None:
        raise ReportUnknown
    return row


def _locked(session: Session, report_id: str) -> ReportRow:
    row = session.scalars(
        select(ReportRow).where(ReportRow.id == report_id).with_for_update()
    ).first()
    if row is None:
        raise ReportUnknown
    return row


def _report(row: ReportRow) -> Report:
    return Report(
        id=row.id,
        version=row.version,
        patient_id=row.patient_id,
        service=row.service,
        status=ReportStatus(row.status),
        policy=ReleasePolicy(row.policy),
        at=row.at,
        media_type=row.media_type,
        size=row.size,
        released_at=row.released_at,
    )
