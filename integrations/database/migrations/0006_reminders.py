"""What the sweep for reminders asks every few seconds is answered from indexes."""

from alembic import op
from sqlalchemy import text

revision = "0006_reminders"
down_revision = "0005_offers"


def upgrade() -> None:
    """Adds indexes on when slots begin and on when outreach has written."""
    op.create_index(op.f("ix_slots_start"), "slots", ["start"])
    begun = text("key IS NOT NULL")
    op.create_index(
        "ix_messages_begun", "messages", ["at"], sqlite_where=begun, postgresql_where=begun
    )
