"""Reports of studies, and the links and codes by which patients open them."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0016_results"
down_revision = "0015_console_safety"


def upgrade() -> None:
    """Creates the tables of results, and room for what is sent in place of what is kept."""
    _create_reports()
    op.create_table(
        "report_files",
        sa.Column("report_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", "version", name=op.f("pk_report_files")),
        _reference("report_files", "report_id", "reports.id"),
    )
    _create_links()
    op.create_table(
        "report_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_openings")),
        _reference("report_openings", "report_id", "reports.id"),
        _reference("report_openings", "link_id", "result_links.id"),
    )
    op.create_index(op.f("ix_report_openings_report_id"), "report_openings", ["report_id"])
    op.add_column("messages", sa.Column("unmasked", sa.String(), nullable=True))


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("told_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        _reference("reports", "patient_id", "patients.id"),
    )
    op.create_index(op.f("ix_reports_patient_id"), "reports", ["patient_id"])


def _create_links() -> None:
    op.create_table(
        "result_links",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_at", Instant(), nullable=True),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_result_links_token_hash")),
        _reference("result_links", "patient_id", "patients.id"),
    )
    op.create_index(op.f("ix_result_links_patient_id"), "result_links", ["patient_id"])


def _reference(table: str, column: str, there: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [there], name=op.f(f"fk_{table}_{column}"))
