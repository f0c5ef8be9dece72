"""Threads as rows of their own, what the staff write of them, and the words that were said."""

import sqlalchemy as sa
from alembic import op

from clinic.patients import name_words
from integrations.database import threads
from integrations.database.base import Instant

revision = "0026_threads"
down_revision = "0025_responses"


def upgrade() -> None:
    """Creates the tables, fills them from what was said, and has triggers keep them true."""
    _create_threads()
    _create_what_the_staff_write()
    op.add_column("conversations", sa.Column("thread_id", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_conversations_thread_id"), "conversations", ["thread_id"])
    threads.create(op.get_bind())
    threads.fill(op.get_bind())
    _fold_names()


def _create_threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("last_at", Instant(), nullable=True),
        sa.Column("heard_number", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", Instant(), nullable=True),
        sa.Column("waiting_since", Instant(), nullable=True),
        sa.Column("done_number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
    )
    op.create_index("ux_threads_patient", "threads", ["patient_id"], unique=True)
    listed = ["last_number", "id", "heard_number", "heard_at"]
    op.create_index("ix_threads_last", "threads", listed)
    for name, columns, where, unique in (
        ("ux_threads_address", ["address"], "patient_id IS NULL", True),
        ("ix_threads_led", ["state", "last_number"], "state IN ('waiting', 'person')", False),
        ("ix_threads_waiting", ["waiting_since", "id"], "waiting_since IS NOT NULL", False),
    ):
        some = sa.text(where)
        op.create_index(
            name, "threads", columns, unique=unique, sqlite_where=some, postgresql_where=some
        )


def _create_what_the_staff_write() -> None:
    op.create_table(
        "thread_reads",
        sa.Column("user_name", sa.String(length=80), nullable=False),
        _thread("thread_reads"),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_name", "thread_id", name=op.f("pk_thread_reads")),
    )
    op.create_index(op.f("ix_thread_reads_thread_id"), "thread_reads", ["thread_id"])
    op.create_index("ix_thread_reads_user", "thread_reads", ["user_name", "thread_id", "number"])
    op.create_table(
        "thread_notes",
        sa.Column("id", sa.String(length=32), nullable=False),
        _thread("thread_notes"),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("taken_back_at", Instant(), nullable=True),
        sa.Column("taken_back_by", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_notes")),
    )
    op.create_index(op.f("ix_thread_notes_thread_id_at"), "thread_notes", ["thread_id", "at"])
    op.create_table(
        "thread_tags",
        _thread("thread_tags"),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", "tag", name=op.f("pk_thread_tags")),
    )
    op.create_index(op.f("ix_thread_tags_tag_thread_id"), "thread_tags", ["tag", "thread_id"])


def _thread(table: str) -> sa.Column[str]:
    return sa.Column(
        "thread_id",
        sa.String(length=32),
        sa.ForeignKey("threads.id", name=op.f(f"fk_{table}_thread_id"), ondelete="CASCADE"),
        nullable=False,
    )


def _fold_names() -> None:
    """Patients are found by the words of their names without reading all of them."""
    op.add_column(
        "patients", sa.Column("folded", sa.String(), nullable=False, server_default=sa.text("''"))
    )
    patients = sa.table("patients", sa.column("id"), sa.column("name"), sa.column("folded"))
    connection = op.get_bind()
    folded = [
        {"of": identifier, "words": " ".join(name_words(name))}
        for identifier, name in connection.execute(sa.select(patients.c.id, patients.c.name))
    ]
    if folded:
        keep = sa.update(patients).where(patients.c.id == sa.bindparam("of"))
        connection.execute(keep.values(folded=sa.bindparam("words")), folded)
