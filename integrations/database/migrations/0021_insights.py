"""The figures of a period are found by when something was said, begun or handed over."""

from alembic import op

revision = "0021_insights"
down_revision = "0019_agenda"


def upgrade() -> None:
    """Adds three indexes."""
    op.create_index("ix_messages_heard", "messages", ["direction", "at"])
    op.create_index("ix_conversations_opened_at", "conversations", ["opened_at"])
    op.create_index("ix_handoffs_opened_at", "handoffs", ["opened_at"])
