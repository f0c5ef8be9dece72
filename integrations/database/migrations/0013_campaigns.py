"""Campaigns, whom they are for, and who did what with them."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0013_campaigns"
down_revision = "0012_follow_ups"


def upgrade() -> None:
    """Creates the three tables."""
    op.create_table(
        "campaigns",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("practitioner", sa.String(), nullable=True),
        sa.Column("start", Instant(), nullable=True),
        sa.Column("end", Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("texts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("begun_by", sa.String(length=80), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        *_references("campaigns", branch="branches.code", practitioner="practitioners.code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("key", name=op.f("uq_campaigns_key")),
    )
    op.create_index(op.f("ix_campaigns_begun_at"), "campaigns", ["begun_at"])
    _create_recipients()
    op.create_table(
        "campaign_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        *_references("campaign_events", campaign_id="campaigns.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_events")),
    )
    op.create_index(op.f("ix_campaign_events_campaign_id"), "campaign_events", ["campaign_id"])


def _create_recipients() -> None:
    op.create_table(
        "campaign_recipients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        *_references(
            "campaign_recipients",
            campaign_id="campaigns.id",
            patient_id="patients.id",
            visit_id="appointments.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_recipients")),
        sa.UniqueConstraint(
            "campaign_id",
            "patient_id",
            "visit_id",
            name=op.f("uq_campaign_recipients_campaign_id_patient_id_visit_id"),
        ),
    )
    for columns in (["campaign_id", "state"], ["visit_id"]):
        name = op.f(f"ix_campaign_recipients_{'_'.join(columns)}")
        op.create_index(name, "campaign_recipients", columns)


def _references(table: str, **referred: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [there], name=op.f(f"fk_{table}_{column}"))
        for column, there in referred.items()
    ]
