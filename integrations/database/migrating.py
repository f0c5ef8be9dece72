"""Runs the migrations from within the program, one process at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from integrations.database.alone import be_alone

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for an open connection; every room's migrations are in one line."""
    from alembic.config import Config  # noqa: PLC0415  # slow to import, and most commands never migrate

    config = Config()
    config.set_main_option("script_location", str(_HERE / "environment").replace("%", "%%"))
    config.set_main_option("version_locations", str(_HERE / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Upgrades to the newest migration, all of it or nothing.

    The lock comes before the look at the version, so that of two processes the second finds the
    work done.
    """
    from alembic import command  # noqa: PLC0415

    with engine.begin() as connection:
        be_alone(connection, "migrate")
        if connection.dialect.name == "sqlite":
            # A table that is rebuilt is dropped for a moment: look at its references at the end.
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        command.upgrade(configuration(connection), "head")
