"""Collects the stories of test_*.yml and gives them a stage: engine, actions, store, all real."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scripts.training import ensure_model
from tests import postgresql
from tests.conversations.opening import open_stage
from tests.conversations.play import play
from tests.conversations.stage import Stage
from tests.conversations.story import Story, read_stories, variations


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
    with open_stage(dialogue_model, home, f"sqlite:///{home}/consulta.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def stage_on_postgresql(
    dialogue_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """An instance on PostgreSQL, grown up."""
    home = tmp_path_factory.mktemp("conversations-postgresql")
    with postgresql.empty() as url, open_stage(dialogue_model, home, url) as opened:
        yield opened
