"""The clinic's own rules for what it starts."""

import sqlalchemy as sa
from alembic import op

revision = "0009_rules"
down_revision = "0008_sending"


def upgrade() -> None:
    """Adds a table of rules by kind, service and branch."""
    op.create_table(
        "outreach_rules",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "service", "branch", name=op.f("pk_outreach_rules")),
    )
