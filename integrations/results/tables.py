"""Reports, their files, and the links and codes by which patients open them."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base, Instant


class ReportRow(Base):
    """A report at its present version. told_version: of which the patient was told; 0 for none."""

    __tablename__ = "reports"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    service: Mapped[str]
    status: Mapped[str]
    policy: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    media_type: Mapped[str]
    size: Mapped[int]
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    told_version: Mapped[int] = mapped_column(default=0)


class ReportFileRow(Base):
    """The file of a version: beside the report, so that lists do not read it."""

    __tablename__ = "report_files"

    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ResultLinkRow(Base):
    """A link to a patient's reports, and the code that opens it now. Only HMACs are kept of both.

    codes: how many were sent. tries: how often the present code was tried.
    """

    __tablename__ = "result_links"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    phone: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    code_hash: Mapped[str | None] = mapped_column(String(64))
    code_at: Mapped[datetime | None] = mapped_column(Instant)
    codes: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)


class ReportOpenedRow(Base):
    """A patient has opened a report by a link."""

    __tablename__ = "report_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"), index=True)
    version: Mapped[int]
    link_id: Mapped[str] = mapped_column(ForeignKey("result_links.id"))
    at: Mapped[datetime] = mapped_column(Instant)
