"""The console's users as an admin manages them, and what each may change of their own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from console.access.users import Role, UserError, fold, hash_password, password_is_right
from console.tables import UserBranchRow, UserRow
from integrations.database import Database


class LastAdmin(UserError):
    """Nobody could manage the users any more."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the staff; branches: whose patients they see, empty for all."""

    name: str
    role: Role
    disabled: bool
    two_factors: bool
    branches: frozenset[str]
    created_at: datetime


def members(database: Database) -> Sequence[Member]:
    """Everybody, by name."""
    with database.read() as session:
        branches: dict[str, set[str]] = {}
        for row in session.scalars(select(UserBranchRow)):
            branches.setdefault(row.user_name, set()).add(row.branch)
        return [
            Member(
                row.name,
                Role(row.role),
                row.disabled,
                row.totp_since is not None,
                frozenset(branches.get(row.name, ())),
                row.created_at,
            )
            for row in session.scalars(select(UserRow).order_by(UserRow.name))
        ]


def change_member(
    database: Database, name: str, *, role: Role, disabled: bool, branches: Collection[str]
) -> None:
    """Gives role and branches, lets in or keeps out. Raises UserError, LastAdmin among them."""
    with database.begin() as session:
        row = _found(session, name)
        stays_admin = role is Role.ADMIN and not disabled
        if not stays_admin and row.role == Role.ADMIN and not _other_admins(session, row.name):
            raise LastAdmin("somebody must remain who manages the users")
        row.role, row.disabled = role, disabled
        session.execute(delete(UserBranchRow).where(UserBranchRow.user_name == row.name))
        session.add_all(UserBranchRow(user_name=row.name, branch=each) for each in set(branches))


def give_password(database: Database, name: str, password: str) -> None:
    """Sets a new password. Raises UserError."""
    hashed = hash_password(password)
    with database.begin() as session:
        _found(session, name).password_hash = hashed


def change_own_password(database: Database, name: str, old: str, new: str) -> bool:
    """Changes it where the old one is right; False where it is not. Raises UserError."""
    if not password_is_right(database, name, old):
        return False
    give_password(database, name, new)
    return True


def _found(session: Session, name: str) -> UserRow:
    row = session.scalars(
        select(UserRow).where(UserRow.name == fold(name)).with_for_update()
    ).first()
    if row is None:
        raise UserError("there is no such user")
    return row


def _other_admins(session: Session, name: str) -> int:
    others = select(func.count()).where(
        UserRow.role == Role.ADMIN, UserRow.disabled.is_(False), UserRow.name != name
    )
    return session.scalar(others) or 0
