"""The console: who may sign in, who is signed in, and the tries."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0003_console"
down_revision = "0002_conversations"


def upgrade() -> None:
    """Creates the tables of the console."""
    op.create_table(
        "console_users",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_console_users")),
    )
    _create_sessions()
    _create_attempts()


def _create_sessions() -> None:
    op.create_table(
        "console_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_name", sa.String(length=80), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_name"],
            ["console_users.name"],
            name=op.f("fk_console_sessions_user_name"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_console_sessions")),
    )
    op.create_index(op.f("ix_console_sessions_user_name"), "console_sessions", ["user_name"])


def _create_attempts() -> None:
    op.create_table(
        "console_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_attempts")),
    )
    op.create_index(op.f("ix_console_attempts_key"), "console_attempts", ["key"])
    op.create_index(op.f("ix_console_attempts_at"), "console_attempts", ["at"])
