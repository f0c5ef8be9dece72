"""Telling PostgreSQL how to look, where it guesses wrong; SQLite is left alone."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def is_postgresql(session: Session) -> bool:
    """Whether the session is with PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def plan(session: Session, **settings: bool) -> None:
    """Settings of the planner, until the transaction ends."""
    if is_postgresql(session):
        for name, on in settings.items():
            session.execute(select(func.set_config(name, "on" if on else "off", True)))
