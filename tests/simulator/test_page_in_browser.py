"""The page as a person uses it, in a real browser."""

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from twilio.rest.content.v1.content import ContentList

from clinic.appointments import AppointmentStatus
from tests import browser
from tests.simulator.conftest import CLINIC, World, xml

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser.chromium(1440) as driver:
        yield driver


class Page:
    """The simulator's page, by what a person sees."""

    def __init__(self, driver: Any, url: str, width: int = 1440, height: int = 900) -> None:
        self.driver, self.url = driver, url
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        driver.get(f"{url}/simulator/")
        self.click("[data-language=es]")
        self.wait_for(".patient h2", "Ana Torres")

    def all(self, css: str) -> list[Any]:
        return list(self.driver.find_elements(By.CSS_SELECTOR, css))

    def click(self, css: str) -> None:
        """Tries again when the page drew itself anew between the look and the click."""
        browser.wait_until(lambda: self._clicked(css), self.driver, what=css)

    def _clicked(self, css: str) -> bool:
        found = self.all(css)
        if not found or not found[-1].is_displayed():
            return False
        found[-1].click()
        return True

    def write(self, css: str, text: str) -> None:
        self.all(css)[-1].send_keys(text + "\n")

    def wait_for(self, css: str, text: str) -> None:
        browser.wait_for(self.driver, text, css)

    def complaints(self) -> list[str]:
        logged = self.driver.get_log("browser")
        severe = [entry["message"] for entry in logged if entry["level"] == "SEVERE"]
        return [message for message in severe if self.url in message]  # not the last test's page


def ask(world: World, form: Mapping[str, str]) -> None:
    """The tests' clinic asks back with two buttons."""
    client = world.client()
    rows = [
        {"type": "QUICK_REPLY", "title": "Sí, cancelar", "id": "/affirm"},
        {"type": "QUICK_REPLY", "title": "No", "id": "/deny"},
    ]
    actions = [ContentList.QuickReplyAction(row) for row in rows]
    types = ContentList.Types({"twilio/quick-reply": {"body": "¿La cancelo?", "actions": actions}})
    body = {"friendly_name": "t", "language": "es", "variables": {}, "types": types}
    request = ContentList.ContentCreateRequest(body)
    content = client.content.v1.contents.create(content_create_request=request)
    client.messages.create(to=form["From"], from_=form["To"], content_sid=content.sid)


def test_a_patient_cancels_on_whatsapp_and_the_clinic_sees_it(world: World, chromium: Any) -> None:
    def script(form: Mapping[str, str]) -> tuple[str, str, int]:
        if form.get("ButtonPayload") == "/affirm":
            world.stores.set_status(AppointmentStatus.CANCELLED)
            return xml("<Response><Message>Cancelada</Message></Response>")
        threading.Thread(target=ask, args=(world, form)).start()
        return xml("<Response/>")

    world.clinic.scripts["/twilio/whatsapp"] = script
    page = Page(chromium, world.url)
    page.wait_for("#clinic .chip", "Reservada")
    page.write("#whatsapp-text", "quiero cancelar <b>mi</b> cita")
    page.wait_for("#whatsapp .mine", "quiero cancelar <b>mi</b> cita")
    page.wait_for("#whatsapp .choices", "Sí, cancelar")
    page.click("#whatsapp .choices button:first-child")
    page.wait_for("#whatsapp .theirs", "Cancelada")
    page.wait_for("#clinic .chip", "Cancelada")
    assert page.complaints() == []


def test_a_patient_calls_and_presses_a_key(world: World, chromium: Any) -> None:
    world.voice(
        "/twilio/voice",
        '<Response><Gather numDigits="1" action="/twilio/voice/menu">'
        '<Say language="es-MX">Para cancelar, marque dos.</Say></Gather></Response>',
    )
    said = '<Response><Say language="es-MX">Su cita quedó cancelada.</Say></Response>'
    world.voice("/twilio/voice/menu", said)
    page = Page(chromium, world.url)
    page.click("#call .take")
    page.wait_for("#call .transcript", "marque dos")
    page.click("#call [data-key='2']")
    page.wait_for("#call .transcript", "quedó cancelada")
    page.wait_for("#call .state", "terminada")
    assert world.clinic.at("/twilio/voice/menu")[0].form["Digits"] == "2"
    assert page.complaints() == []


def test_the_clinics_call_rings_and_can_be_declined(world: World, chromium: Any) -> None:
    page = Page(chromium, world.url)
    made = world.client().calls.create(
        to="+525500000001", from_=CLINIC, url=f"{world.url}/twilio/voice"
    )
    page.wait_for("#call .state", "entrante")
    page.click("#call .end")
    page.wait_for("#call .state", "terminada")
    assert world.client().calls(made.sid).fetch().status == "busy"


def test_voicemail_takes_the_clinics_call_and_is_told_from_a_person(
    world: World, chromium: Any
) -> None:
    word = '<Response><Say language="es-MX">Le llamamos de Clínica Aurora.</Say></Response>'
    world.voice("/twilio/voice", word)
    page = Page(chromium, world.url)
    made = world.client().calls.create(
        to="+525500000001",
        from_=CLINIC,
        url=f"{world.url}/twilio/voice",
        machine_detection="DetectMessageEnd",
    )
    page.wait_for("#call .voicemail .caption", "Buzón")
    page.click("#call .voicemail")
    page.wait_for("#call .state", "buzón de voz")
    page.wait_for("#call .transcript", "Le llamamos de Clínica Aurora.")
    page.wait_for("#call .state", "terminada")
    assert world.client().calls(made.sid).fetch().answered_by == "machine_end_beep"


def test_on_a_narrow_screen_the_clinics_call_comes_to_the_front(
    world: World, chromium: Any
) -> None:
    page = Page(chromium, world.url)
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert not page.all("#call .take")[0].is_displayed()
    world.client().calls.create(to="+525500000001", from_=CLINIC, url=f"{world.url}/twilio/voice")
    page.wait_for("#call .take .caption", "Contestar")


def test_on_a_narrow_screen_one_phone_shows_and_nothing_overflows(
    world: World, chromium: Any
) -> None:
    metrics = {"width": 375, "height": 720, "deviceScaleFactor": 1, "mobile": True}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    chromium.get(f"{world.url}/simulator/")
    for tab in ("sms", "whatsapp", "call", "clinic"):
        chromium.find_element(By.ID, f"tab-{tab}").click()
        shown = [
            name
            for name in ("sms", "whatsapp", "call", "clinic")
            if chromium.find_element(By.ID, name).is_displayed()
        ]
        assert shown == [tab]
        wide = chromium.execute_script("return document.documentElement.scrollWidth")
        assert wide <= 375


def test_the_page_speaks_three_languages(world: World, chromium: Any) -> None:
    page = Page(chromium, world.url)
    for language, words in (("pt", "O que a clínica vê"), ("en", "What the clinic sees")):
        page.click(f"[data-language={language}]")
        page.wait_for("#clinic", words)
        assert chromium.execute_script("return document.documentElement.lang") == language


def test_everything_that_is_pressed_has_a_name(world: World, chromium: Any) -> None:
    Page(chromium, world.url)
    nameless = chromium.execute_script(
        "return [...document.querySelectorAll('button, input, select')].filter((node) => "
        "!(node.getAttribute('aria-label') || node.textContent.trim() || "
        "(node.labels && node.labels.length))).map((node) => node.outerHTML)"
    )
    assert nameless == []
