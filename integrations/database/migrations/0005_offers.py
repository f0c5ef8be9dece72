"""Offers of freed slots, and what those who wait ask for."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0005_offers"
down_revision = "0004_message_keys"


def upgrade() -> None:
    """Adds the wishes to the waitlist and creates the offers."""
    with op.batch_alter_table("waitlist") as table:
        table.add_column(sa.Column("practitioner", sa.String(), nullable=True))
        table.add_column(sa.Column("notice_hours", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_waitlist_practitioner"), "practitioners", ["practitioner"], ["code"]
        )
    op.create_table(
        "waitlist_offers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("freed", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("outcome_at", Instant(), nullable=True),
        *_references(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_offers")),
        sa.UniqueConstraint(
            "freed", "patient_id", name=op.f("uq_waitlist_offers_freed_patient_id")
        ),
    )
    for columns in (["slot_id"], ["patient_id", "at"], ["outcome"]):
        name = op.f(f"ix_waitlist_offers_{'_'.join(columns)}")
        op.create_index(name, "waitlist_offers", columns)


def _references() -> list[sa.ForeignKeyConstraint]:
    referred = {
        "freed": "appointment_changes.id",
        "slot_id": "slots.id",
        "patient_id": "patients.id",
        "service": "services.code",
        "branch": "branches.code",
    }
    return [
        sa.ForeignKeyConstraint([column], [there], name=op.f(f"fk_waitlist_offers_{column}"))
        for column, there in referred.items()
    ]
