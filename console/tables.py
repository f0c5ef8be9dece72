"""The console's tables: who may sign in, who tried, and who is signed in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base, Instant


class UserRow(Base):
    """A member of the staff. name is folded (`console.users.fold`); disabled keeps them out."""

    __tablename__ = "console_users"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20))
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)


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
