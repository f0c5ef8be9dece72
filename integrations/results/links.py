"""Links to a patient's reports, and the one-time code that opens each."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.results import (
    CODE_EVERY,
    CODE_LASTS,
    CODE_TRIES,
    CODES_PER_LINK,
    CodeAnswer,
    ResultLink,
)
from integrations.database import Database
from integrations.results.tables import ResultLinkRow


class ResultLinks:
    """Makes and checks them. Whoever reads the database can open nothing: it holds HMACs alone."""

    def __init__(self, database: Database, key: str) -> None:
        """key: what the HMACs are made with."""
        self._database = database
        self._key = key.encode()

    def make(self, patient_id: str, phone: str, at: datetime, lasts: timedelta) -> str:
        """A new link's token, 256 bits, to be put into an address; codes go to that phone."""
        token = secrets.token_urlsafe(32)
        row = ResultLinkRow(
            id=uuid4().hex,
            token_hash=self._hash("token", token),
            patient_id=patient_id,
            phone=phone,
            at=at,
            expires_at=at + lasts,
        )
        with self._database.begin() as session:
            session.add(row)
        return token

    def find(self, token: str, now: datetime) -> ResultLink | None:
        """The link of that token; None where there is none or it has expired."""
        query = select(ResultLinkRow).filter_by(token_hash=self._hash("token", token))
        with self._database.read() as session:
            row = session.scalars(query).first()
            if row is None or row.expires_at <= now:
                return None
            return ResultLink(row.id, row.patient_id, row.phone, row.expires_at)

    def new_code(self, link_id: str, now: datetime) -> str | CodeAnswer:
        """Six digits in place of those before; TOO_SOON or TOO_MANY where none is given."""
        code = f"{secrets.randbelow(10**6):06}"
        with self._database.begin() as session:
            row = _locked(session, link_id)
            if row.code_at is not None and now - row.code_at < CODE_EVERY:
                return CodeAnswer.TOO_SOON
            if row.codes >= CODES_PER_LINK:
                return CodeAnswer.TOO_MANY
            row.code_hash, row.code_at = self._hash(link_id, code), now
            row.codes, row.tries = row.codes + 1, 0
        return code

    def try_code(self, link_id: str, code: str, now: datetime) -> CodeAnswer:
        """Every try counts, the right one uses the code up."""
        with self._database.begin() as session:
            row = _locked(session, link_id)
            if row.code_hash is None or row.code_at is None or now - row.code_at > CODE_LASTS:
                return CodeAnswer.OVER
            if row.tries >= CODE_TRIES:
                return CodeAnswer.OVER
            row.tries += 1
            if not hmac.compare_digest(row.code_hash, self._hash(link_id, code)):
                return CodeAnswer.OVER if row.tries >= CODE_TRIES else CodeAnswer.WRONG
            row.code_hash = None
            return CodeAnswer.RIGHT

    def _hash(self, purpose: str, value: str) -> str:
        return hmac.new(self._key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def _locked(session: Session, link_id: str) -> ResultLinkRow:
    return session.scalars(
        select(ResultLinkRow).where(ResultLinkRow.id == link_id).with_for_update()
    ).one()
