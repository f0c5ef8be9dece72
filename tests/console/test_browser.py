"""The console in a real browser: on a phone, by keyboard, with nothing the policy refuses."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait
from werkzeug.serving import make_server

from console.access.users import add_user
from console.inbox import notes
from conversations.threads import Threads

if TYPE_CHECKING:
    from tests.console.conftest import House

PASSWORD = "a calm aurora morning"
_OPTIONS = ("--no-sandbox", "--headless=new", "--disable-gpu", "--disable-background-networking")


@contextmanager
def _served(house: "House", port: int) -> Iterator[str]:
    server = make_server("127.0.0.1", port, house.app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/console/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _browser(width: int, height: int) -> Iterator[WebDriver]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in _OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if width < 600:
        metrics = {"width": width, "height": height, "pixelRatio": 2.0}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    options.add_argument(f"--window-size={width},{height}")
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        yield browser
    finally:
        browser.quit()


def _wait(browser: WebDriver, path: str) -> None:
    WebDriverWait(browser, 20).until(lambda one: path in one.current_url)


def _sign_in_by_keyboard(browser: WebDriver, base: str) -> None:
    browser.get(base)
    active = browser.switch_to.active_element
    assert active.get_attribute("name") == "name", "one can type at once"
    active.send_keys("reception" + Keys.TAB)
    browser.switch_to.active_element.send_keys(PASSWORD + Keys.ENTER)
    _wait(browser, "/console/inbox")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_the_console_fits_and_breaks_no_policy(
    house: "House", free_port: Callable[[], int], width: int, height: int
) -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    ana = house.patient("Ana Torres", "+525500000001")
    house.visit(ana, "roma", house.time.now + timedelta(hours=1))
    heard = house.hear("+525500000001", "x" * 300 + " quiero hablar con una persona")
    house.conversations.hand_off(heard.conversation_id, "wish", house.time.now)
    with _served(house, free_port()) as base, _browser(width, height) as browser:
        _sign_in_by_keyboard(browser, base)
        thread = Threads(house.database).of_patient(ana.id).id
        notes.add_tag(house, thread, "x" * 40)
        notes.add(house, thread, "0" * 32, "x" * 300, "reception")
        for path in (
            *("inbox", "agenda", f"patients/{ana.id}", "waiting", "search", "patients/nobody"),
            *("inbox?sort=waiting&branch=roma", f"threads/{thread}/print"),
        ):
            browser.get(base + path)
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, path
        refused = [
            entry["message"]
            for entry in browser.get_log("browser")  # type: ignore[attr-defined]
            if "status of 404" not in entry["message"]
        ]
        assert not refused


@pytest.mark.browser
def test_a_new_message_comes_into_the_inbox_by_itself_and_is_read_by_opening_it(
    house: "House", free_port: Callable[[], int]
) -> None:
    add_user(house.database, "reception", PASSWORD, "reception", clock=house.clock)
    house.patient("Ana Torres", "+525500000001")
    with _served(house, free_port()) as base, _browser(390, 844) as browser:
        _sign_in_by_keyboard(browser, base)
        assert not browser.find_elements(By.CSS_SELECTOR, ".inbox li")
        house.hear("+525500000001", "ya voy en camino")
        line = WebDriverWait(browser, 20).until(
            lambda one: one.find_element(By.CSS_SELECTOR, ".inbox .unread a")
        )
        assert "ya voy en camino" in line.text
        line.click()
        _wait(browser, "/console/patients/")
        browser.find_element(By.CSS_SELECTOR, "#notes summary").click()
        browser.find_element(By.CSS_SELECTOR, "#notes textarea").send_keys("llegará tarde")
        browser.find_element(By.CSS_SELECTOR, "#notes button").click()
        noted = WebDriverWait(browser, 20).until(
            lambda one: one.find_element(By.CSS_SELECTOR, ".noted .text")
        )
        assert noted.text == "llegará tarde"
        browser.get(f"{base}inbox")
        assert not browser.find_elements(By.CSS_SELECTOR, ".inbox .unread")


@pytest.mark.browser
def test_the_keyboard_reaches_the_content_past_the_menu(
    house: "House", free_port: Callable[[], int]
) -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    with _served(house, free_port()) as base, _browser(1440, 900) as browser:
        _sign_in_by_keyboard(browser, base)
        browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
        skip = browser.switch_to.active_element
        assert skip.get_attribute("class") == "skip"
        skip.send_keys(Keys.ENTER)
        assert browser.switch_to.active_element.get_attribute("id") == "content"
