"""Who is signed in: rows that end a session at once, which a signed cookie alone could not."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from clinic.clock import Clock
from console.access.users import fold
from console.tables import SessionRow, UserBranchRow, UserRow
from integrations.database import Database

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=8)
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of the staff at work, as Flask-Login wants its users.

    branches: whose patients they see; empty: all. two_factors: whether signing in asked for both.
    """

    name: str
    role: str
    token: str
    branches: frozenset[str] = field(default_factory=frozenset)
    two_factors: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie keeps: the session's secret, new at every sign-in, never the name."""
        return self.token


class Sessions:
    """Opens, finds and ends sessions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def open(self, name: str) -> SignedIn | None:
        """A new session for that user; None when they may not sign in any more."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._database.begin() as session:
            session.execute(delete(SessionRow).where(_over(now)))
            user = session.get(UserRow, fold(name))
            if user is None or user.disabled:
                return None
            session.add(
                SessionRow(token_hash=_hash(token), user_name=user.name, opened_at=now, seen_at=now)
            )
            return _signed_in(session, user, token)

    def find(self, token: str) -> SignedIn | None:
        """Who holds the token, unless the session is over or the user disabled."""
        now = self._clock()
        with self._database.read() as session:
            row = session.get(SessionRow, _hash(token))
            if row is None or now - row.seen_at > IDLE or now - row.opened_at > ABSOLUTE:
                return None
            user = session.get(UserRow, row.user_name)
            if user is None or user.disabled:
                return None
            known = _signed_in(session, user, token)
            stale = now - row.seen_at > _SEEN_EVERY
        if stale:
            self._touch(token, now)
        return known

    def _touch(self, token: str, now: datetime) -> None:
        mine = SessionRow.token_hash == _hash(token)
        with self._database.begin() as session:
            session.execute(update(SessionRow).where(mine).values(seen_at=now))

    def close(self, token: str) -> None:
        """Ends the session for every holder of its cookie."""
        with self._database.begin() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))

    def close_all(self, name: str, but: str = "") -> None:
        """Ends every session of that user, but for the one with the token `but`."""
        theirs = delete(SessionRow).where(
            SessionRow.user_name == fold(name), SessionRow.token_hash != _hash(but)
        )
        with self._database.begin() as session:
            session.execute(theirs)


def _signed_in(session: Session, user: UserRow, token: str) -> SignedIn:
    theirs = select(UserBranchRow.branch).where(UserBranchRow.user_name == user.name)
    branches = frozenset(session.scalars(theirs))
    return SignedIn(user.name, user.role, token, branches, user.totp_since is not None)


def _over(now: datetime) -> ColumnElement[bool]:
    return or_(SessionRow.seen_at < now - IDLE, SessionRow.opened_at < now - ABSOLUTE)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
