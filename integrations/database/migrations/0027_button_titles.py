"""The titles of a response's choices are reworded too."""

import sqlalchemy as sa
from alembic import op

revision = "0027_button_titles"
down_revision = "0026_threads"


def upgrade() -> None:
    """Says of each rewording which choice's title it is, 0 for the text."""
    op.add_column(
        "training_rewordings",
        sa.Column("button", sa.Integer(), server_default="0", nullable=False),
    )
    op.drop_index("ux_training_rewordings_place", "training_rewordings")
    waits = sa.text("undone_at IS NULL AND written_at IS NULL")
    op.create_index(
        "ux_training_rewordings_place",
        "training_rewordings",
        ["response", "language", "channel", "number", "button"],
        unique=True,
        sqlite_where=waits,
        postgresql_where=waits,
    )
