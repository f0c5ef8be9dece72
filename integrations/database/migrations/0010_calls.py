"""Telephone calls: when each began and ended, and which message it was placed to say."""

import sqlalchemy as sa
from alembic import op

from integrations.database import Instant

revision = "0010_calls"
down_revision = "0009_rules"


def upgrade() -> None:
    """Adds the calls."""
    op.create_table(
        "calls",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(length=32), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index("ix_calls_address", "calls", ["address", "at"])
    op.create_index(op.f("ix_calls_at"), "calls", ["at"])
    op.create_index(op.f("ix_calls_message_id"), "calls", ["message_id"])
