"""When it suits those who wait, and who of them goes first."""

import sqlalchemy as sa
from alembic import op

revision = "0011_waitlist_wishes"
down_revision = "0010_calls"


def upgrade() -> None:
    """Adds the times that suit and the priority to the waitlist."""
    op.add_column("waitlist", sa.Column("times", sa.JSON(none_as_null=True), nullable=True))
    op.add_column(
        "waitlist", sa.Column("priority", sa.Integer(), nullable=False, server_default="0")
    )
