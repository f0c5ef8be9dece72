"""Who may sign in to the console, and the proof of it."""

import secrets
import unicodedata
from enum import StrEnum
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from clinic.clock import Clock, system_clock
from console.inbox.canned import add_demo
from console.tables import UserRow
from integrations.database import Database

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 256
LONGEST_NAME = 80
DEMO_USER = "demo"

_HASHER = PasswordHasher()
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


class Role(StrEnum):
    """What a member of the staff is there for."""

    RECEPTION = "reception"
    MANAGER = "manager"
    TRAINER = "trainer"
    ADMIN = "admin"
    AUDITOR = "auditor"


class UserError(ValueError):
    """The user cannot be added; the text says why."""


class UserExists(UserError):
    """The name is taken."""


def fold(name: str) -> str:
    """The name as it is compared: case, width and surrounding blanks aside."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _is_name(folded: str) -> bool:
    return 1 <= len(folded) <= LONGEST_NAME and folded.isprintable()


def check_password(password: str) -> None:
    """Raises UserError for one that is too short or too long."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UserError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")


def hash_password(password: str) -> str:
    """As it is kept. Raises UserError."""
    check_password(password)
    return str(_HASHER.hash(password))


def add_user(
    database: Database, name: str, password: str, role: str, *, clock: Clock = system_clock
) -> None:
    """Lets somebody sign in. Raises UserError for a bad name, password or role, or a taken name."""
    folded = fold(name)
    if not _is_name(folded):
        raise UserError(f"a name has 1 to {LONGEST_NAME} printable characters")
    check_password(password)
    if role not in set(Role):
        raise UserError(f"a role is one of {', '.join(Role)}")
    row = UserRow(name=folded, password_hash=hash_password(password), role=role, created_at=clock())
    try:
        with database.begin() as session:
            session.add(row)
    except IntegrityError as error:
        raise UserExists(f"there is a user {folded} already") from error


def is_known(database: Database, name: str) -> bool:
    """Whether there is a user of that name, disabled ones too."""
    folded = fold(name)
    with database.read() as session:
        return _is_name(folded) and session.get(UserRow, folded) is not None


def password_is_right(database: Database, name: str, password: str) -> bool:
    """Whether that person may sign in with that password.

    Takes as long for an unknown name as for a known one, so that names cannot be guessed.
    """
    folded = fold(name)
    with database.read() as session:
        row = session.get(UserRow, folded) if _is_name(folded) else None
        known = row is not None and not row.disabled
        password_hash = row.password_hash if row is not None else _nobody()
    try:
        _HASHER.verify(password_hash, password[: LONGEST_PASSWORD + 1])
    except VerifyMismatchError:
        return False
    if known and _HASHER.check_needs_rehash(password_hash):
        _rehash(database, name, password)
    return known


def ensure_demo_user(database: Database) -> str | None:
    """Adds the user ``demo`` to a console that nobody can enter yet, and a few canned replies.

    Returns the new password, to be shown once, or None when there is any user already.
    """
    with database.read() as session:
        if session.scalar(select(func.count()).select_from(UserRow)):
            return None
    password = make_password()
    try:
        add_user(database, DEMO_USER, password, Role.ADMIN)
    except UserExists:
        return None
    add_demo(database)
    return password


def make_password() -> str:
    """A new password that one can read out."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _HASHER.hash(secrets.token_hex())


def _rehash(database: Database, name: str, password: str) -> None:
    with database.begin() as session:
        if row := session.get(UserRow, fold(name)):
            row.password_hash = _HASHER.hash(password)
