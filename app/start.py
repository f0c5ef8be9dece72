"""What a start makes ready before anything serves: the tables, the demo clinic, its first user."""

import os
from dataclasses import dataclass
from pathlib import Path

from app.rooms import USERS, offer
from app.settings import Settings
from clinic.clock import system_clock
from integrations.database import Database, open_database
from integrations.demo import seed_demo
from integrations.demo.places import branch_rows
from integrations.scheduling import open_catalogue
from integrations.tables import BranchRow

DEMO_PASSWORD = "demo_password"  # noqa: S105 (the name of a file)


@dataclass(frozen=True)
class Prepared:
    """demo: whether this is the demo clinic. password: of its new user, to be shown once."""

    demo: bool
    password: str | None


def prepare_database(settings: Settings) -> Prepared:
    """Migrates; fills the demo clinic up where no other clinic's data is."""
    settings.consulta_home.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    try:
        database.migrate()
        if not is_demo_or_empty(database):
            return Prepared(demo=False, password=None)
        seed_demo(database, system_clock())
        password = offer(USERS, "demo")(database)
    finally:
        database.close()
    if password is not None:
        _keep(settings, password)
    return Prepared(demo=True, password=password)


def is_demo_or_empty(database: Database) -> bool:
    """Whether nobody's real clinic is in the store."""
    ours = {row.code for row in branch_rows() if isinstance(row, BranchRow)}
    return {branch.code for branch in open_catalogue(database).branches()} <= ours


def password_file(settings: Settings) -> Path:
    """Where the demo user's password is kept, for who did not note it."""
    return settings.consulta_home / "secrets" / DEMO_PASSWORD


def _keep(settings: Settings, password: str) -> None:
    path = password_file(settings)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{password}\n")
