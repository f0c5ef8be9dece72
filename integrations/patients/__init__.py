"""The clinic's own patients, behind `clinic.ports`."""

from clinic.ports import Patients
from integrations.database import Database
from integrations.patients.registry import DatabasePatients


def open_patients(database: Database) -> Patients:
    """The patients kept in the database."""
    return DatabasePatients(database)
