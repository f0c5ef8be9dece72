"""Reports of studies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from clinic.results import ReleasePolicy, Report, ReportStatus


class Results(Protocol):
    """Reports of studies. What a patient may open of them, `Report.is_open` says."""

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
        """Keeps a new report, a PDF, PNG or JPEG. Raises PatientUnknown or BadReport."""

    def replace(
        self, report_id: str, status: ReportStatus, at: datetime, content: bytes | None = None
    ) -> Report:
        """The next version of a report. Raises ReportUnknown or BadReport."""

    def release(self, report_id: str, at: datetime) -> Report:
        """The staff let the patient open it. Raises ReportUnknown."""

    def report(self, report_id: str) -> Report:
        """Raises ReportUnknown."""

    def reports(self, patient_id: str) -> Sequence[Report]:
        """All reports of a patient, the newest first."""

    def content(self, report_id: str) -> bytes:
        """The file of the present version. Raises ReportUnknown."""

    def untold(self) -> Sequence[Report]:
        """Open reports of whose present version the patient was not told yet, the oldest first."""

    def told(self, report: Report) -> None:
        """The patient was told of that version."""

    def opened(self, report: Report, link_id: str, at: datetime) -> None:
        """Keeps that the patient has opened it by that link."""

    def openings(self, report_id: str) -> Sequence[datetime]:
        """When the patient has opened it, the earliest first."""
