"""The trainings, one row each."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base, Instant

_UNDER_WAY = text("ended_at IS NULL")


class TrainingRunRow(Base):
    """A training with all that follows from it. One waits or runs at a time: the database sees to
    it.

    state: as `trainer.models.runs.State`. beat_at: when whoever works on it last said so. stop_by:
    who wants it stopped. steps: how far each came. why: what failed, "" otherwise. parent_id: the
    model that was published when it began. comparison: of the two, message by message.
    """

    __tablename__ = "training_runs"
    __table_args__ = (
        Index(
            "ux_training_runs_under_way",
            "lane",
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
    )

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    state: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[str] = mapped_column(String(80))
    began_at: Mapped[datetime | None] = mapped_column(Instant)
    beat_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    stop_by: Mapped[str | None] = mapped_column(String(80))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    why: Mapped[str] = mapped_column(default="")
    model_id: Mapped[str | None] = mapped_column(String(16))
    parent_id: Mapped[str | None] = mapped_column(String(16))
    comparison: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    lane: Mapped[str] = mapped_column(String(8), default="train")
