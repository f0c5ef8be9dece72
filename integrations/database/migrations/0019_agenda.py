"""Changes of visits of which the patient is to be told, and records that were one person."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0019_agenda"
down_revision = "0018_handoff"


def upgrade() -> None:
    """Adds a table of wishes, by the change's key, and one of merges."""
    op.create_table(
        "visit_tellings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_visit_tellings")),
    )
    op.create_index(op.f("ix_visit_tellings_settled"), "visit_tellings", ["settled"])
    op.create_table(
        "patient_merges",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kept_id", sa.String(), nullable=False),
        sa.Column("merged_id", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_merges")),
    )
    for column in ("kept_id", "merged_id"):
        op.create_index(op.f(f"ix_patient_merges_{column}"), "patient_merges", [column])
