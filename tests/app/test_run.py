"""What `make run` starts, and what it says."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from app import run
from app.secrets import engine_token, secret_key
from app.settings import Settings
from app.start import Prepared


def test_no_secret_is_in_a_command_line(settings: Settings) -> None:
    secrets = (engine_token(settings), secret_key(settings))
    for command, _ in run.processes(settings, Path("model.tar.gz")).values():
        assert not any(secret in command for secret in secrets)


def test_the_engine_gets_its_token_and_its_ports(settings: Settings) -> None:
    _, env = run.processes(settings, Path("model.tar.gz"))["engine"]
    assert env["ENGINE_TOKEN"] == engine_token(settings)
    assert env["ENGINE_PORT"] == str(settings.engine_port)
    assert env["ACTIONS_URL"] == settings.actions_url
    assert env["RASA_TELEMETRY_ENABLED"] == "false"


def test_two_instances_share_no_file(settings: Settings, tmp_path: Path) -> None:
    other = settings.model_copy(update={"consulta_home": tmp_path / "other"})
    stores = {
        run.processes(each, Path("model.tar.gz"))["engine"][1]["ENGINE_STORE"]
        for each in (settings, other)
    }
    assert len(stores) == 2


@pytest.mark.parametrize("name", ["port", "engine_port", "actions_port"])
def test_a_taken_port_is_named_with_the_setting_that_changes_it(
    name: str, settings: Settings
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", getattr(settings, name)))
        taken.listen()
        with pytest.raises(run.CannotStart, match=f"{name.upper()}="):
            run.check_ports(settings)


def test_free_ports_are_fine(settings: Settings) -> None:
    run.check_ports(settings)


def test_nothing_running_is_waiting_for_the_web(settings: Settings) -> None:
    assert run.waiting_for(settings) == "web"


def test_the_welcome_names_every_address(settings: Settings) -> None:
    words = run.welcome(settings, Prepared(demo=True, password="one-two"))
    for path in ("/", "/simulator/", "/console/"):
        assert f"http://127.0.0.1:{settings.port}{path}" in words
    assert "demo / one-two" in words


def test_with_a_real_account_there_is_no_word_of_the_simulator(
    settings: Settings, free_port: Callable[[], int]
) -> None:
    real = settings.model_copy(
        update={"twilio_account_sid": "AC" + "c" * 32, "twilio_auth_token": SecretStr("token")}
    )
    assert "imulator" not in run.welcome(real, Prepared(demo=False, password=None))
