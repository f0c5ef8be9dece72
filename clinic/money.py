"""Money in integer minor units, never in floating point."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

# ISO 4217: how many decimals a currency has, where it is not two.
_DECIMALS: Final = {"CLP": 0, "PYG": 0, "JPY": 0, "UYI": 0, "KWD": 3}
_RATE = re.compile(r"\d{1,2}(\.\d{1,2})?")
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,3})?")
BASIS: Final = 10_000
"""Basis points in a whole: a tax rate of 1600 is 16 %."""


def decimals(currency: str) -> int:
    """How many digits the currency's minor unit takes."""
    return _DECIMALS.get(currency, 2)


def parse_amount(text: str, currency: str) -> int:
    """Reads "1234.50" (no separators, a point) as minor units. Raises ValueError."""
    if not (text.isascii() and _AMOUNT.fullmatch(text)):
        raise ValueError("not an amount such as 1234.50")
    minor = Decimal(text).scaleb(decimals(currency))
    if minor != minor.to_integral_value():
        raise ValueError(f"too many decimals for {currency}")
    return int(minor)


def write_amount(minor: int, currency: str) -> str:
    """Minor units as `parse_amount` reads them."""
    digits = decimals(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


def parse_rate(text: str) -> int:
    """Reads per cent ("16", "8.25") as basis points. Raises ValueError."""
    if not (text.isascii() and _RATE.fullmatch(text)):
        raise ValueError("not a percentage such as 16")
    return int(Decimal(text) * BASIS / 100)


def write_rate(basis_points: int) -> str:
    """Basis points as per cent, as `parse_rate` reads them."""
    whole, rest = divmod(basis_points, BASIS // 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


def total_and_tax(amount: int, tax_rate: int, *, included: bool) -> tuple[int, int]:
    """What is to be paid, and the tax in it, both in minor units; halves are rounded up.

    tax_rate is in basis points; `included` says whether the amount already holds the tax.
    """
    if included:
        net = _rounded(Decimal(amount) * BASIS / (BASIS + tax_rate))
        return amount, amount - net
    tax = _rounded(Decimal(amount) * tax_rate / BASIS)
    return amount + tax, tax


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
