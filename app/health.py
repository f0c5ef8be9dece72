"""Whether everything that an answer needs is there."""

from concurrent.futures import ThreadPoolExecutor

import httpx
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.secrets import engine_token
from app.services import Services

TIMEOUT = 3.0
"""Seconds for each look."""


def readiness(services: Services) -> dict[str, bool]:
    """Database, engine with its model loaded, actions: each looked at now, side by side."""
    looks = {"database": _database, "engine": _engine, "actions": _actions}
    with ThreadPoolExecutor(len(looks)) as pool:
        found = {name: pool.submit(look, services) for name, look in looks.items()}
        return {name: future.result() for name, future in found.items()}


def _database(services: Services) -> bool:
    try:
        with services.database.read() as session:
            session.execute(text("SELECT 1 FROM alembic_version"))
    except SQLAlchemyError:
        return False
    return True


def _engine(services: Services) -> bool:
    token = engine_token(services.settings)
    return _answers(f"{services.settings.engine_url}/status", {"token": token})


def _actions(services: Services) -> bool:
    return _answers(f"{services.settings.actions_url}/health", {})


def _answers(url: str, query: dict[str, str]) -> bool:
    try:
        # Loopback or a private network: no proxy of the environment has a word in it.
        with httpx.Client(trust_env=False, timeout=TIMEOUT) as client:
            return client.get(url, params=query).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
