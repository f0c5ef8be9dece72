"""The console's second factor, its users' branches, and an audit log that only grows."""

import sqlalchemy as sa
from alembic import op

from integrations.database.base import Instant

revision = "0015_console_safety"
down_revision = "0013_campaigns"


def upgrade() -> None:
    """Adds the columns of the second factor and the three tables."""
    with op.batch_alter_table("console_users") as table:
        table.add_column(sa.Column("totp_secret", sa.String(length=300), nullable=True))
        table.add_column(sa.Column("totp_since", Instant(), nullable=True))
        table.add_column(sa.Column("totp_step", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("console_users") as table:
        table.alter_column("totp_step", server_default=None)
    _create_branches()
    _create_recovery_codes()
    _create_audit()
    if op.get_bind().dialect.name == "postgresql":
        _guard_in_postgresql()
    else:
        _guard_in_sqlite()


def _create_branches() -> None:
    op.create_table(
        "console_user_branches",
        sa.Column("user_name", sa.String(length=80), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("user_name", "branch", name=op.f("pk_console_user_branches")),
        sa.ForeignKeyConstraint(
            ["user_name"],
            ["console_users.name"],
            name=op.f("fk_console_user_branches_user_name"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["branch"], ["branches.code"], name=op.f("fk_console_user_branches_branch")
        ),
    )


def _create_recovery_codes() -> None:
    op.create_table(
        "console_recovery_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("user_name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_console_recovery_codes")),
        sa.ForeignKeyConstraint(
            ["user_name"],
            ["console_users.name"],
            name=op.f("fk_console_recovery_codes_user_name"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        op.f("ix_console_recovery_codes_user_name"), "console_recovery_codes", ["user_name"]
    )


def _create_audit() -> None:
    op.create_table(
        "console_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("user_name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_audit")),
    )
    for columns in (["at"], ["user_name"], ["action"], ["subject", "subject_id"]):
        name = op.f(f"ix_console_audit_{'_'.join(columns)}")
        op.create_index(name, "console_audit", columns)


def _guard_in_sqlite() -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER console_audit_no_{event.lower()} BEFORE {event} ON console_audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
        )


def _guard_in_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION console_audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER console_audit_only_grows BEFORE UPDATE OR DELETE ON console_audit "
        "FOR EACH ROW EXECUTE FUNCTION console_audit_only_grows()"
    )
    op.execute(
        "CREATE TRIGGER console_audit_never_emptied BEFORE TRUNCATE ON console_audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION console_audit_only_grows()"
    )
