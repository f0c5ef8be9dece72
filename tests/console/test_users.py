"""Users: added with a role and a password worth the name."""

from typing import TYPE_CHECKING

import pytest

from console.access.users import (
    UserError,
    UserExists,
    add_user,
    ensure_demo_user,
    password_is_right,
)
from console.tables import UserRow

if TYPE_CHECKING:
    from tests.console.conftest import House

PASSWORD = "a calm aurora morning"


def test_the_password_is_kept_as_an_argon2_hash(house: "House") -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    with house.database.read() as session:
        (kept,) = session.query(UserRow.password_hash).one()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    assert password_is_right(house.database, "Reception", PASSWORD)
    assert not password_is_right(house.database, "reception", PASSWORD + "!")


@pytest.mark.parametrize(
    ("name", "password", "role", "why"),
    [
        ("", PASSWORD, "reception", "name"),
        ("x" * 81, PASSWORD, "reception", "name"),
        ("two\nlines", PASSWORD, "reception", "name"),
        ("reception", "short", "reception", "password"),
        ("reception", "x" * 257, "reception", "password"),
        ("reception", PASSWORD, "king", "role"),
    ],
)
def test_a_user_without_sense_is_refused(
    house: "House", name: str, password: str, role: str, why: str
) -> None:
    with pytest.raises(UserError, match=why):
        add_user(house.database, name, password, role)


def test_a_name_is_taken_once(house: "House") -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    with pytest.raises(UserExists):
        add_user(house.database, "RECEPTION", PASSWORD, "manager")


def test_the_demo_user_gets_a_password_of_chance_shown_once(house: "House") -> None:
    password = ensure_demo_user(house.database)
    assert password is not None
    assert len(password) >= 16
    assert password_is_right(house.database, "demo", password)
    assert ensure_demo_user(house.database) is None, "it is shown once"


def test_a_console_with_users_gets_no_demo_user(house: "House") -> None:
    add_user(house.database, "reception", PASSWORD, "reception")
    assert ensure_demo_user(house.database) is None
    assert not password_is_right(house.database, "demo", "demo")
