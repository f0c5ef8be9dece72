"""The prices of one service, at one branch, under one plan, in the course of time. No I/O.

Days are the branch's. Of the prices that hold on a day the one that began last is in force.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from clinic.definitions import Wrong
from clinic.money import BASIS, total_and_tax

EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2199, 12, 31)
MOST: Final = 1_000_000_000
"""Minor units of one price."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """A price from one day to another (inclusive). Amounts in minor units, tax in basis points."""

    service: str
    branch: str
    plan: str
    valid_from: date
    valid_to: date | None
    amount: int
    currency: str
    tax_rate: int
    tax_included: bool

    @property
    def key(self) -> tuple[str, str, str, date]:
        """What only one price can stand for."""
        return self.service, self.branch, self.plan, self.valid_from

    @property
    def total(self) -> int:
        """What is to be paid, taxes included."""
        return total_and_tax(self.amount, self.tax_rate, included=self.tax_included)[0]

    def holds(self, day: date) -> bool:
        """Whether it holds that day; another that began later may be in force instead."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """A price of the list. told: in how many conversations it was told to somebody.

    promised: the last day for which it was told, None where it was told to nobody.
    """

    id: str
    version: int
    terms: PriceTerms
    told: int = 0
    promised: date | None = None

    def when(self, today: date) -> Literal["past", "now", "coming"]:
        """Whether it has ended, holds, or is still to begin."""
        if self.terms.valid_from > today:
            return "coming"
        return "now" if self.terms.holds(today) else "past"


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which one price is in force; last: None while no end is set. price: None for none."""

    first: date
    last: date | None
    price: ListedPrice | None


def spans(prices: Sequence[ListedPrice]) -> list[Span]:
    """Which price is in force from the first day of any on, in order of time."""
    found: list[Span] = []
    for day in sorted(_turns(prices)):
        price = in_force(prices, day)
        if found and found[-1].price == price:
            continue
        if found:
            found[-1] = replace(found[-1], last=day - _DAY)
        found.append(Span(day, None, price))
    return found[:-1] if found and found[-1].price is None else found


def _turns(prices: Sequence[ListedPrice]) -> set[date]:
    """The days on which another price may come into force, or none."""
    begins = {price.terms.valid_from for price in prices}
    ends = {price.terms.valid_to for price in prices} - {None, date.max}
    return begins | {day + _DAY for day in ends if day}


def in_force(prices: Sequence[ListedPrice], day: date) -> ListedPrice | None:
    """The price of that day."""
    holding = [price for price in prices if price.terms.holds(day)]
    return max(holding, key=lambda price: price.terms.valid_from, default=None)


def broken_promises(
    before: Sequence[ListedPrice], after: Sequence[ListedPrice]
) -> list[ListedPrice]:
    """The prices that somebody was told for days which would get another total."""
    changing = _turns(before) | _turns(after)
    found = []
    for price in before:
        if price.promised is None:
            continue
        days = {price.terms.valid_from, *(day for day in changing if day <= price.promised)}
        for day in days:
            then = in_force(after, day)
            was = in_force(before, day)
            if was == price and (then is None or then.terms.total != price.terms.total):
                found.append(price)
                break
    return found


def check_terms(terms: PriceTerms) -> list[Wrong]:
    """Everything that is wrong with a price in itself."""
    wrong = []
    if not 0 <= terms.tax_rate < BASIS:
        wrong.append(Wrong("tax_rate", "bad_rate"))
    if not 0 <= terms.amount <= MOST:
        wrong.append(Wrong("amount", "too_much"))
    if not EARLIEST <= terms.valid_from <= LATEST:
        wrong.append(Wrong("valid_from", "far_day"))
    if terms.valid_to is not None and terms.valid_to > LATEST:
        wrong.append(Wrong("valid_to", "far_day"))
    if terms.valid_to is not None and terms.valid_to < terms.valid_from:
        wrong.append(Wrong("valid_to", "ends_early"))
    return wrong
