"""What patients say of their visits afterwards, and when they want no recall."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0012_follow_ups"
down_revision = "0011_waitlist_wishes"


def upgrade() -> None:
    """Creates the answers and the recalls, and an index for finding visits that are due again."""
    referred = {
        "visit_id": "appointments.id",
        "patient_id": "patients.id",
        "service": "services.code",
        "branch": "branches.code",
    }
    op.create_table(
        "feedback",
        *(sa.Column(name, sa.String(), nullable=False) for name in referred),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [there], name=op.f(f"fk_feedback_{column}"))
            for column, there in referred.items()
        ),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_feedback")),
    )
    for column in ("patient_id", "at"):
        op.create_index(op.f(f"ix_feedback_{column}"), "feedback", [column])
    op.create_table(
        "recalls",
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("put_off_until", Instant(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [referred[column]], name=op.f(f"fk_recalls_{column}"))
            for column in ("patient_id", "service")
        ),
        sa.PrimaryKeyConstraint("patient_id", "service", name=op.f("pk_recalls")),
    )
    op.create_index(op.f("ix_appointments_service_status"), "appointments", ["service", "status"])
