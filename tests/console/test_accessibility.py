"""Every page, wide and narrow, without a serious finding of axe (https://github.com/dequelabs/axe-core)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from app.results.links import send_link
from app.services import Services, open_services
from app.settings import Settings
from app.web import create_app
from clinic.campaigns import CampaignKind, MoveReason, NewCampaign, Recipient, Span
from console.access.guard import PUBLIC
from console.access.users import add_user
from console.inbox import notes
from console.inbox.canned import keep as keep_canned
from conversations.model import Delivery, Inbound, Message
from conversations.tables import MessageRow
from conversations.threads import Threads
from integrations.demo import seed_demo
from integrations.demo.cast import ANA, BETO
from tests.browser import chromium, serve, sign_in, texts, wait_until
from tests.console.conftest import PASSWORD
from trainer.desk import Choice, Desk
from trainer.models.runs import Runs, Step
from trainer.responses import Place
from trainer.wording_desk import WordingDesk

CLINIC = "+525550000100"
_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(found => done(
  found.violations.map(one => [one.impact, one.id, one.nodes.slice(0, 4).map(node => node.html)])));
"""
_LEFT_OUT = {
    "console.home": "leads on to another page",
    "console.live": "a stream that no person sees",
    "console.show_second_factor_code": "a picture",
}
_FILES = (".csv", ".svg", ".zip", ".<kind>")


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    """The demo clinic in the middle of a day on which a little of everything happened."""
    opened = open_services(settings, lambda: datetime.now(UTC))
    opened.database.migrate()
    seed_demo(opened.database, opened.clock())
    yield opened
    opened.close()


def _hear(
    services: Services, text: str, *ranking: tuple[str, float], phone: str = ANA.phone
) -> Message:
    inbound = Inbound("sms", text, phone, CLINIC, text, services.clock())
    message = services.conversations.receive(inbound, services.patients)
    assert message is not None
    best = ranking[0] if ranking else (None, None)
    _correct(
        services,
        message,
        intent=best[0],
        confidence=best[1],
        ranking=[list(each) for each in ranking],
    )
    return message


def _correct(services: Services, message: Message, **values: Any) -> None:
    with services.database.begin() as session:
        session.query(MessageRow).filter_by(id=message.id).update(values)  # type: ignore[arg-type]


def _live(services: Services) -> dict[str, str]:
    """Lets things happen; returns what the pages' addresses need."""
    now, talks = services.clock(), services.conversations
    heard = _hear(services, "uy no alcanzo a llegar pasado mañana", ("deny", 0.3))
    _hear(services, "cuánto sale lo del corazón", ("ask_services", 0.6), ("ask_price", 0.55))
    said = talks.say(heard.conversation_id, "¿Le busco otra fecha?", author="bot", at=now)
    _correct(services, said, state=Delivery.UNDELIVERED, error_code="30003", next_attempt_at=None)
    talks.hand_off(heard.conversation_id, "wish", now)
    asked = _hear(services, "me duele el pecho", ("emergency", 0.9), phone=BETO.phone)
    talks.alert(asked.conversation_id, "emergency", now)
    talks.take_over(asked.conversation_id, "ada", now)
    twin = services.patients.register("Ana Tores", ANA.birth_date, "es", "+525500000077")
    texts = {"es": "Hola {first_name}", "pt": "Olá {first_name}", "en": "Hello {first_name}"}
    keep_canned(services.database, "", "Saludo", texts)
    visit = services.schedule.appointments(ANA.id)[0]
    span = Span(visit.branch, visit.start, visit.end, None)
    what = NewCampaign("k", CampaignKind.MOVE, visit.branch, span, MoveReason.PRACTITIONER)
    campaign = services.campaigns.begin(what, [Recipient(ANA.id, visit.ref)], "ada", now)
    services.results.add(ANA.id, "blood-test", b"%PDF-1.7", now)
    _teach(services)
    return {
        "patient_id": ANA.id,
        "other_id": twin.id,
        "visit_id": visit.id,
        "conversation_id": heard.conversation_id,
        "campaign_id": campaign.id,
        "thread_id": _written_on(services, heard.conversation_id),
        "number": str(_trained(services)),
        "name": "utter_greet",
        "code": visit.service,
        "branch": visit.branch,
        "plan": "public",
    }


