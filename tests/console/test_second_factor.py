"""The second factor: six digits of an app, each once, or a recovery code."""

from collections.abc import Callable

import pyotp
import pytest
from flask.testing import FlaskClient

from app.settings import Settings
from console.access.second_factor import SecondFactors
from console.access.users import Role, add_user
from console.tables import UserRow
from tests.console.conftest import NOW, PASSWORD, House, token_of

SignIn = Callable[..., str]


@pytest.fixture
def factors(house: House) -> SecondFactors:
    return SecondFactors(house.database, house.settings)


def _code(house: House, secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(house.clock().timestamp() + 30 * steps)


@pytest.fixture
def secret(house: House, staff: FlaskClient, factors: SecondFactors) -> str:
    """The reception has set it up."""
    form = {"csrf_token": token_of(staff.get("/console/account").text)}
    staff.post("/console/account/second-factor", data=form)
    made = factors.secret("reception")
    assert made is not None
    page = staff.post(
        "/console/account/second-factor/confirm", data=form | {"code": _code(house, made)}
    ).text
    assert page.count("<li>") >= 10, "recovery codes are shown"
    return made


def test_it_is_set_up_with_a_picture_and_a_code(
    house: House, staff: FlaskClient, factors: SecondFactors
) -> None:
    assert staff.get("/console/account/second-factor.svg").status_code == 404
    form = {"csrf_token": token_of(staff.get("/console/account").text)}
    staff.post("/console/account/second-factor", data=form)
    assert staff.get("/console/account/second-factor.svg").mimetype == "image/svg+xml"
    wrong = staff.post("/console/account/second-factor/confirm", data=form | {"code": "000000"})
    assert wrong.status_code == 400
    assert not factors.is_on("reception")


def test_the_secret_is_kept_sealed(house: House, secret: str) -> None:
    with house.database.read() as session:
        kept = session.get_one(UserRow, "reception").totp_secret
    assert kept is not None
    assert secret not in kept


def test_signing_in_asks_for_the_code_and_each_opens_once(
    house: House, secret: str, sign_in: SignIn
) -> None:
    house.time.pass_(minutes=2)
    client = house.app().test_client()
    assert "seis cifras" in sign_in(client)
    assert client.get("/console/agenda").status_code == 303, "half way is not inside"
    page = sign_in(client)
    form = {"csrf_token": token_of(page), "code": _code(house, secret)}
    assert client.post("/console/sign-in/code", data=form).status_code == 303
    assert client.get("/console/agenda").status_code == 200
    other = house.app().test_client()
    again = {"csrf_token": token_of(sign_in(other)), "code": _code(house, secret)}
    assert other.post("/console/sign-in/code", data=again).status_code == 401


def test_a_recovery_code_opens_once(house: House, factors: SecondFactors) -> None:
    add_user(house.database, "eva", PASSWORD, Role.RECEPTION)
    factors.begin("eva")
    secret = factors.secret("eva")
    assert secret is not None
    codes = factors.confirm("eva", _code(house, secret), NOW)
    assert codes is not None
    assert len(set(codes)) == 10
    assert factors.passes("eva", codes[3].upper() + " ", NOW)
    assert not factors.passes("eva", codes[3], NOW)
    assert factors.passes("eva", codes[4], NOW)


def test_the_right_password_alone_is_worth_five_minutes(
    house: House, secret: str, sign_in: SignIn
) -> None:
    client = house.app().test_client()
    page = sign_in(client)
    house.time.pass_(minutes=6)
    form = {"csrf_token": token_of(page), "code": _code(house, secret)}
    answer = client.post("/console/sign-in/code", data=form)
    assert answer.status_code == 303
    assert answer.location.endswith("/console/sign-in")


def test_codes_cannot_be_guessed_for_long(house: House, secret: str, sign_in: SignIn) -> None:
    client = house.app().test_client()
    form = {"csrf_token": token_of(sign_in(client)), "code": "000000"}
    answers = [client.post("/console/sign-in/code", data=form).status_code for _ in range(12)]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_an_admin_resets_it_for_who_has_lost_the_phone(
    house: House, secret: str, sign_in: SignIn
) -> None:
    add_user(house.database, "admin", PASSWORD, Role.ADMIN)
    admin = house.app().test_client()
    sign_in(admin, "admin")
    form = {"csrf_token": token_of(admin.get("/console/users").text), "does": "second_factor"}
    assert admin.post("/console/users/reception", data=form).status_code == 200
    assert "Agenda" in sign_in(house.app().test_client())


def test_where_the_clinic_demands_it_nothing_else_opens_before(
    house: House, sign_in: SignIn
) -> None:
    house.settings = Settings(consulta_home=house.settings.consulta_home, second_factor="required")
    add_user(house.database, "reception", PASSWORD, Role.RECEPTION)
    client = house.app().test_client()
    assert "La clínica pide un segundo factor" in sign_in(client)
    assert client.get("/console/agenda").location.endswith("/console/account")
    assert client.get("/console/account").status_code == 200


def test_after_the_instance_s_key_has_changed_only_a_recovery_code_opens(
    house: House, factors: SecondFactors, tmp_path_factory: pytest.TempPathFactory
) -> None:
    add_user(house.database, "eva", PASSWORD, Role.RECEPTION)
    factors.begin("eva")
    secret = factors.secret("eva")
    assert secret is not None
    codes = factors.confirm("eva", _code(house, secret), NOW)
    assert codes is not None
    elsewhere = Settings(consulta_home=tmp_path_factory.mktemp("other"))
    changed = SecondFactors(house.database, elsewhere)
    house.time.pass_(minutes=2)
    assert not changed.passes("eva", _code(house, secret), house.clock())
    assert changed.passes("eva", codes[0], house.clock())
