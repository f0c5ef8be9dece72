"""Reports of studies and how patients open them."""

from integrations.database import Database
from integrations.results.links import ResultLinks
from integrations.results.store import DatabaseResults

__all__ = ["DatabaseResults", "ResultLinks", "open_results"]


def open_results(database: Database) -> DatabaseResults:
    """The reports in the clinic's own store."""
    return DatabaseResults(database)
