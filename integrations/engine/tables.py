"""The models there are and were, and which of them answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base, Instant

_UNDER_WAY = text("settled_at IS NULL")


class ModelRow(Base):
    """A trained model. id: what it is made of (`app.model_files.fingerprint`).

    number: what people call it. origin: "trained" by the trainers, or "start": found when the
    instance was started. changes and evaluation: as `trainer.models` writes them, null where it
    did not. dropped_at: since when its archive is no longer kept.
    """

    __tablename__ = "models"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, unique=True)
    origin: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(80))
    parent_id: Mapped[str | None] = mapped_column(String(16))
    changes: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    evaluation: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)


class PublicationRow(Base):
    """That a model answers from a moment on; the newest that is settled says which does now.

    kind: "start", "publish" or "back". reason: why a closed gate was passed, "" where it was open.
    settled_at: since when the engines answer with it; null while they are told, one at a time.
    """

    __tablename__ = "model_publications"
    __table_args__ = (
        Index(
            "ux_model_publications_under_way",
            "lane",
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
    )

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    model_id: Mapped[str] = mapped_column(ForeignKey("models.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(default="")
    lane: Mapped[str] = mapped_column(String(8), default="engine")
    settled_at: Mapped[datetime | None] = mapped_column(Instant)


class KnownFilesRow(Base):
    """A state of the files that the published model was chosen over: what trainers wrote and have
    not published yet. Files in any other state were changed by other hands, and win at a start."""

    __tablename__ = "model_known_files"

    fingerprint: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
