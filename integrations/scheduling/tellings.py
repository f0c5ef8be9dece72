"""Which changes of visits the patient is to be told of.

The wish is kept before the change is made and counts only once the change is committed, so that a
crash between the two neither loses the word nor tells what did not happen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update

from clinic.appointments import Change
from integrations.database import Database
from integrations.tables import AppointmentChangeRow, TellingRow

_NEWS_FOR: Final = timedelta(days=1)
"""What was not told for so long is no news any more."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A change to be told: its key, the event's name, and the visit as it left it."""

    key: str
    event: str
    appointment_id: str
    version: int


class Tellings:
    """The wishes of the staff that a patient be told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wish(self, change: Change) -> None:
        """The patient is to be told of the change as soon as it is made."""
        with self._database.begin() as session:
            session.merge(TellingRow(key=change.key, at=change.at, settled=False))

    def due(self, now: datetime) -> Sequence[Telling]:
        """Changes that were made and are not told yet, the oldest first."""
        query = (
            select(AppointmentChangeRow)
            .join(TellingRow, TellingRow.key == AppointmentChangeRow.key)
            .where(TellingRow.settled.is_(False), AppointmentChangeRow.at > now - _NEWS_FOR)
            .order_by(AppointmentChangeRow.id)
        )
        with self._database.read() as session:
            return [
                Telling(row.key, row.event, row.appointment_id, row.version)
                for row in session.scalars(query)
            ]

    def settle(self, key: str) -> None:
        """Nothing more is to be said of it."""
        with self._database.begin() as session:
            session.execute(update(TellingRow).where(TellingRow.key == key).values(settled=True))
