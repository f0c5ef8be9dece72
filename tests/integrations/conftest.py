"""Databases of their own for every test, in both kinds, and the small clinic of the contracts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from integrations.database import Database, open_database
from tests import databases, postgresql
from tests.integrations.small_clinic import SmallClinic, open_small_clinic


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """An empty database of this test alone."""
    with postgresql.empty() as url:
        yield url


@pytest.fixture(params=databases.KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which kind of database the test runs on."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where this test's own database will be; without tables."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'consulta.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def database(kind: str, tmp_path: Path) -> Iterator[Database]:
    """A migrated database of this test alone, in both kinds."""
    with databases.fresh(kind, tmp_path) as url:
        database = open_database(url)
        yield database
        database.close()


@pytest.fixture
def own_aurora(kind: str, tmp_path: Path) -> Iterator[Database]:
    """Clínica Aurora as seeded at NOW, of this test alone, in both kinds."""
    with databases.fresh(kind, tmp_path, databases.aurora) as url:
        database = open_database(url)
        yield database
        database.close()


@pytest.fixture(scope="module", params=databases.KINDS)
def aurora(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Clínica Aurora as seeded at NOW, in both kinds: for tests that change nothing."""
    folder = tmp_path_factory.mktemp("aurora")
    with databases.fresh(request.param, folder, databases.aurora) as url:
        database = open_database(url)
        yield database
        database.close()


# Every adapter of the clinic's ports: a fixture that makes what it needs, and what opens the
# small clinic on it. A new system is one more line here and passes every test_*_contract.py.
ADAPTERS: dict[str, tuple[str, Callable[..., SmallClinic]]] = {
    "database": ("database", open_small_clinic),
}


@pytest.fixture(params=ADAPTERS)
def clinic(request: pytest.FixtureRequest, kind: str) -> SmallClinic:
    """The small clinic, behind each adapter."""
    needs, opens = ADAPTERS[request.param]
    return opens(request.getfixturevalue(needs))
