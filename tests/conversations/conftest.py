"""Collects the stories of test_*.yml and gives them a stage: engine, actions, store, all real."""

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.secrets import engine_token
from app.services import Services, open_services
from app.settings import Settings
from integrations.database import open_database
from integrations.demo import seed_demo
from integrations.engine import HttpEngine
from scripts.training import ensure_model
from tests.conversations.play import play
from tests.conversations.processes import Bot
from tests.conversations.stage import PAST, Stage
from tests.conversations.story import Story, read_stories, variations
from tests.integrations.conftest import postgresql_schema


class StoryFile(pytest.Module):
    """A test_*.yml as a module with a test for each story, in its languages and channels."""

    def _getobj(self) -> ModuleType:
        module = ModuleType(self.path.stem)
        for written in read_stories(self.path):
            name = f"test_{written['story']}"
            assert not hasattr(module, name), f"{name} is there twice"
            setattr(module, name, _test(written))
        return module


def _test(written: Mapping[str, Any]) -> Callable[..., None]:
    fixture = "stage_on_postgresql" if written.get("postgres") else "stage"

    @pytest.mark.engine
    @pytest.mark.parametrize(("language", "channel"), variations(written))
    def test(language: Any, channel: str, request: pytest.FixtureRequest) -> None:
        play(request.getfixturevalue(fixture), Story(written["story"], language, channel, written))

    made: Callable[..., None] = test
    return made


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".yml" and file_path.name.startswith("test_"):
        return StoryFile.from_parent(parent, path=file_path)
    return None


@pytest.fixture(scope="session")
def dialogue_model() -> Path:
    """The model of the present files, trained if there is none yet."""
    named = os.environ.get("CONSULTA_TEST_MODEL", "")
    return Path(named).absolute() if named else ensure_model()


@pytest.fixture(scope="session")
def stage(dialogue_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """An instance on SQLite, as by default."""
    home = tmp_path_factory.mktemp("conversations")
    yield from _stage(dialogue_model, home, f"sqlite:///{home}/consulta.db")


@pytest.fixture(scope="session")
def stage_on_postgresql(
    dialogue_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """An instance on PostgreSQL, grown up."""
    home = tmp_path_factory.mktemp("conversations-postgresql")
    with postgresql_schema() as url:
        yield from _stage(dialogue_model, home, url)


def _stage(model: Path, home: Path, database_url: str) -> Iterator[Stage]:
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
    names = [name.upper() for name in Settings.model_fields]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Settings.model_config, "env_file", None)
        for name in names:
            patch.delenv(name, raising=False)
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
