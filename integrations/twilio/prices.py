"""What a message costs, by channel and country: a table to be adapted, never a promise."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

OURS: Final = Path(__file__).with_name("prices.csv")
ELSEWHERE: Final = "*"
UNITS: Final = frozenset({"segment", "message", "minute"})


class BadPriceList(ValueError):
    """The file is no price list; the text says which line."""


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """US dollars for one unit (segment, message or minute), as listed in that month."""

    unit: str
    price: Decimal
    as_of: str


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices by channel and ISO country."""

    prices: Mapping[tuple[str, str], UnitPrice]

    def of(self, channel: str, country: str) -> UnitPrice | None:
        """None where the list has neither the country nor a price for all others."""
        return self.prices.get((channel, country)) or self.prices.get((channel, ELSEWHERE))


def read_prices(path: Path = OURS) -> PriceList:
    """Reads a list. Raises BadPriceList, or OSError where it cannot be read."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [(number, line) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    prices = {}
    for (number, _), row in zip(kept[1:], csv.DictReader(line for _, line in kept), strict=False):
        try:
            listed = UnitPrice(row["unit"], Decimal(row["price"]), row["as_of"])
            key = row["channel"], row["country"]
        except (KeyError, TypeError, InvalidOperation):
            raise BadPriceList(f"line {number} is no price") from None
        if listed.unit not in UNITS or listed.price < 0:
            raise BadPriceList(f"line {number} has an unknown unit or a price below zero")
        prices[key] = listed
    return PriceList(prices)
