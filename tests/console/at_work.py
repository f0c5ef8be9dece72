"""Somebody of the staff at the console in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from selenium.webdriver.remote.webdriver import WebDriver

from console.access.users import add_user
from tests.browser import chromium, complaints, serve, sign_in
from tests.console.conftest import PASSWORD, House

_FIRST_PAGES = {"reception": "/inbox", "manager": "/inbox", "trainer": "/training"}


@contextmanager
def at_work(
    house: House,
    port: int,
    role: str,
    width: int,
    height: int = 900,
    *,
    answers: tuple[int, ...] = (),
) -> Iterator[tuple[str, WebDriver]]:
    """Signed in by keyboard: the console's address and the window, which complains of nothing.

    answers: the statuses that pages are expected to answer with, besides those of success.
    """
    add_user(house.database, role, PASSWORD, role, clock=house.clock)
    with serve(house.app(), port) as address, chromium(width, height) as browser:
        base = f"{address}/console/"
        sign_in(browser, base, role, PASSWORD)
        assert browser.current_url.endswith(_FIRST_PAGES[role])
        yield base, browser
        assert not complaints(browser, *answers)
