"""Slows down guessing of passwords, per name and per network address.

The tries are rows, so the limit holds over any number of gateways and through a restart.
"""

import hashlib
from datetime import timedelta

from sqlalchemy import delete, func, select

from clinic.clock import Clock
from console.access.users import fold
from console.tables import AttemptRow
from integrations.database import Database

WINDOW = timedelta(minutes=15)
TRIES_PER_NAME = 10
TRIES_PER_ADDRESS = 50


class Throttle:
    """Counts the tries of the last quarter of an hour."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def allow(self, name: str, address: str) -> bool:
        """Whether the password may be looked at; then the try counts, right or wrong."""
        now = self._clock()
        limits = {_name_key(name): TRIES_PER_NAME, _address_key(address): TRIES_PER_ADDRESS}
        with self._database.begin() as session:
            session.execute(delete(AttemptRow).where(AttemptRow.at <= now - WINDOW))
            tries = select(AttemptRow.key, func.count()).where(AttemptRow.key.in_(limits))
            counted = session.execute(tries.group_by(AttemptRow.key)).all()
            if any(count >= limits[key] for key, count in counted):
                return False
            session.add_all(AttemptRow(key=key, at=now) for key in limits)
        return True

    def forgive(self, name: str, address: str) -> None:
        """Forgets the tries under a name whose owner has just signed in, and this one's address.

        Earlier tries from the address stay: a whole clinic may sign in from one address, and
        nobody wipes out their guesses at others' passwords by signing in as themselves.
        """
        latest = select(func.max(AttemptRow.id)).where(AttemptRow.key == _address_key(address))
        with self._database.begin() as session:
            session.execute(delete(AttemptRow).where(AttemptRow.key == _name_key(name)))
            if (row := session.scalar(latest)) is not None:
                session.execute(delete(AttemptRow).where(AttemptRow.id == row))


def _name_key(name: str) -> str:
    return _hash("name", fold(name))


def _address_key(address: str) -> str:
    return _hash("address", address)


def _hash(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}\0{value}".encode()).hexdigest()
