"""The console's tables: who may sign in, who tried, and who is signed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base, Instant


class UserRow(Base):
    """A member of the staff. name is folded (`console.access.users.fold`); disabled keeps them out.

    totp_secret: sealed (`console.access.sealing`). totp_since: when the second factor was
    confirmed; null: it is not asked for. totp_step: the last step whose code was used.
    """

    __tablename__ = "console_users"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20))
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    totp_secret: Mapped[str | None] = mapped_column(String(300))
    totp_since: Mapped[datetime | None] = mapped_column(Instant)
    totp_step: Mapped[int] = mapped_column(default=0)


class UserBranchRow(Base):
    """A branch whose patients a member of the staff sees; without any: those of all."""

    __tablename__ = "console_user_branches"

    user_name: Mapped[str] = mapped_column(
        ForeignKey("console_users.name", ondelete="CASCADE"), primary_key=True
    )
    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"), primary_key=True)


class RecoveryCodeRow(Base):
    """Opens once in place of the second factor; only its SHA-256 is kept."""

    __tablename__ = "console_recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_name: Mapped[str] = mapped_column(
        ForeignKey("console_users.name", ondelete="CASCADE"), index=True
    )


class AuditRow(Base):
    """What somebody looked at or changed. Triggers of the database refuse to alter or delete it."""

    __tablename__ = "console_audit"
    __table_args__ = (Index(None, "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    user_name: Mapped[str] = mapped_column(String(80), index=True)
    role: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(80))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class SessionRow(Base):
    """Somebody signed in. Only the token's SHA-256 is kept: a leaked table opens no session."""

    __tablename__ = "console_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_name: Mapped[str] = mapped_column(
        ForeignKey("console_users.name", ondelete="CASCADE"), index=True
    )
    opened_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class AttemptRow(Base):
    """A try to sign in, under the hash of the name or of the network address it came from."""

    __tablename__ = "console_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class CannedRow(Base):
    """Words kept ready for the staff. texts: the words by language, with their placeholders."""

    __tablename__ = "canned_replies"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
