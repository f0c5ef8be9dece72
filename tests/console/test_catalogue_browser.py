"""The catalogue in a real browser: wide and narrow, in three languages, by keyboard."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By as Where
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from console.access.users import add_user
from tests.console.conftest import PASSWORD, House
from tests.console.stocked import price
from tests.console.test_browser import _browser, _served

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


def _enter(browser: WebDriver, base: str, language: str) -> None:
    browser.get(base)
    browser.find_element(Where.CSS_SELECTOR, f"button[value={language}]").click()
    chosen = f"button[value={language}][aria-pressed]"
    WebDriverWait(browser, 20).until(lambda one: one.find_elements(Where.CSS_SELECTOR, chosen))
    browser.find_element(Where.NAME, "name").send_keys("manager" + Keys.TAB)
    browser.switch_to.active_element.send_keys(PASSWORD + Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda one: "/console/inbox" in one.current_url)


@pytest.mark.parametrize(
    ("width", "height", "language"), [(390, 844, "pt"), (390, 844, "es"), (1280, 900, "en")]
)
def test_every_page_of_the_catalogue_fits_and_breaks_no_policy(
    shop: House, free_port: Callable[[], int], width: int, height: int, language: str
) -> None:
    add_user(shop.database, "manager", PASSWORD, "manager")
    price(shop, date(2026, 3, 1), 90000, date(2026, 3, 20))
    price(shop, date(2026, 9, 1), 99000)
    with _served(shop, free_port()) as base, _browser(width, height) as browser:
        _enter(browser, base, language)
        for path in PATHS:
            browser.get(base + path)
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, path
        refused = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[attr-defined]
        assert not refused


def test_a_price_is_added_and_a_file_taken_by_keyboard(
    shop: House, free_port: Callable[[], int], tmp_path: Path
) -> None:
    add_user(shop.database, "manager", PASSWORD, "manager")
    path = tmp_path / "catalogue.csv"
    header = "service,branch,plan,amount,currency,tax_included,valid_from\n"
    path.write_text(header + "ultrasound,roma,public,99.50,MXN,yes,2026-07-01\n", encoding="utf-8")
    with _served(shop, free_port()) as base, _browser(1280, 900) as browser:
        _enter(browser, base, "en")
        browser.get(base + "catalogue/services/ultrasound/prices/roma/public")
        browser.find_element(Where.NAME, "amount").send_keys("980.00" + Keys.ENTER)
        _press(browser, "Confirm")
        _shown(browser, "$980.00 MXN")
        browser.get(base + "catalogue/import")
        browser.find_element(Where.NAME, "file").send_keys(str(path))
        _press(browser, "See what changes")
        _shown(browser, "What would change")
        _press(browser, "Take these 1 changes")
        _shown(browser, "1 changes were taken.")
    totals = sorted(each.terms.total for each in shop.editor.prices("ultrasound"))
    assert totals == [9950, 95000, 98000]


def _press(browser: WebDriver, words: str) -> None:
    """The main button of that name, by keyboard."""
    said = f"//main//button[normalize-space()='{words}']"
    WebDriverWait(browser, 20).until(lambda one: one.find_elements(Where.XPATH, said))
    browser.find_element(Where.XPATH, said).send_keys(Keys.ENTER)


def _shown(browser: WebDriver, words: str) -> None:
    said = f"//main//*[contains(normalize-space(), '{words}')]"
    WebDriverWait(browser, 20).until(lambda one: one.find_elements(Where.XPATH, said))
