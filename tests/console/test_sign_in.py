"""Signing in and out: right passwords only, slowly, and never for longer than a working day."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from console.access.throttle import TRIES_PER_ADDRESS, TRIES_PER_NAME
from console.access.users import add_user
from console.tables import SessionRow, UserRow

if TYPE_CHECKING:
    from tests.console.conftest import House

SignIn = Callable[..., str]
PASSWORD = "a calm aurora morning"


def _is_in(client: FlaskClient) -> bool:
    return client.get("/console/agenda").status_code == 200


def _token(client: FlaskClient, path: str = "/console/sign-in") -> str:
    return client.get(path).text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


def test_the_right_password_opens_the_agenda(
    house: "House", client: FlaskClient, sign_in: SignIn
) -> None:
    add_user(house.database, "Reception", PASSWORD, "reception")
    assert "<h1>" in sign_in(client, "  RECEPTION ", PASSWORD), "case and blanks do not matter"
    assert _is_in(client)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("reception", "a calm aurora evening"),
        ("nobody", PASSWORD),
        ("reception", ""),
        ("", ""),
        ("reception", PASSWORD + "x" * 300),
        ("reception\x00", PASSWORD),
        ("x" * 10_000, "y" * 10_000),
    ],
)
def test_a_wrong_name_or_password_says_the_same(
    house: "House", client: FlaskClient, sign_in: SignIn, name: str, password: str
) -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    assert "El usuario o la contraseña no es correcto." in sign_in(client, name, password)
    assert not _is_in(client)


def test_a_disabled_user_is_out_at_once(house: "House", staff: FlaskClient) -> None:
    with house.database.begin() as session:
        session.query(UserRow).update({"disabled": True})
    assert not _is_in(staff)


def test_a_disabled_user_cannot_sign_in(
    house: "House", client: FlaskClient, sign_in: SignIn
) -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    with house.database.begin() as session:
        session.query(UserRow).update({"disabled": True})
    sign_in(client)
    assert not _is_in(client)


def test_too_many_tries_at_one_name_have_to_wait(
    house: "House", client: FlaskClient, sign_in: SignIn
) -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    for _ in range(TRIES_PER_NAME):
        sign_in(client, password="wrong")
    assert "Espere 15 minutos" in sign_in(client), "even the right password waits"
    house.time.pass_(minutes=16)
    sign_in(client)
    assert _is_in(client)


def test_too_many_names_from_one_address_have_to_wait(house: "House", client: FlaskClient) -> None:
    token = _token(client)
    answers = [
        client.post(
            "/console/sign-in",
            data={"csrf_token": token, "name": f"name-{number}", "password": "wrong"},
        ).status_code
        for number in range(TRIES_PER_ADDRESS + 1)
    ]
    assert answers[-2:] == [401, 429]


def test_a_whole_clinic_signs_in_from_one_address(
    house: "House", client: FlaskClient, sign_in: SignIn
) -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    for _ in range(TRIES_PER_NAME + 5):
        client.delete_cookie(client.application.config["SESSION_COOKIE_NAME"])
        assert "Agenda" in sign_in(client)


def test_half_an_hour_without_work_ends_the_session(house: "House", staff: FlaskClient) -> None:
    for _ in range(3):
        house.time.pass_(minutes=29)
        assert _is_in(staff), "work keeps it alive"
    house.time.pass_(minutes=31)
    assert not _is_in(staff)


def test_a_working_day_ends_the_session_however_busy(house: "House", staff: FlaskClient) -> None:
    for _ in range(24):
        house.time.pass_(minutes=20)
        last = _is_in(staff)
    assert last
    house.time.pass_(minutes=20)
    assert not _is_in(staff)


def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(
    house: "House", staff: FlaskClient
) -> None:
    name = staff.application.config["SESSION_COOKIE_NAME"]
    cookie = staff.get_cookie(name)
    assert cookie is not None
    answer = staff.post("/console/sign-out", data={"csrf_token": _token(staff, "/console/agenda")})
    assert answer.status_code == 303
    assert not _is_in(staff)
    staff.set_cookie(name, cookie.value)
    assert not _is_in(staff)


def test_signing_out_by_a_link_does_nothing(staff: FlaskClient) -> None:
    assert staff.get("/console/sign-out").status_code == 404
    assert _is_in(staff)


def test_the_session_is_a_new_one_after_signing_in(
    house: "House", client: FlaskClient, sign_in: SignIn
) -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    stranger = _token(client)
    sign_in(client)
    answer = client.post("/console/sign-out", data={"csrf_token": stranger})
    assert answer.status_code == 400, "the stranger's token died with the stranger's session"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    house: "House", client: FlaskClient
) -> None:
    cookie = client.get("/console/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie, "this instance is served without TLS"


def test_behind_https_the_cookie_never_travels_in_the_clear(house: "House") -> None:
    house.settings = house.settings.model_copy(
        update={"public_base_url": "https://consulta.example"}
    )
    answer = house.app().test_client().get("/console/sign-in", base_url="https://consulta.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_the_database_keeps_no_token_that_opens_a_session(
    house: "House", staff: FlaskClient
) -> None:
    cookie = staff.get_cookie(staff.application.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    with house.database.read() as session:
        (kept,) = session.query(SessionRow.token_hash).one()
    assert kept not in cookie.value
    assert len(kept) == 64


@pytest.mark.parametrize(
    ("wanted", "landed"),
    [
        ("/console/waiting", "/console/waiting"),
        ("/console/agenda?day=2026-03-06", "/console/agenda?day=2026-03-06"),
        ("https://evil.example/console/", "/console/"),
        ("//evil.example/console/", "/console/"),
        ("/console/\\evil.example", "/console/"),
        ("/console/\r\nSet-Cookie: x=y", "/console/"),
        ("/twilio/sms", "/console/"),
        ("", "/console/"),
    ],
)
def test_one_lands_where_one_wanted_to_go_but_only_in_the_console(
    house: "House", client: FlaskClient, wanted: str, landed: str
) -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    form = {
        "csrf_token": _token(client),
        "name": "reception",
        "password": PASSWORD,
        "next": wanted,
    }
    assert client.post("/console/sign-in", data=form).location == landed


def test_the_language_is_chosen_with_a_cookie_and_stays(staff: FlaskClient) -> None:
    form = {
        "csrf_token": _token(staff, "/console/agenda"),
        "language": "pt",
        "next": "/console/waiting",
    }
    answer = staff.post("/console/language", data=form)
    assert answer.location == "/console/waiting"
    assert "Pedem uma pessoa" in staff.get("/console/waiting").text


def test_the_language_is_chosen_before_signing_in(client: FlaskClient) -> None:
    form = {"csrf_token": _token(client), "language": "pt", "next": "/console/sign-in"}
    assert client.post("/console/language", data=form).location == "/console/sign-in"
    assert 'lang="pt"' in client.get("/console/sign-in").text


def test_a_language_that_is_none_changes_nothing(staff: FlaskClient) -> None:
    form = {"csrf_token": _token(staff, "/console/agenda"), "language": "xx"}
    staff.post("/console/language", data=form)
    assert 'lang="es"' in staff.get("/console/agenda").text
