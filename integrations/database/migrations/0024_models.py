"""The models there are, which one answers and answered, and the trainings that made them."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0024_models"
down_revision = "0023_catalogue"


def upgrade() -> None:
    """Creates the tables, and room for the model's name beside what it understood."""
    op.add_column("messages", sa.Column("model", sa.String(length=40), nullable=True))
    op.create_table(
        "models",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=True),
        sa.Column("evaluation", sa.JSON(), nullable=True),
        sa.Column("dropped_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models")),
        sa.UniqueConstraint("number", name=op.f("uq_models_number")),
    )
    op.create_table(
        "model_known_files",
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_model_known_files")),
    )
    _create_publications()
    _create_runs()


def _create_publications() -> None:
    op.create_table(
        "model_publications",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("model_id", sa.String(length=16), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("lane", sa.String(length=8), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["model_id"], ["models.id"], name=op.f("fk_model_publications_model_id_models")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_model_publications")),
    )
    under_way = sa.text("settled_at IS NULL")
    op.create_index(
        "ux_model_publications_under_way",
        "model_publications",
        ["lane"],
        unique=True,
        sqlite_where=under_way,
        postgresql_where=under_way,
    )


def _create_runs() -> None:
    op.create_table(
        "training_runs",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("began_at", Instant(), nullable=True),
        sa.Column("beat_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("stop_by", sa.String(length=80), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("model_id", sa.String(length=16), nullable=True),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column("comparison", sa.JSON(), nullable=True),
        sa.Column("lane", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_training_runs")),
    )
    under_way = sa.text("ended_at IS NULL")
    op.create_index(
        "ux_training_runs_under_way",
        "training_runs",
        ["lane"],
        unique=True,
        sqlite_where=under_way,
        postgresql_where=under_way,
    )
