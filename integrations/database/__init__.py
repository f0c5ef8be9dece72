"""The one database of an instance: SQLite in a file by default, PostgreSQL when grown up."""

from integrations.database.alone import be_alone
from integrations.database.base import Base, Instant
from integrations.database.engine import Database, open_database

__all__ = ["Base", "Database", "Instant", "be_alone", "open_database"]