def _written_on(services: Services, conversation_id: str) -> str:
    """A thread with a note and a tag."""
    thread = Threads(services.database).of_conversation(conversation_id)
    assert thread is not None
    notes.add(services, thread.id, "0" * 32, "Llamar por la tarde", "ada")
    notes.add_tag(services, thread.id, "seguimiento")
    return thread.id


def _trained(services: Services) -> int:
    """A training under way."""
    runs = Runs(services.database)
    number = runs.ask("ada", services.clock())
    runs.claim(services.clock())
    runs.beat(number, [Step("validate", "done", 1.0)], services.clock())
    return number


def _teach(services: Services) -> None:
    desk = Desk(services.settings, services.database, services.patients, services.catalogue)
    unclear = _hear(services, "quiero confirmar mi cita", ("affirm", 0.35))
    desk.decide([Choice(unclear.id)], "confirm_appointment", "ada", services.clock())
    words = WordingDesk(services.settings, services.database, services.catalogue)
    words.reword(Place("utter_greet", "es"), "Hola, ¿qué tal?", "ada", services.clock())


def _pages(services: Services, known: dict[str, str]) -> Iterator[str]:
    """The address of every page that a person opens by a link."""
    app = create_app(services)
    to = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        hidden = rule.endpoint in PUBLIC or rule.endpoint in _LEFT_OUT
        is_page = rule.endpoint.startswith("console.") and not rule.rule.endswith(_FILES)
        if not is_page or hidden or "GET" not in (rule.methods or set()):
            continue
        unknown = rule.arguments - known.keys()
        assert not unknown, f"{rule.endpoint}: say in `_live` what {unknown} may be"
        yield to.build(rule.endpoint, {name: known[name] for name in rule.arguments})
    yield from ("/console/agenda?view=week", "/console/patients/nobody")
    yield f"/console/patients/{known['patient_id']}?all=1"


def _findings(browser: WebDriver) -> list[str]:
    browser.execute_script(_axe())
    return [
        f"{browser.current_url.partition('127.0.0.1')[2]}: {impact} {name}: {' | '.join(html)}"
        for impact, name, html in browser.execute_async_script(_RUN)
        if impact in {"serious", "critical"}
    ]


@pytest.fixture
def base(services: Services, free_port: Callable[[], int]) -> Iterator[str]:
    with serve(create_app(services), free_port()) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_no_page_of_the_console_shuts_anybody_out(
    services: Services, base: str, width: int, height: int
) -> None:
    add_user(services.database, "ada", PASSWORD, "admin")
    known = {**_live(services), "_elsewhere": "nothing/here"}
    with chromium(width, height) as browser:
        browser.get(f"{base}/console/sign-in")
        found = _findings(browser)
        sign_in(browser, f"{base}/console/", "ada", PASSWORD, "es")
        assert "/console/sign-in" not in browser.current_url
        for path in _pages(services, known):
            browser.get(base + path)
            for folded in browser.find_elements(By.CSS_SELECTOR, "details:not([open]) > summary"):
                browser.execute_script("arguments[0].parentNode.open = true", folded)
            found += _findings(browser)
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_outside_the_console_shuts_anybody_out(
    services: Services, base: str, width: int, height: int, theme: str
) -> None:
    _live(services)
    with chromium(width, height) as browser:
        found: list[str] = []
        wish = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wish)
        for path in ("/?lang=es", "/simulator/", _own_page(services), "/r/" + "x" * 43):
            browser.get(base + path)
            if path == "/simulator/":
                wait_until(lambda: texts(browser, "#clinic .chip"), browser)
            found += _findings(browser)
    assert not found, "\n".join(dict.fromkeys(found))


def _own_page(services: Services) -> str:
    """The page where a patient opens their reports."""
    send_link(services, ANA.id, ANA.phone, "k", services.clock() - timedelta(minutes=1))
    with services.database.read() as session:
        row = session.query(MessageRow).order_by(MessageRow.number.desc()).first()
        assert row is not None
        return "/r/" + str(row.unmasked).partition("/r/")[2].split()[0]


@pytest.mark.browser
def test_a_picture_without_words_would_be_found() -> None:
    with chromium(1440, 900) as browser:
        browser.get("data:text/html,<html lang=es><title>x</title><img src=x></html>")
        assert [each.split(": ")[1] for each in _findings(browser)] == ["critical image-alt"]
