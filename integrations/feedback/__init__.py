"""What patients said of their visits, behind `clinic.ports`."""

from clinic.ports import Feedbacks
from integrations.database import Database
from integrations.feedback.store import DatabaseFeedbacks


def open_feedbacks(database: Database) -> Feedbacks:
    """The answers kept in the database."""
    return DatabaseFeedbacks(database)
