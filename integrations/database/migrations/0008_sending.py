"""Messages that are said again, and what did not arrive until somebody has seen to it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import text

from integrations.database.base import Instant

revision = "0008_sending"
down_revision = "0007_templates"


def upgrade() -> None:
    """Adds what links a message to the one it replaces, and who has seen to it."""
    for column in (
        sa.Column("instead_of", sa.String(32), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=True),
        sa.Column("elsewhere", sa.String(8), nullable=True),
        sa.Column("seen_to_at", Instant(), nullable=True),
        sa.Column("seen_to_by", sa.String(80), nullable=True),
    ):
        op.add_column("messages", column)
    op.create_index(op.f("ix_messages_instead_of"), "messages", ["instead_of"])
    lost = text("state IN ('failed', 'undelivered', 'withheld') AND seen_to_at IS NULL")
    op.create_index(
        "ix_messages_lost", "messages", ["at"], sqlite_where=lost, postgresql_where=lost
    )
