"""Which price is in force when, and which told prices a change would make untrue."""

from datetime import date, timedelta

import pytest

from clinic.price_list import (
    ListedPrice,
    PriceTerms,
    broken_promises,
    check_terms,
    in_force,
    spans,
)


def _price(
    first: str, last: str | None, amount: int, told: int = 0, promised: str | None = None
) -> ListedPrice:
    begins, ends = date.fromisoformat(first), date.fromisoformat(last) if last else None
    terms = PriceTerms("tsh", "roma", "public", begins, ends, amount, "MXN", 0, True)
    until = date.fromisoformat(promised) if promised else None
    return ListedPrice(f"{first}/{amount}", 1, terms, told, until)


YEAR = _price("2026-01-01", None, 100)
PROMOTION = _price("2026-03-06", "2026-03-09", 60)
NEXT = _price("2026-06-01", None, 120)


def test_a_promotion_needs_no_hole_in_the_list() -> None:
    assert [(span.first.isoformat(), span.price) for span in spans([YEAR, PROMOTION, NEXT])] == [
        ("2026-01-01", YEAR),
        ("2026-03-06", PROMOTION),
        ("2026-03-10", YEAR),
        ("2026-06-01", NEXT),
    ]


def test_days_without_a_price_are_a_span_of_their_own() -> None:
    last_year = _price("2025-01-01", "2025-12-31", 90)
    found = spans([last_year, PROMOTION])
    assert [(span.price, span.last) for span in found] == [
        (last_year, date(2025, 12, 31)),
        (None, date(2026, 3, 5)),
        (PROMOTION, date(2026, 3, 9)),
    ]


def test_the_spans_say_of_every_day_what_is_in_force() -> None:
    prices = [YEAR, PROMOTION, NEXT, _price("2026-03-08", "2026-07-01", 70)]
    found = spans(prices)
    for ahead in range(400):
        day = date(2025, 12, 1) + timedelta(days=ahead)
        said = [
            span.price
            for span in found
            if span.first <= day and (span.last is None or day <= span.last)
        ]
        assert (said[0] if said else None) == in_force(prices, day)


def test_a_price_that_was_told_is_broken_by_a_correction_and_by_an_earlier_end() -> None:
    told = _price("2026-01-01", None, 100, told=3, promised="2026-05-31")
    corrected = _price("2026-01-01", None, 110)
    ended = _price("2026-01-01", "2026-04-30", 100)
    for after in ([corrected], [ended], []):
        assert broken_promises([told], after) == [told]
    assert broken_promises([told], [told, _price("2026-05-01", None, 120)]) == [told]


def test_a_change_after_what_was_told_breaks_nothing() -> None:
    told = _price("2026-01-01", None, 100, told=3, promised="2026-05-31")
    assert broken_promises([told], [told, NEXT]) == []
    assert broken_promises([told], [_price("2026-01-01", "2026-05-31", 100), NEXT]) == []
    same = _price("2026-02-01", None, 100)
    assert broken_promises([told], [told, same]) == []


def test_a_told_price_that_another_covered_keeps_its_word_on_those_days() -> None:
    told = _price("2026-01-01", None, 100, told=1, promised="2026-03-07")
    raised = _price("2026-03-06", "2026-03-09", 65)
    assert broken_promises([told, PROMOTION], [told, raised]) == []


@pytest.mark.parametrize(
    ("first", "last", "amount", "field"),
    [
        ("2026-01-01", "2025-12-31", 100, "valid_to"),
        ("1066-01-01", None, 100, "valid_from"),
        ("2026-01-01", "9999-12-31", 100, "valid_to"),
        ("2026-01-01", None, 10**12, "amount"),
    ],
)
def test_a_price_that_cannot_be_is_refused(
    first: str, last: str | None, amount: int, field: str
) -> None:
    wrong = check_terms(_price(first, last, amount).terms)
    assert [each.field for each in wrong] == [field]


def test_an_end_at_the_end_of_time_is_no_error_of_the_reading() -> None:
    assert spans([_price("2026-01-01", "9999-12-31", 100)])[0].last is None
