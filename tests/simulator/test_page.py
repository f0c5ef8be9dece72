import json
from pathlib import Path

import httpx
import pytest

import simulator
from outreach.templates import templates_of
from simulator.web import submit_templates
from tests.simulator.conftest import CLINIC, World

STATIC = Path(simulator.__file__).parent / "static"


def post(world: World, path: str, body: object, **headers: str) -> httpx.Response:
    return httpx.post(f"{world.url}/simulator/api/{path}", json=body, headers=headers)


def test_the_page_allows_nothing_but_its_own_files(world: World) -> None:
    page = httpx.get(f"{world.url}/simulator/")
    assert page.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for path in ("main.js", "base.css", "icons.svg", "mark.svg"):
        assert httpx.get(f"{world.url}/simulator/static/{path}").status_code == 200


def test_the_page_has_no_inline_script_or_style_and_reaches_nobody_else() -> None:
    html = (STATIC / "index.html").read_text()
    assert "<style" not in html
    assert "style=" not in html
    assert "onclick" not in html
    for path in STATIC.iterdir():
        text = path.read_text().replace("http://www.w3.org/", "")
        assert "://" not in text.replace("https?:\\/\\/", ""), path.name


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Host": "rebound.example"},
    ],
)
def test_another_sites_page_is_refused(world: World, headers: dict[str, str]) -> None:
    assert post(world, "phones", {"number": "+525500000001"}, **headers).status_code == 403


def test_a_form_of_another_site_is_refused(world: World) -> None:
    url = f"{world.url}/simulator/api/phones"
    assert httpx.post(url, data={"number": "+525500000001"}).status_code == 415


def test_the_cast_is_who_the_store_knows(world: World) -> None:
    config = httpx.get(f"{world.url}/simulator/api/config").json()
    assert [person["names"] for person in config["cast"]] == [["Ana Torres"], ["Emma Clark"]]
    assert config["numbers"]["sms"] == CLINIC


def test_the_number_stands_in_no_address(world: World) -> None:
    with world.phone() as phone:
        phone.text("hola")
        assert phone.clinic()["patients"][0]["visits"][0]["status"] == "booked"
        assert phone.number not in json.dumps(str(phone._id))


def test_two_hands_on_one_number_hold_the_same_phone(world: World) -> None:
    body = {"number": "+525500000001"}
    first, second = (post(world, "phones", body).json()["id"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("number", ["", "hola", "5550000001", "+52<script>"])
def test_what_is_no_number_gets_no_phone(world: World, number: str) -> None:
    assert post(world, "phones", {"number": number}).status_code == 400


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("behaviour", {"delivery": "never"}),
        ("behaviour", {"unknown": 1}),
        ("behaviour", ["list"]),
        ("behaviour", {"review": "never"}),
    ],
)
def test_a_bad_wish_is_refused_with_its_reason(world: World, path: str, body: object) -> None:
    answer = post(world, path, body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_templates_are_listed_and_reviewed_by_hand(world: World) -> None:
    text = templates_of("Clínica Aurora")[0]
    submit_templates(world.twilio, "Clínica Aurora")
    listed = httpx.get(f"{world.url}/simulator/api/templates").json()
    assert listed[0] == {
        "name": text.name,
        "language": "es",
        "status": "approved",
        "reason": "",
    }
    paused = post(world, f"templates/{text.name}", {"status": "paused", "reason": "too many"})
    assert paused.json() == listed[0] | {"status": "paused", "reason": "too many"}
    assert post(world, f"templates/{text.name}", {"status": "lost"}).status_code == 400
    assert post(world, "templates/unknown", {"status": "paused"}).status_code == 404


def test_a_waiting_page_hears_of_a_message_at_once(world: World) -> None:
    with world.phone() as phone:
        world.client().messages.create(to=phone.number, from_=CLINIC, body="Hola")
        assert phone.wait_for_reply(5).text == "Hola"
        assert phone.stays_quiet(0.3)
