"""What messages cost is data that a clinic may replace."""

from decimal import Decimal
from pathlib import Path

import pytest

from integrations.twilio.prices import UNITS, BadPriceList, read_prices

HEAD = "channel,country,unit,price,as_of,source\n"


def test_our_own_list_names_a_unit_and_a_month_for_every_price() -> None:
    prices = read_prices().prices
    assert {("sms", country) for country in ("MX", "BR", "US")} <= set(prices)
    assert all(each.unit in UNITS and each.as_of for each in prices.values())


def test_a_country_without_a_price_of_its_own_takes_that_of_all_others(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(f"# ours\n{HEAD}sms,*,segment,0.05,2026-11,\nsms,MX,segment,0.01,2026-11,\n")
    prices = read_prices(path)
    assert (of := prices.of("sms", "MX")) is not None
    assert of.price == Decimal("0.01")
    assert (other := prices.of("sms", "DE")) is not None
    assert other.price == Decimal("0.05")
    assert prices.of("voice", "MX") is None


@pytest.mark.parametrize("line", ["sms,MX,segment", "sms,MX,segment,dear,2026-11,", "a,b,word,1,,"])
def test_a_line_that_is_no_price_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(f"# ours\n{HEAD}{line}\n")
    with pytest.raises(BadPriceList, match="line 3"):
        read_prices(path)
