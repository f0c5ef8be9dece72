"""Settings come from the environment, and a bad one refuses to start and is named."""

from pathlib import Path

import pytest

from app.settings import BadSettings, Settings, load_settings


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert settings.port == 8000
    assert settings.engine_url == "http://127.0.0.1:5005"
    assert settings.actions_url == "http://127.0.0.1:5055"
    assert settings.public_base_url == "http://127.0.0.1:8000"
    assert settings.database_url.startswith("sqlite:////")
    assert settings.simulated


def test_without_database_url_the_data_is_in_consulta_home(tmp_path: Path) -> None:
    settings = Settings(consulta_home=tmp_path / "home")
    assert settings.database_url == f"sqlite:///{tmp_path}/home/consulta.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("ENGINE_PORT", "70000"),
        ("PUBLIC_BASE_URL", "not a url"),
        ("ENGINE_URL", "engine"),
        ("DATABASE_URL", "mysql://root@127.0.0.1/x"),
        ("REDIS_URL", "http://127.0.0.1"),
        ("TWILIO_ACCOUNT_SID", "AC123"),
        ("TWILIO_SMS_FROM", "5550000100"),
        ("TWILIO_MESSAGING_SERVICE_SID", "XX"),
        ("SWEEP_SECONDS", "-1"),
        ("IN_PROCESS_JOBS", "perhaps"),
        ("OUTREACH", "perhaps"),
        ("REMINDER_HOURS", "72,soon"),
        ("REMINDER_HOURS", "0"),
        ("ESCALATION", "voice 4, sms 4"),
        ("REMINDERS_PER_LOOK", "0"),
    ],
)
def test_a_bad_value_is_named_and_not_repeated(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert name in str(refused.value)
    assert f"'{value}'" not in str(refused.value)


def test_every_bad_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    monkeypatch.setenv("ENGINE_PORT", "y")
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == [
        "PORT",
        "ENGINE_PORT",
    ]


def test_a_real_account_needs_its_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "a" * 32)
    with pytest.raises(BadSettings, match="TWILIO_AUTH_TOKEN"):
        load_settings()
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "token")
    assert not load_settings().simulated


def test_two_services_cannot_share_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGINE_PORT", "8000")
    with pytest.raises(BadSettings, match="ENGINE_PORT"):
        load_settings()


def test_an_empty_value_is_as_if_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    monkeypatch.setenv("TWILIO_SMS_FROM", "")
    assert load_settings().port == 8000


def test_an_address_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://clinic.example/")
    assert load_settings().public_base_url == "https://clinic.example"
