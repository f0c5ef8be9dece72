"""When the staff first answered who waited for a person, and replies kept ready for them."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0018_handoff"
down_revision = "0016_results"


def upgrade() -> None:
    """Adds the instant of the first answer, and the table of canned replies."""
    op.add_column("handoffs", sa.Column("answered_at", Instant(), nullable=True))
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
        sa.UniqueConstraint("name", name=op.f("uq_canned_replies_name")),
    )
