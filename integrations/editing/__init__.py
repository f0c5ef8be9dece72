"""Changing the clinic's own catalogue and prices, behind `clinic.ports`."""

from clinic.ports import CatalogueEditor
from integrations.database import Database
from integrations.editing.editor import DatabaseCatalogueEditor


def open_editor(database: Database) -> CatalogueEditor:
    """The catalogue kept in the database."""
    return DatabaseCatalogueEditor(database)
