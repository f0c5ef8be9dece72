"""Nobody gets in without signing in, and every answer tells the browser what it may not do."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from console.access.guard import PUBLIC
from console.access.users import add_user
from console.web import create_blueprints
from tests.console.conftest import PASSWORD, House


def _rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/console")]


def _ways(app: Flask) -> list[tuple[str, str, str]]:
    """(endpoint, method, path) of every way into the console."""
    adapter = app.url_map.bind("localhost")
    return [
        (rule.endpoint, method, adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, "x")))
        for rule in _rules(app)
        for method in sorted((rule.methods or set()) - {"OPTIONS"})
    ]


def test_every_way_in_asks_who_it_is(client: FlaskClient) -> None:
    for endpoint, method, path in _ways(client.application):
        if endpoint in PUBLIC:
            continue
        answer = client.open(path, method=method)
        assert answer.status_code == 303, f"{method} {path}"
        assert answer.location.startswith("/console/sign-in"), f"{method} {path}"


def test_only_the_door_itself_is_public(client: FlaskClient) -> None:
    known = {endpoint for endpoint, _, _ in _ways(client.application)}
    assert known >= PUBLIC
    assert len(known - PUBLIC) >= 7
    assert {each.partition(".")[2] for each in PUBLIC} == {
        *("static", "choose_language"),
        *("sign_in", "enter", "ask_code", "enter_code"),
    }


def test_every_change_asks_for_the_pages_own_token(
    house: House, client: FlaskClient, sign_in: Callable[..., str]
) -> None:
    add_user(house.database, "admin", PASSWORD, "admin", clock=house.clock)
    sign_in(client, "admin")
    for endpoint, method, path in _ways(client.application):
        if method == "POST":
            answer = client.post(path, data={"language": "pt", "id": "x", "words": "ana"})
            assert answer.status_code == 400, endpoint
            assert "El formulario ya no vale" in answer.text


def test_the_rest_of_the_application_needs_no_such_token(client: FlaskClient) -> None:
    @client.application.post("/twilio/sms")
    def webhook() -> str:
        return "taken"

    assert client.post("/twilio/sms").text == "taken"


def test_pages_are_hardened_and_kept_by_nobody(staff: FlaskClient) -> None:
    for path in ("/console/agenda", "/console/waiting", "/console/patients/nobody"):
        headers = staff.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/console/agenda", "/console/waiting", "/console/search"])
def test_pages_hold_no_script_and_no_style_of_their_own(staff: FlaskClient, path: str) -> None:
    page = staff.get(path).text.lower()
    for forbidden in ("<style", " style=", " onclick=", "javascript:"):
        assert forbidden not in page
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert scripts
    for attributes, inside in scripts:
        assert 'src="/console/static/vendor/' in attributes
        assert inside == ""


def test_style_and_pictures_come_without_signing_in(client: FlaskClient) -> None:
    for name in ("console.css", "aurora.svg"):
        with client.get(f"/console/static/{name}") as answer:
            assert answer.status_code == 200


def test_what_is_not_there_is_explained(staff: FlaskClient) -> None:
    for path in ("/console/patients/nobody", "/console/conversations/nothing"):
        answer = staff.get(path)
        assert answer.status_code == 404
        assert "Aquí no hay nada" in answer.text


def test_without_a_secret_the_console_refuses_to_start(house: object) -> None:
    app = Flask("console_tests", root_path=".")
    with pytest.raises(RuntimeError, match="secret"):
        app.register_blueprint(create_blueprints(house)[0])  # type: ignore[arg-type]


def test_an_address_that_leads_nowhere_says_so_in_the_console(staff: FlaskClient) -> None:
    answer = staff.get("/console/nothing/here")
    assert answer.status_code == 404
    assert "Clínica Aurora" in answer.text
    assert 'href="/console/"' in answer.text
