"""How conversations are kept: one row for every stretch of talk, message and handoff."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base, Instant, threads

_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_OPEN = text("state <> 'closed'")
_INBOUND = text("direction = 'in'")
_DUE = text("next_attempt_at IS NOT NULL")
_BEGUN = text("key IS NOT NULL")
_LOST = text("state IN ('failed', 'undelivered', 'withheld') AND seen_to_at IS NULL")
_UNSOLVED = text("closed_at IS NULL")
_NOBODY = text("patient_id IS NULL")
_LED = text("state IN ('waiting', 'person')")
_WAITED = text("waiting_since IS NOT NULL")


class ThreadRow(Base):
    """All that is said with a patient, or with an address while nobody is known there.

    Triggers keep all of it but done_number as conversations, messages and handoffs have it
    (`integrations.database.threads`), so that a list of threads never reads messages.
    address: null where there is a patient. state, taken_by: of its conversations that are open,
    the one that a person leads before one that waits for a person. last_number, last_at, channel,
    talk_id: of what was said last; 0 where nothing was. heard_number, heard_at: of what the patient
    said last. waiting_since: since when they wait for a word of the staff. done_number: up to which
    message the staff are done with it.
    """

    __tablename__ = "threads"
    __table_args__ = (
        Index("ux_threads_patient", "patient_id", unique=True),
        Index(
            "ux_threads_address",
            "address",
            unique=True,
            sqlite_where=_NOBODY,
            postgresql_where=_NOBODY,
        ),
        Index("ix_threads_last", "last_number", "id", "heard_number", "heard_at"),
        Index("ix_threads_led", "state", "last_number", sqlite_where=_LED, postgresql_where=_LED),
        Index(
            "ix_threads_waiting",
            "waiting_since",
            "id",
            sqlite_where=_WAITED,
            postgresql_where=_WAITED,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    patient_id: Mapped[str | None]
    address: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="closed")
    taken_by: Mapped[str | None]
    talk_id: Mapped[str] = mapped_column(String(32), default="")
    channel: Mapped[str] = mapped_column(default="")
    last_number: Mapped[int] = mapped_column(BigInteger, default=0)
    last_at: Mapped[datetime | None] = mapped_column(Instant)
    heard_number: Mapped[int] = mapped_column(BigInteger, default=0)
    heard_at: Mapped[datetime | None] = mapped_column(Instant)
    waiting_since: Mapped[datetime | None] = mapped_column(Instant)
    done_number: Mapped[int] = mapped_column(BigInteger, default=0)


class ThreadReadRow(Base):
    """Up to which message somebody of the staff has read a thread."""

    __tablename__ = "thread_reads"
    __table_args__ = (Index("ix_thread_reads_user", "user_name", "thread_id", "number"),)

    user_name: Mapped[str] = mapped_column(String(80), primary_key=True)
    thread_id: Mapped[str] = mapped_column(
        ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int] = mapped_column(BigInteger)


class ThreadNoteRow(Base):
    """What the staff tell each other of a thread; the patient never sees it.

    taken_back_at, taken_back_by: the words are gone then, that there were some stays.
    """

    __tablename__ = "thread_notes"
    __table_args__ = (Index(None, "thread_id", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Instant)
    author: Mapped[str] = mapped_column(String(80))
    text: Mapped[str]
    taken_back_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_back_by: Mapped[str | None] = mapped_column(String(80))


class ThreadTagRow(Base):
    """A word under which the staff find a thread again."""

    __tablename__ = "thread_tags"
    __table_args__ = (Index(None, "tag", "thread_id"),)

    thread_id: Mapped[str] = mapped_column(
        ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(String(40), primary_key=True)


class ConversationRow(Base):
    """A bounded stretch of talk. Of each key at most one is open: the database sees to it.

    thread_id: set by a trigger, by the patient or the address; null once it was erased.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        Index(
            "ux_conversations_open_key",
            "key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    number: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    key: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    address: Mapped[str] = mapped_column(index=True)
    reply_to: Mapped[str]
    recipient: Mapped[str]
    patient_id: Mapped[str | None] = mapped_column(index=True)
    identified: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    call_id: Mapped[str | None]
    flow: Mapped[str | None]
    turns: Mapped[int] = mapped_column(default=0)
    taken_by: Mapped[str | None]
    outage_told_at: Mapped[datetime | None] = mapped_column(Instant)
    opened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    last_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    thread_id: Mapped[str | None] = mapped_column(String(32), index=True)


class MessageRow(Base):
    """A message, inbound or outbound; `number` is the order in which we learned of them.

    reply_to and recipient are the patient's and the clinic's address as the provider writes them.
    meant: what an inbound message was resolved to, a payload of ours. model: the name of the
    engine's model that answered an inbound message. next_attempt_at: when a
    waiting inbound is due for the engine, or a queued outbound for its provider; null: neither.
    key: what an outbound of outreach is said for, so that it is said once. template: name,
    variables and choices of the approved words that say the same, null where there are none.
    unmasked: what is sent in place of an outbound's text (a code, a secret link), forgotten once it
    was sent.
    instead_of: the message that did not arrive and is said again by this one; tries: how often it
    was said before. elsewhere: by what else the patient may be reached, where this could not.
    seen_to_at and seen_to_by: who of the staff has struck out what did not arrive.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index(
            "ux_messages_inbound",
            "channel",
            "provider_id",
            unique=True,
            sqlite_where=_INBOUND,
            postgresql_where=_INBOUND,
        ),
        Index("ix_messages_due", "next_attempt_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_messages_conversation", "conversation_id", "number"),
        Index("ix_messages_address", "address", "number"),
        Index("ix_messages_provider_id", "provider_id"),
        Index("ux_messages_key", "key", unique=True),
        Index("ix_messages_begun", "at", sqlite_where=_BEGUN, postgresql_where=_BEGUN),
        Index("ix_messages_heard", "direction", "at"),
        Index("ix_messages_lost", "at", sqlite_where=_LOST, postgresql_where=_LOST),
    )

    number: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    channel: Mapped[str]
    direction: Mapped[str]
    address: Mapped[str]
    reply_to: Mapped[str]
    recipient: Mapped[str]
    call_id: Mapped[str | None]
    text: Mapped[str]
    language: Mapped[str | None]
    choices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    has_choices: Mapped[bool] = mapped_column(default=False)
    payload: Mapped[str | None]
    meant: Mapped[str | None]
    media: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    location: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    opt_out: Mapped[str | None]
    intent: Mapped[str | None]
    confidence: Mapped[float | None]
    ranking: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    model: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str]
    author: Mapped[str]
    provider_id: Mapped[str | None]
    error_code: Mapped[str | None]
    in_reply_to: Mapped[str | None] = mapped_column(String(32), index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(Instant)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    uncertain: Mapped[bool] = mapped_column(default=False)
    key: Mapped[str | None] = mapped_column(String(200))
    template: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    unmasked: Mapped[str | None]
    instead_of: Mapped[str | None] = mapped_column(String(32), index=True)
    tries: Mapped[int | None]
    elsewhere: Mapped[str | None] = mapped_column(String(8))
    seen_to_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_to_by: Mapped[str | None] = mapped_column(String(80))


class CallRow(Base):
    """A telephone call, by the provider's id. message_id: what it was placed to say, null for a
    call that came in. ended_at: null until the provider tells."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_address", "address", "at"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    address: Mapped[str]
    message_id: Mapped[str | None] = mapped_column(String(32), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class HandoffRow(Base):
    """What a person must see to. kind "handoff": the patient waits for a person; "alert": the
    staff should know. Of each kind and reason one is open in a conversation.

    answered_at: when a person of the staff first wrote to the patient after it was opened.
    """

    __tablename__ = "handoffs"
    __table_args__ = (
        Index(
            "ux_handoffs_open",
            "conversation_id",
            "kind",
            "reason",
            unique=True,
            sqlite_where=_UNSOLVED,
            postgresql_where=_UNSOLVED,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[str]
    reason: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    taken_by: Mapped[str | None]
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


@event.listens_for(Base.metadata, "after_create")
def _keep_threads(
    _metadata: MetaData, connection: Connection, tables: list[Table] | None = None, **_: Any
) -> None:
    """Tables that were made without the migrations have the same triggers."""
    if MessageRow.__table__ in (tables or ()):
        threads.create(connection)
