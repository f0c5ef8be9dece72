"""Instances begin, live side by side and end without a trace."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.phone import Phone
from tests.e2e.instance import Instance, own_settings, wait_until
from tests.e2e.said import SAID

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's"),
]

ANA = "+525500000001"


@pytest.fixture
def neighbour(trained_model: Path, tmp_path: Path) -> Iterator[Instance]:
    other = Instance(own_settings(tmp_path / "home"), trained_model)
    yield other
    other.stop()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def test_two_instances_live_side_by_side_and_one_ends_and_comes_back(
    instance: Instance, neighbour: Instance
) -> None:
    neighbour.start()
    with Phone(neighbour.url, ANA) as phone:
        phone.text(SAID["es"].confirm)
        phone.wait_for_reply(containing=SAID["es"].hear_confirmed)
    (visit,) = neighbour.appointments(ANA)
    assert visit["status"] == "confirmed"
    assert instance.messages(ANA) == []
    assert instance.appointments(ANA)[0]["status"] == "booked"

    assert neighbour.pids()
    assert neighbour.interrupt() == 0
    wait_until(lambda: not neighbour.pids(), 15, "a process outlived Ctrl-C")
    settings = neighbour.settings
    for port in (settings.port, settings.engine_port, settings.actions_port):
        assert is_free(port)
    assert instance.is_ready()

    neighbour.start()
    assert neighbour.appointments(ANA) == [visit]
    with Phone(neighbour.url, ANA) as phone:
        phone.text("¿qué cita tengo?")
        phone.wait_for_reply()
