"""A trainer's desk over the clinic's real stores and a copy of the project's real files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings
from tests.console.conftest import (  # noqa: F401
    House,
    _no_engine_is_near,
    _quick_hashes,
    client,
    house,
    sign_in,
)
from tests.trainer.world import World, open_world
from trainer.desk import Desk

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder that trainers write to."""
    folder = tmp_path / "project"
    (folder / "data").mkdir(parents=True)
    for name in ("domain.yml", "data/nlu.yml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def clinic(house: House, project: Path) -> House:  # noqa: F811
    """The house whose trainers write to that folder."""
    house.settings = Settings(consulta_home=project.parent, training_data=project)
    return house


@pytest.fixture
def desk(clinic: House) -> Desk:
    return Desk(clinic.settings, clinic.database, clinic.patients, clinic.catalogue)


@pytest.fixture(scope="session")
def world(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One running instance for all tests that need the engine."""
    with open_world(trained_model, tmp_path_factory.mktemp("trainer")) as opened:
        yield opened
