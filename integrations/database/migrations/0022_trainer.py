"""What the trainers decided about messages that were misread."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0022_trainer"
down_revision = "0021_insights"


def upgrade() -> None:
    """Creates the table of the decisions."""
    op.create_table(
        "training_labels",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.String(length=32), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("surety", sa.Double(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("undone_by", sa.String(length=80), nullable=True),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("written_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_labels")),
    )
    op.create_index(op.f("ix_training_labels_batch"), "training_labels", ["batch"])
    op.create_index(op.f("ix_training_labels_decided_at"), "training_labels", ["decided_at"])
    stands = sa.text("undone_at IS NULL")
    op.create_index(
        "ux_training_labels_message",
        "training_labels",
        ["message_id"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
