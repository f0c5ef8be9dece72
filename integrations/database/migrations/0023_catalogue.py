"""What was changed in the catalogue, and a version by which a stale form is told."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0023_catalogue"
down_revision = "0022_trainer"


def upgrade() -> None:
    """Creates the history of the catalogue, and finds quickly who was told a price."""
    op.create_table(
        "catalogue_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("key", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_changes")),
        sa.ForeignKeyConstraint(
            ["service"], ["services.code"], name=op.f("fk_catalogue_changes_service")
        ),
    )
    op.create_index(op.f("ix_catalogue_changes_service"), "catalogue_changes", ["service"])
    op.create_index(op.f("ix_kept_quotes_price_id"), "kept_quotes", ["price_id"])
    op.add_column(
        "services", sa.Column("version", sa.Integer(), server_default="1", nullable=False)
    )
