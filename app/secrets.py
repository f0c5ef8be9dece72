"""Secrets that nobody set: made once, kept in CONSULTA_HOME, readable by their owner alone."""

import os
import secrets
from pathlib import Path

from app.settings import Settings

_FOLDER = "secrets"


def engine_token(settings: Settings) -> str:
    """What the engine asks for."""
    return settings.engine_token.get_secret_value() or _kept(settings, "engine_token")


def secret_key(settings: Settings) -> str:
    """What signs sessions and links."""
    return settings.secret_key.get_secret_value() or _kept(settings, "secret_key")


def twilio_auth_token(settings: Settings) -> str:
    """The Twilio account's token; the simulator signs with one of ours."""
    given = settings.twilio_auth_token.get_secret_value()
    return given or _kept(settings, "twilio_auth_token")


def _kept(settings: Settings, name: str) -> str:
    folder = settings.consulta_home / _FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if not path.exists():
        _create(path)
    return path.read_text(encoding="ascii").strip()


def _create(path: Path) -> None:
    """Writes it whole or not at all; of two that start at once, the first one's stays."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
