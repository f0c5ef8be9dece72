"""The keyboard round of a trainer in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser import assert_fits, next_page, press, texts, wait_for
from tests.console.at_work import at_work
from tests.trainer.said import hear
from trainer.desk import Desk
from trainer.models.runs import Runs, Step

if TYPE_CHECKING:
    from tests.console.conftest import House

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)]),
]


def test_a_trainer_decides_undoes_and_types_without_a_mouse(
    clinic: "House", desk: Desk, free_port: Callable[[], int], width: int, height: int
) -> None:
    first = ("deny", 0.3), ("cancel_appointment", 0.2)
    hear(clinic, "uy no alcanzo a llegar pasado mañana", *first)
    hear(clinic, "cuánto sale el chequeo ese del corazón", ("ask_services", 0.6))

    def decided() -> list[str | None]:
        return [each.example.intent for each in desk.labels.to_write()]

    with at_work(clinic, free_port(), "trainer", width, height) as (_, browser):
        assert_fits(browser, width)
        with next_page(browser):
            press(browser, "2")
        assert decided() == ["cancel_appointment"]
        with next_page(browser):
            press(browser, "u")
        assert decided() == []
        press(browser, "j", "i", "ask_price")
        with next_page(browser):
            press(browser, Keys.ENTER)
        assert decided() == ["ask_price"]


def test_a_training_is_begun_by_keyboard_and_its_page_changes_by_itself(
    clinic: "House", free_port: Callable[[], int], width: int, height: int
) -> None:
    runs = Runs(clinic.database)
    with at_work(clinic, free_port(), "trainer", width, height) as (base, browser):
        browser.get(f"{base}training/models")
        assert_fits(browser, width)
        with next_page(browser):
            browser.find_element(By.CSS_SELECTOR, "main .now button.main").send_keys(Keys.ENTER)
        assert browser.current_url.endswith("/runs/1")
        assert_fits(browser, width)
        run = runs.claim(clinic.clock())
        assert run is not None
        runs.beat(1, [Step("validate", "done", 1.0, note="9731")], clinic.clock())
        wait_for(browser, "9731", "#run")
        assert browser.current_url.endswith("/runs/1")


def test_a_trainer_rewords_looks_at_every_channel_and_writes(
    clinic: "House", project: Path, free_port: Callable[[], int], width: int, height: int
) -> None:
    with at_work(clinic, free_port(), "trainer", width, height) as (base, browser):
        browser.get(f"{base}training/responses?flow=small_talk&lang=es")
        assert_fits(browser, width)
        _follow(browser, By.PARTIAL_LINK_TEXT, "utter_hello")
        browser.find_element(By.ID, "text-all-1").send_keys(" ¿Cómo está?")
        browser.find_element(By.CSS_SELECTOR, "[value=preview]").send_keys(Keys.ENTER)
        wait_for(browser, "Hola. ¿Como esta?", ".previews")
        assert texts(browser, ".heard") == ["Hola. ¿Cómo está?"], "a voice keeps its accents"
        assert_fits(browser, width)
        _follow(browser, By.CSS_SELECTOR, "[value=keep]")
        assert "kept=1" in browser.current_url
        browser.get(f"{base}training/labels")
        assert_fits(browser, width)
        _follow(browser, By.CSS_SELECTOR, "[name=token] + button")
        assert "written=1" in browser.current_url
    written = (project / "domain.yml").read_text(encoding="utf-8")
    assert 'text: "Hola. ¿Cómo está?"' in written


def _follow(browser: WebDriver, by: str, where: str) -> None:
    """A link or a button that leads on, by keyboard."""
    found = browser.find_element(by, where)
    with next_page(browser):
        found.send_keys(Keys.ENTER)
