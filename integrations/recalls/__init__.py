"""Who is told that a visit is due again, behind `clinic.ports`."""

from clinic.ports import Recalls
from integrations.database import Database
from integrations.recalls.store import DatabaseRecalls


def open_recalls(database: Database) -> Recalls:
    """The recalls kept in the database."""
    return DatabaseRecalls(database)
