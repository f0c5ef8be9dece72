"""One instance for all journeys, and people of their own for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.database import open_database
from tests.e2e.instance import Instance, own_settings
from tests.e2e.people import People


@pytest.fixture(scope="session")
def instance(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Running, with the demo clinic in it."""
    running = Instance(own_settings(tmp_path_factory.mktemp("e2e") / "home"), trained_model)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def people(instance: Instance) -> Iterator[People]:
    """Who is registered at the instance's clinic."""
    database = open_database(instance.settings.database_url)
    yield People(database)
    database.close()
