"""Freed slots, who waits for them and what was offered, behind `clinic.ports`."""

from clinic.ports import Waitlist
from integrations.database import Database
from integrations.waitlist.store import DatabaseWaitlist


def open_waitlist(database: Database) -> Waitlist:
    """The waitlist kept in the database."""
    return DatabaseWaitlist(database)
