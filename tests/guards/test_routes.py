"""No page opens to strangers unless it stands here with its reason."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.services import Services, open_services
from app.settings import Settings
from app.web import create_app

PUBLIC = {
    "pages.start": "where a visitor finds the doors; nothing of the clinic's data",
    "pages.static": "the start page's own style sheet",
    "pages.healthz": "watched from outside; says ok and nothing else",
    "pages.readyz": "watched from outside; says which part answers",
    "pages.figures": "scraped by Prometheus; counts without personal data",
    "results.static": "the style sheet of a patient's own page",
    "console.static": "the console's style sheets, needed to sign in",
    "console.sign_in": "the door itself",
    "console.enter": "the door itself: what its form sends",
    "console.ask_code": "the door's second lock",
    "console.enter_code": "the door's second lock: what its form sends",
    "console.choose_language": "the language of the door",
}
STRANGER = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def app(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Flask]:
    services: Services = open_services(settings, clock)
    services.database.migrate()
    yield create_app(services)
    services.close()


def address(rule: Rule) -> str:
    """The rule's address with something in every place."""
    _, path = rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False) or ("", "")
    if path:
        return path
    _, path = rule.build(dict.fromkeys(rule.arguments, "x"), append_unknown=False) or ("", "")
    return path


def test_every_route_is_public_for_a_reason_or_refuses_strangers(app: Flask) -> None:
    open_to_all = []
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if rule.endpoint in PUBLIC:
                continue
            client = app.test_client()
            with client.open(address(rule), method=method, environ_overrides=STRANGER) as answer:
                to_the_door = answer.status_code in {302, 303} and "sign-in" in answer.location
                if answer.status_code not in {401, 403, 404} and not to_the_door:
                    open_to_all.append(f"{method} {rule.rule}: {answer.status_code}")
    assert open_to_all == []


def test_the_public_list_names_only_what_there_is(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= set(PUBLIC)


@pytest.mark.parametrize(
    "path",
    ["/twilio/sms", "/twilio/whatsapp", "/twilio/voice", "/twilio/status", "/twilio/voice/status"],
)
def test_every_webhook_asks_for_twilio_s_signature(app: Flask, path: str) -> None:
    client = app.test_client()
    assert client.post(path).status_code == 403
    forged = client.post(path, headers={"X-Twilio-Signature": "AAAA"})
    assert forged.status_code == 403
