"""The console in a real browser: on a phone, by keyboard, with nothing the policy refuses."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from console.inbox import notes
from conversations.threads import Threads
from tests.browser import assert_fits, click, next_page, press, texts, wait_for, wait_until
from tests.console.at_work import at_work

if TYPE_CHECKING:
    from tests.console.conftest import House

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_the_console_fits_and_breaks_no_policy(
    house: "House", free_port: Callable[[], int], width: int, height: int
) -> None:
    ana = house.patient("Ana Torres", "+525500000001")
    house.visit(ana, "roma", house.time.now + timedelta(hours=1))
    heard = house.hear("+525500000001", "x" * 300 + " quiero hablar con una persona")
    house.conversations.hand_off(heard.conversation_id, "wish", house.time.now)
    desk = at_work(house, free_port(), "reception", width, height, answers=(HTTPStatus.NOT_FOUND,))
    with desk as (base, browser):
        thread = Threads(house.database).of_patient(ana.id).id
        notes.add_tag(house, thread, "x" * 40)
        notes.add(house, thread, "0" * 32, "x" * 300, "reception")
        for path in (
            *("inbox", "agenda", f"patients/{ana.id}", "waiting", "search", "patients/nobody"),
            *("inbox?sort=waiting&branch=roma", f"threads/{thread}/print"),
        ):
            browser.get(base + path)
            assert_fits(browser, width)


def test_a_new_message_comes_into_the_inbox_by_itself_and_is_read_by_opening_it(
    house: "House", free_port: Callable[[], int]
) -> None:
    house.patient("Ana Torres", "+525500000001")
    with at_work(house, free_port(), "reception", 390, 844) as (base, browser):
        assert not browser.find_elements(By.CSS_SELECTOR, ".inbox li")
        house.hear("+525500000001", "ya voy en camino")
        wait_for(browser, "ya voy en camino", ".inbox .unread a")
        with next_page(browser):
            click(browser, By.CSS_SELECTOR, ".inbox .unread a")
        assert "/console/patients/" in browser.current_url
        browser.find_element(By.CSS_SELECTOR, "#notes summary").click()
        browser.find_element(By.CSS_SELECTOR, "#notes textarea").send_keys("llegará tarde")
        browser.find_element(By.CSS_SELECTOR, "#notes button").click()
        wait_until(lambda: texts(browser, ".noted .text") == ["llegará tarde"], browser)
        browser.get(f"{base}inbox")
        assert not browser.find_elements(By.CSS_SELECTOR, ".inbox .unread")


def test_the_keyboard_reaches_the_content_past_the_menu(
    house: "House", free_port: Callable[[], int]
) -> None:
    with at_work(house, free_port(), "reception", 1440) as (_, browser):
        press(browser, Keys.TAB)
        assert browser.switch_to.active_element.get_attribute("class") == "skip"
        press(browser, Keys.ENTER)
        assert browser.switch_to.active_element.get_attribute("id") == "content"
