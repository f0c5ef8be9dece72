"""Messages that go out as words a provider has approved."""

import sqlalchemy as sa
from alembic import op

revision = "0007_templates"
down_revision = "0006_reminders"


def upgrade() -> None:
    """Adds name and variables of the template to the messages."""
    op.add_column("messages", sa.Column("template", sa.JSON(none_as_null=True), nullable=True))
