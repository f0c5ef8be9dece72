"""What every price list behind `clinic.ports.Prices` must do."""

from datetime import UTC, date, datetime

import pytest

from clinic.catalogue import (
    NoPrice,
    ServiceNotAtBranch,
    UnknownBranch,
    UnknownPlan,
    UnknownService,
)
from tests.integrations.small_clinic import NOW, SmallClinic


def test_a_quote_is_the_total_with_taxes(clinic: SmallClinic) -> None:
    included = clinic.prices.quote("blood", "centro", "public", NOW)
    assert (included.total, included.tax, included.currency) == (18000, 2483, "MXN")
    added = clinic.prices.quote("blood", "centro", "corporate", NOW)
    assert (added.total, added.tax) == (14000, 1931)


def test_a_quote_names_the_row_it_was_read_from(clinic: SmallClinic) -> None:
    quote = clinic.prices.quote("blood", "centro", "public", NOW)
    assert (quote.service, quote.branch, quote.plan) == ("blood", "centro", "public")
    assert quote.price_id
    assert quote.version == 1
    assert quote.valid_until is None


def test_validity_is_judged_by_the_branchs_calendar(clinic: SmallClinic) -> None:
    """At 05:59 UTC of New Year's Day it is still the old year in Mexico City."""
    before = datetime(2026, 1, 1, 5, 59, tzinfo=UTC)
    after = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
    old = clinic.prices.quote("blood", "centro", "public", before)
    assert (old.total, old.valid_until) == (15000, date(2025, 12, 31))
    assert clinic.prices.quote("blood", "centro", "public", after).total == 18000


def test_a_promotion_holds_while_it_lasts(clinic: SmallClinic) -> None:
    def ask(day: int) -> tuple[int, date | None]:
        quote = clinic.prices.quote(
            "consult", "centro", "public", datetime(2026, 3, day, 18, tzinfo=UTC)
        )
        return quote.total, quote.valid_until

    assert ask(5) == (80000, date(2026, 3, 5))
    assert ask(6) == (60000, date(2026, 3, 9))
    assert ask(9) == (60000, date(2026, 3, 9))
    assert ask(10) == (80000, None)


@pytest.mark.parametrize(
    ("service", "branch", "plan", "error"),
    [
        ("nothing", "centro", "public", UnknownService),
        ("blood", "nowhere", "public", UnknownBranch),
        ("blood", "centro", "nobody", UnknownPlan),
        ("blood", "frontera", "public", ServiceNotAtBranch),
        ("consult", "frontera", "corporate", NoPrice),
    ],
)
def test_what_has_no_price_says_why(
    clinic: SmallClinic, service: str, branch: str, plan: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        clinic.prices.quote(service, branch, plan, NOW)


def test_no_price_is_in_force_before_the_first(clinic: SmallClinic) -> None:
    with pytest.raises(NoPrice):
        clinic.prices.quote("blood", "centro", "public", datetime(2024, 6, 1, tzinfo=UTC))


def test_every_price_that_was_told_is_kept(clinic: SmallClinic) -> None:
    quote = clinic.prices.quote("blood", "centro", "public", NOW)
    first = clinic.prices.keep(quote, "conversation", NOW)
    assert first != clinic.prices.keep(quote, "conversation", NOW)
