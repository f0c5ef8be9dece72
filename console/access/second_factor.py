"""The second factor: six digits of an app (TOTP, RFC 6238), or a recovery code, each once."""

import hashlib
import secrets
from datetime import datetime
from typing import Final, cast

import pyotp
import segno
from cryptography.fernet import InvalidToken
from sqlalchemy import delete, update
from sqlalchemy.engine import CursorResult

from app.settings import Settings
from console.access.sealing import seal, unseal
from console.access.users import READABLE
from console.tables import RecoveryCodeRow, UserRow
from integrations.database import Database

RECOVERY_CODES: Final = 10
_STEP: Final = 30  # seconds that a code lasts: RFC 6238
_DRIFT: Final = (-1, 0, 1)  # steps by which a phone's clock may be off


class SecondFactors:
    """The second factors of the console's users."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    def is_on(self, name: str) -> bool:
        """Whether signing in asks for it."""
        with self._database.read() as session:
            row = session.get(UserRow, name)
            return row is not None and row.totp_since is not None

    def begin(self, name: str) -> None:
        """Makes a new secret, which counts once it is confirmed; one that is on stays."""
        sealed = seal(self._settings, pyotp.random_base32())
        off = update(UserRow).where(UserRow.name == name, UserRow.totp_since.is_(None))
        with self._database.begin() as session:
            session.execute(off.values(totp_secret=sealed))

    def secret(self, name: str) -> str | None:
        """The secret to type into the app while it is being set up; None where it is on."""
        with self._database.read() as session:
            row = session.get(UserRow, name)
            waiting = row is not None and row.totp_since is None and row.totp_secret
            return self._unsealed(waiting) if waiting else None

    def picture(self, name: str, issuer: str) -> bytes | None:
        """The same as a QR code (SVG) that the app reads."""
        secret = self.secret(name)
        if secret is None:
            return None
        uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)
        return segno.make(uri).svg_inline(scale=5, border=2, light="#fff").encode()

    def confirm(self, name: str, code: str, now: datetime) -> tuple[str, ...] | None:
        """Turns it on; returns the recovery codes, to be shown once. None for a wrong code."""
        secret = self.secret(name)
        step = _step(secret, code, now) if secret else None
        if step is None:
            return None
        codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
        with self._database.begin() as session:
            row = session.get_one(UserRow, name)
            row.totp_since, row.totp_step = now, step
            session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_name == name))
            session.add_all(
                RecoveryCodeRow(user_name=name, code_hash=_hash(each)) for each in codes
            )
        return codes

    def passes(self, name: str, code: str, now: datetime) -> bool:
        """Whether the code opens now. A code is used up by it, also where two try it at once."""
        code = "".join(code.split()).lower()
        with self._database.read() as session:
            row = session.get(UserRow, name)
            if row is None or row.totp_since is None or not row.totp_secret:
                return False
            secret = self._unsealed(row.totp_secret)
        step = _step(secret, code, now) if secret else None
        if step is not None:
            return self._use_step(name, step)
        return self._use_recovery_code(name, code)

    def reset(self, name: str) -> None:
        """Off, for who has lost the phone: the password alone opens until it is set up anew."""
        with self._database.begin() as session:
            row = session.get(UserRow, name)
            if row is not None:
                row.totp_secret, row.totp_since, row.totp_step = None, None, 0
            session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_name == name))

    def _use_step(self, name: str, step: int) -> bool:
        newer = update(UserRow).where(UserRow.name == name, UserRow.totp_step < step)
        with self._database.begin() as session:
            used = session.execute(newer.values(totp_step=step))
            return cast("CursorResult[object]", used).rowcount == 1

    def _use_recovery_code(self, name: str, code: str) -> bool:
        kept = delete(RecoveryCodeRow).where(
            RecoveryCodeRow.user_name == name, RecoveryCodeRow.code_hash == _hash(code)
        )
        with self._database.begin() as session:
            return cast("CursorResult[object]", session.execute(kept)).rowcount == 1

    def _unsealed(self, sealed: str) -> str | None:
        try:
            return unseal(self._settings, sealed)
        except InvalidToken:  # SECRET_KEY has changed: only a recovery code or an admin helps
            return None


def _step(secret: str | None, code: str, now: datetime) -> int | None:
    """The time step whose code this is, near `now`; None for none."""
    if secret is None:
        return None
    present = int(now.timestamp()) // _STEP
    totp = pyotp.TOTP(secret)
    return next(
        (
            present + drift
            for drift in _DRIFT
            if secrets.compare_digest(
                totp.at((present + drift) * _STEP).encode(), code.strip().encode()
            )
        ),
        None,
    )


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))


def _hash(code: str) -> str:
    """Of a code with 59 random bits: no slow hash is needed against guessing."""
    return hashlib.sha256(code.encode()).hexdigest()
