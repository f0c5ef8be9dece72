"""Replies kept ready: managed by who leads the desk, in all three languages."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from console.access.users import add_user
from console.inbox.canned import Canned, add_demo, canned
from tests.console.conftest import PASSWORD, House, token_of

PAGE = "/console/canned"
TEXTS = {
    "text_es": "Hola {first_name}",
    "text_pt": "Olá {first_name}",
    "text_en": "Hi {first_name}",
}


@pytest.fixture
def manager(house: House, client: FlaskClient, sign_in: Callable[..., str]) -> FlaskClient:
    add_user(house.database, "luz", PASSWORD, "manager", clock=house.clock)
    sign_in(client, "luz")
    return client


def _post(client: FlaskClient, **form: str) -> tuple[int, str]:
    token = token_of(client.get(PAGE).text)
    answer = client.post(PAGE, data={"csrf_token": token, "do": "keep", **form})
    return answer.status_code, answer.text


def _only(house: House) -> Canned:
    (one,) = canned(house.database)
    return one


def test_one_is_added_changed_and_removed(house: House, manager: FlaskClient) -> None:
    assert _post(manager, name="Saludo", **TEXTS)[0] == 303
    one = _only(house)
    assert one.texts["pt"] == "Olá {first_name}"
    assert _post(manager, id=one.id, name="Saludo", **{**TEXTS, "text_en": "Hello"})[0] == 303
    assert _only(house).texts["en"] == "Hello"
    assert _post(manager, id=one.id, do="remove")[0] == 303
    assert not canned(house.database)
    assert _post(manager, id=one.id, do="remove")[0] == 409
    assert _post(manager, id=one.id, name="Saludo", **TEXTS)[0] == 409


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": " "}, "de 1 a 80"),
        ({"text_pt": ""}, "Cada idioma"),
        ({"text_es": "x" * 1001}, "Cada idioma"),
        ({"text_es": "Hola {diagnosis}"}, "Entre llaves"),
        ({"text_es": "Hola {first_name"}, "Entre llaves"),
    ],
)
def test_what_cannot_be_kept_is_explained_and_stays_in_the_form(
    house: House, manager: FlaskClient, wrong: dict[str, str], why: str
) -> None:
    status, page = _post(manager, **{"name": "Saludo", **TEXTS, **wrong})
    assert status == 409
    assert why in page
    assert "Hi {first_name}" in page
    assert not canned(house.database)


def test_two_do_not_have_one_title(house: House, manager: FlaskClient) -> None:
    assert _post(manager, name="Saludo", **TEXTS)[0] == 303
    status, page = _post(manager, name="Saludo", **TEXTS)
    assert status == 409
    assert "Ya hay una respuesta" in page


def test_the_reception_does_not_change_them(staff: FlaskClient) -> None:
    assert staff.get(PAGE).status_code == 403


def test_the_demos_are_added_once(house: House, manager: FlaskClient) -> None:
    add_demo(house.database)
    add_demo(house.database)
    assert len(canned(house.database)) == 3
    assert "Próxima cita" in manager.get(PAGE).text
