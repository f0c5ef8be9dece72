"""Messages of outreach carry what they are said for, so that each is said once."""

import sqlalchemy as sa
from alembic import op

revision = "0004_message_keys"
down_revision = "0003_console"


def upgrade() -> None:
    """Adds the key and has the database keep it unique."""
    with op.batch_alter_table("messages") as table:
        table.add_column(sa.Column("key", sa.String(length=200), nullable=True))
    op.create_index("ux_messages_key", "messages", ["key"], unique=True)
