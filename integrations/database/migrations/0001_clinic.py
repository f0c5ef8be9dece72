"""The clinic's tables."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0001_clinic"
down_revision = None


def upgrade() -> None:
    """Creates the catalogue, the patients, the price list and the schedule."""
    _create_branches()
    _create_services()
    _create_patients()
    _create_prices()
    _create_schedule()
    _create_audit()


def _create_branches() -> None:
    op.create_table(
        "branches",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_branches")),
    )
    op.create_table(
        "branch_hours",
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["branch"], ["branches.code"], name=op.f("fk_branch_hours_branch")),
        sa.PrimaryKeyConstraint("branch", "weekday", "opens", name=op.f("pk_branch_hours")),
    )
    op.create_table(
        "practitioners",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("shift_starts", sa.Time(), nullable=True),
        sa.Column("shift_ends", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch"], ["branches.code"], name=op.f("fk_practitioners_branch")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_practitioners")),
    )
    op.create_index(op.f("ix_practitioners_branch"), "practitioners", ["branch"])


def _create_services() -> None:
    op.create_table(
        "services",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("preparation", sa.JSON(), nullable=False),
        sa.Column("fasting_hours", sa.Integer(), nullable=False),
        sa.Column("preparation_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_services")),
    )
    op.create_table(
        "service_branches",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch"], ["branches.code"], name=op.f("fk_service_branches_branch")
        ),
        sa.ForeignKeyConstraint(
            ["service"], ["services.code"], name=op.f("fk_service_branches_service")
        ),
        sa.PrimaryKeyConstraint("service", "branch", name=op.f("pk_service_branches")),
    )
    op.create_table(
        "practitioner_services",
        sa.Column("practitioner", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner"],
            ["practitioners.code"],
            name=op.f("fk_practitioner_services_practitioner"),
        ),
        sa.ForeignKeyConstraint(
            ["service"], ["services.code"], name=op.f("fk_practitioner_services_service")
        ),
        sa.PrimaryKeyConstraint("practitioner", "service", name=op.f("pk_practitioner_services")),
    )
    op.create_index(op.f("ix_practitioner_services_service"), "practitioner_services", ["service"])


def _create_patients() -> None:
    op.create_table(
        "patients",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
    )
    op.create_index(op.f("ix_patients_birth_date"), "patients", ["birth_date"])
    op.create_table(
        "patient_addresses",
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patients.id"], name=op.f("fk_patient_addresses_patient_id")
        ),
        sa.PrimaryKeyConstraint("patient_id", "address", name=op.f("pk_patient_addresses")),
    )
    op.create_index(op.f("ix_patient_addresses_address"), "patient_addresses", ["address"])
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(
        op.f("ix_consents_address_purpose_at"), "consents", ["address", "purpose", "at"]
    )
    op.create_table(
        "waitlist",
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["branch"], ["branches.code"], name=op.f("fk_waitlist_branch")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patients.id"], name=op.f("fk_waitlist_patient_id")
        ),
        sa.ForeignKeyConstraint(["service"], ["services.code"], name=op.f("fk_waitlist_service")),
        sa.PrimaryKeyConstraint("patient_id", "service", "branch", name=op.f("pk_waitlist")),
    )
    op.create_index(op.f("ix_waitlist_service_branch_at"), "waitlist", ["service", "branch", "at"])


def _create_prices() -> None:
    op.create_table(
        "plans",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_plans")),
    )
    op.create_table(
        "prices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("tax_rate", sa.Integer(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch"], ["branches.code"], name=op.f("fk_prices_branch")),
        sa.ForeignKeyConstraint(["plan"], ["plans.code"], name=op.f("fk_prices_plan")),
        sa.ForeignKeyConstraint(["service"], ["services.code"], name=op.f("fk_prices_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices")),
        sa.UniqueConstraint(
            "service",
            "branch",
            "plan",
            "valid_from",
            name=op.f("uq_prices_service_branch_plan_valid_from"),
        ),
    )
    op.create_table(
        "kept_quotes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("price_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tax", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["price_id"], ["prices.id"], name=op.f("fk_kept_quotes_price_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_quotes")),
    )
    op.create_index(op.f("ix_kept_quotes_conversation_id"), "kept_quotes", ["conversation_id"])


def _create_schedule() -> None:
    op.create_table(
        "slots",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("practitioner", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("start", Instant(), nullable=False),
        sa.Column("end", Instant(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch"], ["branches.code"], name=op.f("fk_slots_branch")),
        sa.ForeignKeyConstraint(
            ["practitioner"], ["practitioners.code"], name=op.f("fk_slots_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
        sa.UniqueConstraint("practitioner", "start", name=op.f("uq_slots_practitioner_start")),
    )
    op.create_index(op.f("ix_slots_branch_start"), "slots", ["branch", "start"])
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("slot_id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patients.id"], name=op.f("fk_appointments_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["service"], ["services.code"], name=op.f("fk_appointments_service")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_appointments_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(op.f("ix_appointments_patient_id"), "appointments", ["patient_id"])
    op.create_index(op.f("ix_appointments_slot_id"), "appointments", ["slot_id"])
    op.create_index(
        "uq_appointments_live_slot",
        "appointments",
        ["slot_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'cancelled'"),
        postgresql_where=sa.text("status <> 'cancelled'"),
    )


def _create_audit() -> None:
    op.create_table(
        "appointment_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("slot_id", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_appointment_changes_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slots.id"], name=op.f("fk_appointment_changes_slot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_changes")),
        sa.UniqueConstraint("key", name=op.f("uq_appointment_changes_key")),
    )
    op.create_index(
        op.f("ix_appointment_changes_appointment_id"), "appointment_changes", ["appointment_id"]
    )
    op.create_index(op.f("ix_appointment_changes_at"), "appointment_changes", ["at"])


def downgrade() -> None:
    """Drops them all, with what they hold."""
    for table in (
        "appointment_changes",
        "appointments",
        "slots",
        "kept_quotes",
        "prices",
        "plans",
        "waitlist",
        "consents",
        "patient_addresses",
        "patients",
        "practitioner_services",
        "service_branches",
        "services",
        "practitioners",
        "branch_hours",
        "branches",
    ):
        op.drop_table(table)
