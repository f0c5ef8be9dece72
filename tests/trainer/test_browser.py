"""The keyboard round of a trainer in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from console.access.users import add_user
from tests.console.test_browser import PASSWORD, _browser, _served
from tests.trainer.said import hear
from trainer.desk import Desk
from trainer.models.runs import Runs, Step

if TYPE_CHECKING:
    from tests.console.conftest import House


def _press(browser: WebDriver, keys: str) -> None:
    browser.switch_to.active_element.send_keys(keys)


def _decided(browser: WebDriver, desk: Desk, count: int) -> None:
    WebDriverWait(browser, 20).until(lambda _: len(desk.labels.to_write()) == count)
    WebDriverWait(browser, 20).until(lambda one: one.find_elements(By.CSS_SELECTOR, ".current"))


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_a_trainer_decides_undoes_and_types_without_a_mouse(
    clinic: "House", desk: Desk, free_port: Callable[[], int], width: int, height: int
) -> None:
    add_user(clinic.database, "eva", PASSWORD, "trainer")
    first = ("deny", 0.3), ("cancel_appointment", 0.2)
    hear(clinic, "uy no alcanzo a llegar pasado mañana", *first)
    hear(clinic, "cuánto sale el chequeo ese del corazón", ("ask_services", 0.6))
    with _served(clinic, free_port()) as base, _browser(width, height) as browser:
        browser.get(base)
        _press(browser, "eva" + Keys.TAB)
        _press(browser, PASSWORD + Keys.ENTER)
        WebDriverWait(browser, 20).until(lambda one: one.current_url.endswith("/training"))
        WebDriverWait(browser, 20).until(lambda one: one.find_elements(By.CSS_SELECTOR, ".current"))
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        _press(browser, "2")
        _decided(browser, desk, 1)
        assert [each.example.intent for each in desk.labels.to_write()] == ["cancel_appointment"]
        _press(browser, "u")
        _decided(browser, desk, 0)
        _press(browser, "j")
        _press(browser, "i")
        _press(browser, "ask_price" + Keys.ENTER)
        _decided(browser, desk, 1)
        assert [each.example.intent for each in desk.labels.to_write()] == ["ask_price"]
        logged = browser.get_log("browser")  # type: ignore[attr-defined]
        assert not [each for each in logged if "404" not in each["message"]]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_a_training_is_begun_by_keyboard_and_its_page_changes_by_itself(
    clinic: "House", free_port: Callable[[], int], width: int, height: int
) -> None:
    add_user(clinic.database, "eva", PASSWORD, "trainer")
    runs = Runs(clinic.database)
    with _served(clinic, free_port()) as base, _browser(width, height) as browser:
        browser.get(base)
        _press(browser, "eva" + Keys.TAB)
        _press(browser, PASSWORD + Keys.ENTER)
        WebDriverWait(browser, 20).until(lambda one: one.current_url.endswith("/training"))
        browser.get(f"{base}training/models")
        button = browser.find_element(By.CSS_SELECTOR, "main .now button.main")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        button.send_keys(Keys.ENTER)
        WebDriverWait(browser, 20).until(lambda one: one.current_url.endswith("/runs/1"))
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        run = runs.claim(clinic.clock())
        assert run is not None
        runs.beat(1, [Step("validate", "done", 1.0, note="9731")], clinic.clock())
        WebDriverWait(browser, 20).until(lambda one: "9731" in one.find_element(By.ID, "run").text)
        assert browser.current_url.endswith("/runs/1")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_a_trainer_rewords_looks_at_every_channel_and_writes(
    clinic: "House",
    project: Path,
    free_port: Callable[[], int],
    width: int,
    height: int,
) -> None:
    add_user(clinic.database, "eva", PASSWORD, "trainer")
    with _served(clinic, free_port()) as base, _browser(width, height) as browser:
        browser.get(base)
        _press(browser, "eva" + Keys.TAB)
        _press(browser, PASSWORD + Keys.ENTER)
        WebDriverWait(browser, 20).until(lambda one: one.current_url.endswith("/training"))
        browser.get(f"{base}training/responses?flow=small_talk&lang=es")
        _fits(browser, width)
        browser.find_element(By.PARTIAL_LINK_TEXT, "utter_hello").send_keys(Keys.ENTER)
        field = WebDriverWait(browser, 20).until(lambda one: one.find_element(By.ID, "text-all-1"))
        field.send_keys(" ¿Cómo está?")
        browser.find_element(By.CSS_SELECTOR, "[value=preview]").send_keys(Keys.ENTER)
        WebDriverWait(browser, 20).until(
            lambda one: "Hola. ¿Como esta?" in one.find_element(By.CLASS_NAME, "previews").text
        )
        heard = browser.find_element(By.CLASS_NAME, "heard").text
        assert heard == "Hola. ¿Cómo está?", "a voice keeps its accents"
        _fits(browser, width)
        browser.find_element(By.CSS_SELECTOR, "[value=keep]").send_keys(Keys.ENTER)
        WebDriverWait(browser, 20).until(lambda one: "kept=1" in one.current_url)
        browser.get(f"{base}training/labels")
        _fits(browser, width)
        browser.find_element(By.CSS_SELECTOR, "[name=token] + button").send_keys(Keys.ENTER)
        WebDriverWait(browser, 20).until(lambda one: "written=1" in one.current_url)
        logged = browser.get_log("browser")  # type: ignore[attr-defined]
        assert not [each for each in logged if "404" not in each["message"]]
    assert (
        b'text: "Hola. \xc2\xbfC\xc3\xb3mo est\xc3\xa1?"' in (project / "domain.yml").read_bytes()
    )


def _fits(browser: WebDriver, width: int) -> None:
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
