"""Prices are shown before they change, and what somebody was told is not altered silently."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from console.access import audit
from tests.console.conftest import NOW, House
from tests.console.stocked import PRICE, SERVICE, SignIn, enter_as, fields, price, stock


def _price_form(page: str, **typed: str) -> dict[str, str]:
    form = fields(page)
    form |= {"tax_rate": "16", "tax_included": "yes", "valid_from": "", "valid_to": ""}
    return form | typed


def test_a_price_is_previewed_and_then_added(manager: FlaskClient, shop: House) -> None:
    form = _price_form(manager.get(PRICE).text, amount="990.50", valid_from="2026-06-01")
    shown = manager.post(PRICE, data=form)
    assert shown.status_code == 200
    assert "desde el 1 jun 2026" in shown.text
    assert "$990.50 MXN" in shown.text
    assert len(shop.editor.prices("ultrasound")) == 1
    answer = manager.post(f"{PRICE}/change", data=fields(shown.text))
    assert answer.status_code == 303
    assert shop.prices.quote("ultrasound", "roma", "public", NOW).valid_until == date(2026, 5, 31)
    newest = audit.read(shop, limit=1)[0]
    assert newest.action == "catalogue_price_added"
    assert ["2026-06-01", "amount", None, 99050] in newest.details["changed"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount": "1,234.50"}, "Debe ser un importe como 1234.50"),
        ({"amount": "-1"}, "Debe ser un importe"),
        ({"amount": "1.999"}, "Debe ser un importe"),
        ({"amount": "999999999999"}, "Es más que cualquier precio"),
        ({"amount": "١٢"}, "Debe ser un importe"),
        ({"tax_rate": "160"}, "Debe ser un porcentaje"),
        ({"valid_from": "tomorrow"}, "Debe ser una fecha"),
        ({"valid_from": ""}, "Debe ser una fecha"),
        ({"valid_from": "2026-01-01"}, "Ya hay un precio desde ese día"),
        ({"valid_from": "1066-01-01"}, "entre 1990 y 2199"),
        ({"valid_to": "2026-01-01"}, "Es anterior al primer día"),
    ],
)
def test_a_price_that_cannot_be_is_refused_at_its_field(
    manager: FlaskClient, typed: dict[str, str], said: str
) -> None:
    form = _price_form(manager.get(PRICE).text, amount="10.00", valid_from="2026-06-01")
    answer = manager.post(PRICE, data=form | typed)
    assert answer.status_code == 409
    assert said in answer.text
    changed = manager.post(f"{PRICE}/change", data=form | typed)
    assert changed.status_code == 409


def test_a_told_price_is_corrected_only_with_a_reason(manager: FlaskClient, shop: House) -> None:
    quote = shop.prices.quote("ultrasound", "roma", "public", NOW)
    for talk in ("one", "two"):
        shop.prices.keep(quote, talk, NOW)
    path = f"{PRICE}?do=correct&id={quote.price_id}"
    form = _price_form(manager.get(path).text, amount="960.00")
    shown = manager.post(PRICE, data=form)
    assert "Se dijo otro precio en 2 conversaciones" in shown.text
    silent = fields(shown.text) | {"reason": "  "}
    refused = manager.post(f"{PRICE}/change", data=silent)
    assert refused.status_code == 409
    assert shop.prices.quote("ultrasound", "roma", "public", NOW).total == 95000
    told = fields(refused.text) | {"reason": "Error de captura"}
    assert manager.post(f"{PRICE}/change", data=told).status_code == 303
    assert shop.prices.quote("ultrasound", "roma", "public", NOW).total == 96000
    assert "«Error de captura»" in manager.get(SERVICE).text


def test_a_price_changed_meanwhile_is_shown_anew(manager: FlaskClient, shop: House) -> None:
    form = _price_form(manager.get(PRICE).text, amount="990.00", valid_from="2026-06-01")
    shown = manager.post(PRICE, data=form)
    price(shop, date(2026, 5, 1), 97000)
    answer = manager.post(f"{PRICE}/change", data=fields(shown.text))
    assert answer.status_code == 409
    assert "Los precios cambiaron mientras tanto" in answer.text
    assert "$970.00 MXN" in answer.text
    assert len(shop.editor.prices("ultrasound")) == 2
    assert manager.post(f"{PRICE}/change", data=fields(answer.text)).status_code == 303
    assert len(shop.editor.prices("ultrasound")) == 3


def test_a_price_is_ended_and_a_coming_one_taken_back(manager: FlaskClient, shop: House) -> None:
    price(shop, date(2026, 9, 1), 99000)
    now, coming = shop.editor.prices("ultrasound")
    page = manager.get(f"{PRICE}?do=end&id={now.id}").text
    form = fields(page) | {"valid_to": "2026-06-30"}
    shown = manager.post(PRICE, data=form)
    assert "ningún precio" in shown.text  # from July to September
    assert manager.post(f"{PRICE}/change", data=fields(shown.text)).status_code == 303
    assert shop.editor.prices("ultrasound")[0].terms.valid_to == date(2026, 6, 30)
    page = manager.get(f"{PRICE}?do=take_back&id={coming.id}").text
    shown = manager.post(PRICE, data=fields(page))
    assert manager.post(f"{PRICE}/change", data=fields(shown.text)).status_code == 303
    assert [each.id for each in shop.editor.prices("ultrasound")] == [now.id]
    gone = manager.post(f"{PRICE}/change", data=fields(shown.text))
    assert gone.status_code == 409
    assert "Los precios cambiaron mientras tanto" in gone.text
    assert len(shop.editor.prices("ultrasound")) == 1


def test_the_whole_way_works_on_both_databases(any_house: House, sign_in: SignIn) -> None:
    client = enter_as(stock(any_house), sign_in, "admin")
    form = _price_form(client.get(PRICE).text, amount="990.50", valid_from="2026-06-01")
    shown = client.post(PRICE, data=form)
    assert client.post(f"{PRICE}/change", data=fields(shown.text)).status_code == 303
    page = client.get(SERVICE).text
    assert "$990.50 MXN" in page
    assert "Por venir" in page
