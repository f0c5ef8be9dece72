"""The tables of campaigns."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.languages import Language
from integrations.database import Base, Instant


class CampaignRow(Base):
    """A campaign; key is its form's. start, end and practitioner: the times that are given up.

    closed: nobody may book them. closing: the visits left in them are being cancelled.
    """

    __tablename__ = "campaigns"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str]
    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"))
    practitioner: Mapped[str | None] = mapped_column(ForeignKey("practitioners.code"))
    start: Mapped[datetime | None] = mapped_column(Instant)
    end: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None]
    texts: Mapped[dict[Language, str] | None] = mapped_column(JSON(none_as_null=True))
    state: Mapped[str]
    closed: Mapped[bool]
    closing: Mapped[bool]
    begun_by: Mapped[str] = mapped_column(String(80))
    begun_at: Mapped[datetime] = mapped_column(Instant, index=True)


class CampaignRecipientRow(Base):
    """Who a campaign is for, once."""

    __tablename__ = "campaign_recipients"
    __table_args__ = (
        UniqueConstraint("campaign_id", "patient_id", "visit_id"),
        Index(None, "campaign_id", "state"),
        Index(None, "visit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaigns.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("appointments.id"))
    version: Mapped[int | None]
    state: Mapped[str]
    why: Mapped[str | None]


class CampaignEventRow(Base):
    """Who did what with a campaign. Only ever added to."""

    __tablename__ = "campaign_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaigns.id"), index=True)
    event: Mapped[str]
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
