"""Secrets that nobody set are made once and are nobody else's business."""

import stat
from concurrent.futures import ThreadPoolExecutor

from pydantic import SecretStr

from app.account import SIMULATED_SID, resolve_account
from app.secrets import engine_token, secret_key, twilio_auth_token
from app.settings import Settings


def test_a_secret_is_made_once_and_kept(settings: Settings) -> None:
    first = engine_token(settings)
    assert len(first) == 64
    assert engine_token(settings) == first
    assert len({first, secret_key(settings), twilio_auth_token(settings)}) == 3


def test_only_the_owner_can_read_a_secret(settings: Settings) -> None:
    secret_key(settings)
    folder = settings.consulta_home / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()] == [0o600]


def test_processes_that_start_at_once_agree(settings: Settings) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: engine_token(settings), range(32)))
    assert len(made) == 1


def test_what_is_set_is_used_and_nothing_is_written(settings: Settings) -> None:
    given = settings.model_copy(update={"engine_token": SecretStr("given")})
    assert engine_token(given) == "given"
    assert not (settings.consulta_home / "secrets").exists()


def test_without_an_account_the_simulator_is_twilio(settings: Settings) -> None:
    account = resolve_account(settings)
    assert account.account_sid == SIMULATED_SID
    assert account.api_base_url == f"http://127.0.0.1:{settings.port}/simulator/twilio"
    assert account.auth_token == twilio_auth_token(settings)


def test_a_real_account_speaks_with_twilio_itself(settings: Settings) -> None:
    sid = "AC" + "b" * 32
    real = settings.model_copy(
        update={"twilio_account_sid": sid, "twilio_auth_token": SecretStr("token")}
    )
    account = resolve_account(real)
    assert (account.account_sid, account.auth_token, account.api_base_url) == (sid, "token", "")
