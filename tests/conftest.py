"""What every test may use: a clock that stands still, settings of its own, a free port."""

import os
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # scripts/ is no installed package
    sys.path.insert(0, str(ROOT))

from app.settings import Settings  # noqa: E402
from scripts.training import MODELS, fingerprint  # noqa: E402

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
"""A Tuesday, 09:00 in Mexico City and 12:00 in São Paulo."""


def _scope(nodeid: str) -> str:
    """The folder; one with too much for one engine goes to two by its files."""
    file = nodeid.partition("::")[0]
    folder = file.rpartition("/")[0]
    half = crc32(file.encode()) % 2 if folder in {"tests/conversations", "tests/e2e"} else 0
    return f"{folder}/{half}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """With `--dist loadscope` what shares an engine stays together: it takes half a minute."""
    if config.getoption("dist") != "loadscope":
        return None
    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = _scope
    return scheduler


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nearly every test of a page has an app of its own, and Jinja would begin anew in each."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": cache}


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's .env and no exported setting has a word in a test."""
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Always NOW."""
    return lambda: NOW


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Ports of the loopback that nobody has at the moment of asking, each another one."""
    given: set[int] = set()

    def ask() -> int:
        while True:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = int(probe.getsockname()[1])
            if port not in given:
                given.add(port)
                return port

    return ask


@pytest.fixture
def settings(tmp_path: Path, free_port: Callable[[], int]) -> Settings:
    """An instance of its own in tmp_path."""
    return Settings(
        consulta_home=tmp_path / "home",
        port=free_port(),
        engine_port=free_port(),
        actions_port=free_port(),
    )


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The model of the present files, which `make test` has trained."""
    named = os.environ.get("CONSULTA_TEST_MODEL", "")
    found = Path(named) if named else _present_model()
    if found is None or not found.is_file():
        reason = "no trained model of the present files: run `make train`"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def _present_model() -> Path | None:
    return MODELS / f"consulta-{fingerprint()}.tar.gz"


def pytest_unconfigure() -> None:
    """What databases were copied from goes with the process."""
    if "tests.databases" in sys.modules:
        sys.modules["tests.databases"].forget_originals()
