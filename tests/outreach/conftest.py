"""A small clinic without the engine, in both kinds of database, on a clock that tests move."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import KINDS
from tests.outreach.world import World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """On SQLite, as by default."""
    with open_world(tmp_path) as world:
        yield world


@pytest.fixture(params=KINDS)
def any_world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The same test on both."""
    with open_world(tmp_path, request.param) as world:
        yield world
