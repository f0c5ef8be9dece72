"""A real Chromium for the tests, and how they wait: a page may draw itself anew at any moment."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import Flask
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait
from werkzeug.serving import make_server

_OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--lang=es-MX"),
)
_ANSWERED = re.compile(r"responded with a status of (\d{3})\b")
_SECONDS = 30.0
T = TypeVar("T")


@contextmanager
def serve(app: Flask, port: int) -> Iterator[str]:
    """The app on a port of the loopback; its address, without a slash at the end."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium(width: int, height: int = 900) -> Iterator[WebDriver]:
    """A window of that size in CSS pixels; narrower than 600 it is a phone."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in (*_OPTIONS, f"--window-size={width},{height}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if width < 600:
        metrics = {"width": width, "height": height, "pixelRatio": 2.0}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        yield browser
    finally:
        browser.quit()


def wait_until(
    holds: Callable[[], T], browser: WebDriver, seconds: float = _SECONDS, what: str = ""
) -> T:
    """What it gives once it is true; an element that is gone or not there yet is looked for again.

    Raises:
        selenium.common.exceptions.TimeoutException: It was never true.
    """
    waiting = WebDriverWait(browser, seconds, ignored_exceptions=[WebDriverException])
    return waiting.until(lambda _browser: holds(), what)


def wait_for(browser: WebDriver, text: str, css: str = "main", seconds: float = _SECONDS) -> None:
    """Until an element that the selector finds shows this text."""
    wait_until(
        lambda: any(text in each for each in texts(browser, css)),
        browser,
        seconds,
        f"{css}: {text}",
    )


def texts(browser: WebDriver, css: str) -> list[str]:
    """What the elements show."""
    return [each.text for each in browser.find_elements(By.CSS_SELECTOR, css)]


@contextmanager
def next_page(browser: WebDriver) -> Iterator[None]:
    """What is done inside leads to another page, or to this one anew; waits until it is read."""
    before = browser.find_element(By.TAG_NAME, "html")
    yield
    gone = staleness_of(before)
    wait_until(lambda: gone(browser) and _is_read(browser), browser)


def press(browser: WebDriver, *keys: str) -> None:
    """Keys as from a keyboard: to whatever has the focus."""
    ActionChains(browser).send_keys(*keys).perform()


def click(browser: WebDriver, by: str, where: str) -> None:
    """Once it is there and nothing lies over it; tried again where the page changes meanwhile."""

    def clicked() -> bool:
        found = browser.find_element(by, where)
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        found.click()
        return True

    wait_until(clicked, browser, what=where)


def sign_in(browser: WebDriver, address: str, name: str, password: str, language: str = "") -> None:
    """By keyboard, at an address of the console that asks for it; language: "" for the window's."""
    browser.get(address)
    if language:
        browser.add_cookie({"name": "consulta_language", "value": language, "path": "/console/"})
        browser.refresh()
    press(browser, name, Keys.TAB, password)
    with next_page(browser):
        press(browser, Keys.ENTER)


def assert_fits(browser: WebDriver, width: int) -> None:
    """Nothing has to be scrolled sideways."""
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width, f"{browser.current_url}: {wide} of {width}"


def complaints(browser: WebDriver, *answers: int) -> list[str]:
    """What the browser wrote into its console since the last look.

    answers: the statuses that were asked for (404 where nothing is, 409 where somebody else was
    faster), of which it complains all the same.
    """
    logged: list[dict[str, str]] = browser.get_log("browser")  # type: ignore[attr-defined]
    return [each["message"] for each in logged if _status(each["message"]) not in answers]


def _status(message: str) -> int | None:
    found = _ANSWERED.search(message)
    return int(found[1]) if found else None


def _is_read(browser: WebDriver) -> bool:
    return bool(browser.execute_script("return document.readyState") == "complete")
