"""The trainer's round to its end: misread, labelled, written, trained, published, understood."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from console.access.users import add_user
from simulator.phone import Phone
from tests.browser import chromium, click, complaints, sign_in, wait_for
from tests.console.conftest import PASSWORD
from tests.trainer.world import World

pytestmark = [pytest.mark.engine, pytest.mark.browser]

MISREAD = "zurce el dobladillo morado del perchero"
"""Nobody says so: the engine cannot know it, and has to be told that it means the waitlist."""
TRAINED_WITHIN = 600.0  # seconds


@contextmanager
def _at_work(world: World, name: str) -> Iterator[WebDriver]:
    add_user(world.database, name, PASSWORD, "trainer")
    with chromium(1280) as browser:
        sign_in(browser, f"{world.instance.url}/console/training", name, PASSWORD, "en")
        yield browser
        assert not complaints(browser)


def _press(browser: WebDriver, words: str) -> None:
    xpath = f"//main//*[self::button or self::a][contains(normalize-space(), '{words}')]"
    click(browser, By.XPATH, xpath)


def _intent(world: World, phone: Phone, address: str) -> tuple[str | None, str | None]:
    """Says it; how it was read, and by which model."""
    phone.text(MISREAD)
    phone.wait_for_reply(60)
    heard = [each for each in world.thread(address) if each.direction == "in"]
    return heard[-1].intent, heard[-1].model


def _label(browser: WebDriver) -> None:
    """From the message to the files."""
    wait_for(browser, "What the assistant was unsure of")
    card = browser.find_element(By.XPATH, f"//input[@value='{MISREAD}']/ancestor::form")
    card.find_element(By.NAME, "intent").send_keys("join_waitlist\n")
    wait_for(browser, "Decision kept")
    _press(browser, "To write")
    _press(browser, "Write to the files")
    wait_for(browser, "Written: 1 changes")


def _train_and_publish(world: World, browser: WebDriver) -> int:
    """From the files to the running engine; the model's number."""
    _press(browser, "Models")
    _press(browser, "Train now")
    wait_for(browser, "% done")
    wait_for(browser, "Done", seconds=TRAINED_WITHIN)
    browser.refresh()
    wait_for(browser, "meets all that is required")
    wait_for(browser, MISREAD)  # among what is read otherwise, and among the new examples
    number = max(each.number for each in world.models.models())
    _press(browser, f"Publish model {number}")
    wait_for(browser, f"Model {number} answers", seconds=60)
    return number


def test_a_misread_message_is_understood_after_the_round(world: World) -> None:
    person, before = world.people.person("es"), world.models.published()
    assert before is not None
    with Phone(world.instance.url, person.phone) as phone:
        intent, model = _intent(world, phone, person.phone)
        assert intent != "join_waitlist"
        assert model == f"consulta-{before.id}"

    with _at_work(world, "eva") as browser:
        _label(browser)
        number = _train_and_publish(world, browser)

    published = world.models.published()
    assert published is not None
    assert published.number == number
    fresh = world.people.person("es")
    with Phone(world.instance.url, fresh.phone) as phone:
        assert _intent(world, phone, fresh.phone) == ("join_waitlist", f"consulta-{published.id}")

    # What serves after a restart, and one step back, from the command line.
    assert world.instance.consulta("trainer", "models", "--json")[0]["published"] is True
    assert world.instance.consulta("trainer", "back", "--json")["id"] == before.id
