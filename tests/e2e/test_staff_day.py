"""A morning at the desk: a patient asks for a person, is answered, and given back to the bot."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import Select

from console.access.users import add_user
from integrations.database import open_database
from simulator.phone import Phone
from tests.browser import (
    assert_fits,
    chromium,
    click,
    complaints,
    sign_in,
    wait_for,
    wait_until,
)
from tests.console.conftest import PASSWORD
from tests.e2e.instance import Instance
from tests.e2e.people import People

pytestmark = [pytest.mark.engine, pytest.mark.browser]


class Desk:
    """The console as somebody of the staff sees it."""

    def __init__(self, browser: WebDriver) -> None:
        self.browser = browser

    def shows(self, text: str) -> None:
        """Sooner or later."""
        wait_for(self.browser, text)

    def click(self, words: str) -> None:
        xpath = f"//main//button[normalize-space()='{words}' or @aria-label='{words}']"
        click(self.browser, By.XPATH, xpath)

    def write(self, text: str) -> None:
        self.browser.find_element(By.CSS_SELECTOR, "#reply [name=text]").send_keys(text)

    def written(self) -> str:
        return str(
            self.browser.find_element(By.CSS_SELECTOR, "#reply [name=text]").get_property("value")
        )


@contextmanager
def _at_work(instance: Instance, name: str, width: int) -> Iterator[Desk]:
    """Somebody signed in before the queue, in a window so wide."""
    database = open_database(instance.settings.database_url)
    add_user(database, name, PASSWORD, "reception")
    database.close()
    with chromium(width) as browser:
        sign_in(browser, f"{instance.url}/console/waiting", name, PASSWORD, "es")
        yield Desk(browser)
        assert not complaints(browser, HTTPStatus.CONFLICT)  # what was written past news


def _ask_and_be_taken(desk: Desk, phone: Phone, name: str) -> None:
    """The queue changes by itself, and somebody takes what came."""
    phone.text("quiero hablar con una persona")
    phone.wait_for_reply(containing="una persona")
    desk.click(f"Tomar: {name}")
    desk.shows("Devolver al asistente")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_person_takes_over_answers_and_gives_back(
    instance: Instance, people: People, width: int
) -> None:
    person = people.person("es")
    with (
        _at_work(instance, f"desk{width}", width) as desk,
        Phone(instance.url, person.phone) as phone,
    ):
        assert_fits(desk.browser, width)
        _ask_and_be_taken(desk, phone, person.patient.name)
        assert_fits(desk.browser, width)
        desk.write("Buenos días, ¿en qué le ayudo?")
        desk.shows("30 de 1600 caracteres")
        desk.click("Enviar")
        phone.wait_for_reply(containing="en qué le ayudo")
        desk.shows("Buenos días, ¿en qué le ayudo?")
        _is_answered_past_news(desk, phone)

        desk.click("Devolver al asistente")
        phone.wait_for_reply(containing="asistente")
        desk.shows("Tomar la conversación")
        phone.text("¿a qué hora abren?")
        assert ":" in phone.wait_for_reply().text


def _is_answered_past_news(desk: Desk, phone: Phone) -> None:
    """The bot is silent, and what the patient writes meanwhile is seen before the reply goes."""
    phone.text("cancele mi cita")
    assert phone.stays_quiet(5)
    desk.write("Con gusto.")
    desk.click("Enviar")
    desk.shows("Llegó un mensaje mientras escribía")
    desk.shows("cancele mi cita")
    desk.click("Enviar")
    phone.wait_for_reply(containing="Con gusto")


def test_canned_words_are_put_into_the_box_in_place(instance: Instance, people: People) -> None:
    person = people.person("es")
    with (
        _at_work(instance, "deskcanned", 1280) as desk,
        Phone(instance.url, person.phone) as phone,
    ):
        _ask_and_be_taken(desk, phone, person.patient.name)
        here = desk.browser.current_url
        canned = Select(desk.browser.find_element(By.NAME, "canned"))
        canned.select_by_visible_text("Próxima cita")
        desk.click("Insertar")
        wait_until(lambda: "Su próxima cita" in desk.written(), desk.browser)
        assert desk.browser.current_url == here
        desk.click("Enviar")
        phone.wait_for_reply(containing="xima cita")
