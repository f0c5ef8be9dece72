"""Money is whole minor units; nothing is lost or made by taxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.money import decimals, parse_amount, total_and_tax

AMOUNTS, RATES = st.integers(0, 10**12), st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("1234.50", "MXN", 123450), ("0.1", "BRL", 10), ("15000", "CLP", 15000), ("7", "USD", 700)],
)
def test_an_amount_is_read_exactly(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1,234.50", "MXN"),
        ("-1", "MXN"),
        ("", "MXN"),
        ("1e3", "MXN"),
        ("1.005", "MXN"),
        ("1.5", "CLP"),
    ],
)
def test_what_may_mean_another_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"amount|decimals"):
        parse_amount(text, currency)


def test_a_currency_has_two_decimals_unless_it_has_not() -> None:
    assert (decimals("MXN"), decimals("CLP"), decimals("KWD")) == (2, 0, 3)


def test_taxes_are_in_the_total_or_added_to_it() -> None:
    assert total_and_tax(11600, 1600, included=True) == (11600, 1600)
    assert total_and_tax(10000, 1600, included=False) == (11600, 1600)
    assert total_and_tax(12069, 1600, included=False) == (14000, 1931)
    assert total_and_tax(500, 0, included=False) == (500, 0)


@given(AMOUNTS, RATES)
def test_taking_the_tax_out_and_adding_it_again_gives_the_total(amount: int, rate: int) -> None:
    total, tax = total_and_tax(amount, rate, included=True)
    assert total == amount
    again, _ = total_and_tax(total - tax, rate, included=False)
    assert abs(again - total) <= 1


@given(AMOUNTS, RATES, st.booleans())
def test_the_tax_is_never_more_than_the_total(amount: int, rate: int, included: bool) -> None:
    total, tax = total_and_tax(amount, rate, included=included)
    assert 0 <= tax <= total
