"""Opens a stage: an instance of its own with a model's engine and the actions. Needs no pytest."""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from app.secrets import engine_token
from app.services import Services, open_services
from app.settings import Settings
from integrations.database import open_database
from integrations.demo import seed_demo
from integrations.engine import HttpEngine
from tests.conversations.processes import Bot
from tests.conversations.stage import PAST, Stage


@contextmanager
def open_stage(model: Path, home: Path, database_url: str) -> Iterator[Stage]:
    """Open until the end of the block; then all that it began has ended."""
    settings = _settings(home, database_url)
    stage = Stage.__new__(Stage)
    services = open_services(settings, stage.now)
    bot = Bot(settings, engine_token(settings), model)
    Stage.__init__(stage, services, bot)
    with ExitStack() as stack:
        stack.callback(_close, services)
        database = open_database(settings.database_url)
        stack.callback(database.close)
        database.migrate()
        for ago in (PAST, PAST * 0):
            seed_demo(database, stage.now() - ago)
        stack.callback(bot.stop)
        bot.start()
        yield stage


def _close(services: Services) -> None:
    services.close()
    engine = services.turns._parts.engine
    if isinstance(engine, HttpEngine):
        engine.close()


def _settings(home: Path, database_url: str) -> Settings:
    """Neither an .env nor an exported setting has a word here."""
    outside = {name.upper() for name in Settings.model_fields}
    with (
        patch.dict(Settings.model_config, {"env_file": None}),
        patch.dict(os.environ),
    ):
        for name in outside & {name.upper() for name in os.environ}:
            os.environ.pop(name, None)
        web, engine, actions = _free_ports(3)
        return Settings(
            consulta_home=home,
            database_url=database_url,
            port=web,
            engine_port=engine,
            actions_port=actions,
            recalls_a_day=1000,  # those of other stories are due as well
        )


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports
