"""One phone is one address, whoever writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.addresses import WITHHELD, canonical, is_withheld

DIGITS = st.text("0123456789", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("+525512345678", "+525512345678"),
        ("+5215512345678", "+525512345678"),
        ("whatsapp:+5215512345678", "+525512345678"),
        ("WhatsApp:+52 1 55 1234 5678", "+525512345678"),
        ("tel:+52 (55) 1234-5678", "+525512345678"),
        ("+551187654321", "+5511987654321"),
        ("whatsapp:+551187654321", "+5511987654321"),
        ("+5511987654321", "+5511987654321"),
        ("+551133334444", "+551133334444"),  # a landline has no ninth digit
        ("+12025550143", "+12025550143"),
        ("+521234567890", "+521234567890"),  # ten digits that begin with 1 are no mobile's 1
        ("whatsapp:MX.123", "MX.123"),
        ("client:anna", "client:anna"),
        ("Anonymous", "Anonymous"),
    ],
)
def test_an_address_is_written_one_way(written: str, address: str) -> None:
    assert canonical(written) == address


@given(DIGITS, st.sampled_from(["", "+", "+52", "+521", "+55", "whatsapp:+55", "whatsapp:"]))
def test_writing_it_twice_changes_nothing_more(digits: str, prefix: str) -> None:
    once = canonical(prefix + digits)
    assert canonical(once) == once


@given(st.text("0123456789", min_size=10, max_size=10))
def test_a_mexican_mobile_is_one_person_on_every_channel(digits: str) -> None:
    assert canonical(f"+521{digits}") == canonical(f"whatsapp:+52{digits}") == f"+52{digits}"


@given(
    st.integers(11, 99).filter(lambda area: area % 10),
    st.integers(60_000_000, 99_999_999) | st.integers(10_000_000, 19_999_999),
)
def test_a_brazilian_mobile_is_one_person_with_and_without_its_ninth_digit(
    area: int, number: int
) -> None:
    assert canonical(f"+55{area}{number}") == canonical(f"whatsapp:+55{area}9{number}")


@given(DIGITS, DIGITS)
def test_two_numbers_of_one_country_stay_two(one: str, other: str) -> None:
    if one != other:
        assert canonical(f"+1{one}") != canonical(f"+1{other}")


def test_a_hidden_number_leads_to_nobody() -> None:
    assert all(is_withheld(address) for address in [*WITHHELD, "Anonymous", ""])
    assert not is_withheld("+525512345678")
