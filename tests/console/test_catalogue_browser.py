"""The catalogue in a real browser: wide and narrow, in three languages, by keyboard."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser import assert_fits, click, next_page, press, wait_for
from tests.console.at_work import at_work
from tests.console.conftest import House
from tests.console.stocked import price

pytestmark = pytest.mark.browser

PATHS = (
    "catalogue",
    "catalogue?flag=no_preparation",
    "catalogue/new",
    "catalogue/import",
    "catalogue/services/ultrasound",
    "catalogue/services/ultrasound?lang=pt&at=paulista&channel=voice",
    "catalogue/services/ultrasound/edit",
    "catalogue/services/ultrasound/places",
    "catalogue/services/ultrasound/prices/roma/public",
)


def _speak(browser: WebDriver, language: str) -> None:
    with next_page(browser):
        click(browser, By.CSS_SELECTOR, f"button[value={language}]")
    assert browser.find_elements(By.CSS_SELECTOR, f"button[value={language}][aria-pressed]")


@pytest.mark.parametrize(
    ("width", "height", "language"), [(390, 844, "pt"), (390, 844, "es"), (1280, 900, "en")]
)
def test_every_page_of_the_catalogue_fits_and_breaks_no_policy(
    shop: House, free_port: Callable[[], int], width: int, height: int, language: str
) -> None:
    price(shop, date(2026, 3, 1), 90000, date(2026, 3, 20))
    price(shop, date(2026, 9, 1), 99000)
    with at_work(shop, free_port(), "manager", width, height) as (base, browser):
        _speak(browser, language)
        for path in PATHS:
            browser.get(base + path)
            assert_fits(browser, width)


def test_a_price_is_added_and_a_file_taken_by_keyboard(
    shop: House, free_port: Callable[[], int], tmp_path: Path
) -> None:
    path = tmp_path / "catalogue.csv"
    header = "service,branch,plan,amount,currency,tax_included,valid_from\n"
    path.write_text(header + "ultrasound,roma,public,99.50,MXN,yes,2026-07-01\n", encoding="utf-8")
    with at_work(shop, free_port(), "manager", 1280) as (base, browser):
        _speak(browser, "en")
        browser.get(base + "catalogue/services/ultrasound/prices/roma/public")
        browser.find_element(By.NAME, "amount").send_keys("980.00")
        with next_page(browser):
            press(browser, Keys.ENTER)
        _press(browser, "Confirm")
        wait_for(browser, "$980.00 MXN")
        browser.get(base + "catalogue/import")
        browser.find_element(By.NAME, "file").send_keys(str(path))
        _press(browser, "See what changes")
        wait_for(browser, "What would change")
        _press(browser, "Take these 1 changes")
        wait_for(browser, "1 changes were taken.")
    totals = sorted(each.terms.total for each in shop.editor.prices("ultrasound"))
    assert totals == [9950, 95000, 98000]


def _press(browser: WebDriver, words: str) -> None:
    """The main button of that name, by keyboard."""
    button = browser.find_element(By.XPATH, f"//main//button[normalize-space()='{words}']")
    with next_page(browser):
        button.send_keys(Keys.ENTER)
