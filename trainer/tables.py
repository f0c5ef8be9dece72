"""What the trainers decided and reworded: rows are kept when they are undone."""

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base, Instant

_STANDS = text("undone_at IS NULL")
_WAITS = text("undone_at IS NULL AND written_at IS NULL")


class LabelRow(Base):
    """What a message means, as somebody decided. Of each message at most one decision stands.

    intent: "" where it was skipped. text: masked; "" where it was skipped. surety: with how much
    confidence the engine had read this very intent, null for another. batch: what was decided in
    one go. written_at: since when it is an example in data/nlu.yml, null before.
    """

    __tablename__ = "training_labels"
    __table_args__ = (
        Index(
            "ux_training_labels_message",
            "message_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    batch: Mapped[str] = mapped_column(String(32), index=True)
    message_id: Mapped[str] = mapped_column(String(32))
    intent: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    surety: Mapped[float | None]
    decided_by: Mapped[str] = mapped_column(String(80))
    decided_at: Mapped[datetime] = mapped_column(Instant, index=True)
    undone_by: Mapped[str | None] = mapped_column(String(80))
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    written_at: Mapped[datetime | None] = mapped_column(Instant)


class RewordingRow(Base):
    """Another wording of a response, as somebody wants it. Of each place at most one waits.

    was: the text in domain.yml that it is to replace. written_at: when it was, null before.
    """

    __tablename__ = "training_rewordings"
    __table_args__ = (
        Index(
            "ux_training_rewordings_place",
            *("response", "language", "channel", "number", "button"),
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    response: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    button: Mapped[int] = mapped_column(default=0, server_default="0")
    was: Mapped[str]
    text: Mapped[str]
    reworded_by: Mapped[str] = mapped_column(String(80))
    reworded_at: Mapped[datetime] = mapped_column(Instant, index=True)
    undone_by: Mapped[str | None] = mapped_column(String(80))
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    written_at: Mapped[datetime | None] = mapped_column(Instant)
