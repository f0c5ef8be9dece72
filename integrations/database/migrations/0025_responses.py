"""What the trainers want responses to say."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0025_responses"
down_revision = "0024_models"


def upgrade() -> None:
    """Creates the table of the rewordings."""
    op.create_table(
        "training_rewordings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("response", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reworded_by", sa.String(length=80), nullable=False),
        sa.Column("reworded_at", Instant(), nullable=False),
        sa.Column("undone_by", sa.String(length=80), nullable=True),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("written_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_rewordings")),
    )
    op.create_index(
        op.f("ix_training_rewordings_reworded_at"), "training_rewordings", ["reworded_at"]
    )
    waits = sa.text("undone_at IS NULL AND written_at IS NULL")
    op.create_index(
        "ux_training_rewordings_place",
        "training_rewordings",
        ["response", "language", "channel", "number"],
        unique=True,
        sqlite_where=waits,
        postgresql_where=waits,
    )
