"""The clinic's own schedule and catalogue, behind `clinic.ports`."""

from clinic.clock import Clock
from clinic.ports import Catalogue, Schedule
from integrations.database import Database
from integrations.scheduling.catalogue import DatabaseCatalogue
from integrations.scheduling.schedule import DatabaseSchedule


def open_schedule(database: Database, clock: Clock) -> Schedule:
    """The schedule kept in the database; what has begun is judged by the clock."""
    return DatabaseSchedule(database, clock)


def open_catalogue(database: Database) -> Catalogue:
    """The catalogue kept in the database."""
    return DatabaseCatalogue(database)
