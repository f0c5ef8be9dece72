"""Who a patient is and where they are reached: shown whole, put right, audited."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from console.access import audit
from integrations.tables import KeptQuoteRow, PlanRow, PriceRow
from tests.console.conftest import NOW, House, token_of

ANA, FAMILY = "+525500000001", "+525500000006"
RIGHT = {"name": "Ana Torres", "born": "1988-03-14", "language": "es"}


def _send(client: FlaskClient, path: str, **form: str) -> tuple[int, str]:
    token = token_of(client.get("/console/account").text)
    answer = client.post(path, data={"csrf_token": token, **form})
    return answer.status_code, answer.text


def test_a_name_a_birth_date_and_a_language_are_put_right(house: House, staff: FlaskClient) -> None:
    ana = house.patient("Ana Tores", ANA)
    path = f"/console/patients/{ana.id}/details"
    form = {"name": "Ana  Torres", "born": "1988-04-13", "language": "pt"}
    assert _send(staff, path, **form)[0] == 303
    now = house.patients.patient(ana.id)
    assert (now.name, now.birth_date, now.language) == ("Ana Torres", date(1988, 4, 13), "pt")
    (noted,) = audit.read(house, limit=1)
    assert (noted.action, noted.details) == ("patient_corrected", {})


@pytest.mark.parametrize("wrong", [{"name": "?"}, {"born": "tomorrow"}, {"language": "fr"}])
def test_what_is_missing_changes_nothing(
    house: House, staff: FlaskClient, wrong: dict[str, str]
) -> None:
    ana = house.patient("Ana Torres", ANA)
    status, page = _send(staff, f"/console/patients/{ana.id}/details", **{**RIGHT, **wrong})
    assert status == 400
    assert "No se cambió nada" in page
    assert house.patients.patient(ana.id) == ana


def test_addresses_are_added_and_removed(house: House, staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    path = f"/console/patients/{ana.id}/addresses"
    assert _send(staff, path, branch="roma", phone="55 0000 0099")[0] == 303
    assert house.patients.addresses(ana.id) == [ANA, "+525500000099"]
    assert _send(staff, f"{path}/remove", address=ANA)[0] == 303
    assert _send(staff, f"{path}/remove", address=ANA)[0] == 404
    assert house.patients.addresses(ana.id) == ["+525500000099"]
    assert not house.patients.at_address(ANA)
    assert _send(staff, path, branch="roma", phone="no")[0] == 400


def test_the_family_and_the_words_of_consent_are_shown(house: House, staff: FlaskClient) -> None:
    lucia = house.patient("Lucía Rivas", FAMILY)
    house.patient("Mateo Rivas", FAMILY)
    house.patients.set_consent(FAMILY, given=False, channel="sms", words="BAJA ya", at=NOW)
    page = staff.get(f"/console/patients/{lucia.id}/details").text
    assert "Mateo Rivas" in page
    assert "BAJA ya" in page


def test_the_prices_that_were_told_are_shown(house: House, staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    talk = house.hear(ANA, "cuánto cuesta").conversation_id
    with house.database.begin() as session:
        session.add(PlanRow(code="public", names={}, aliases=[]))
        session.flush()
        session.add(
            PriceRow(
                id="p",
                service="derma",
                branch="roma",
                plan="public",
                valid_from=date(2026, 1, 1),
                amount=90000,
                currency="MXN",
                tax_rate=0,
                tax_included=True,
                version=1,
            )
        )
        session.flush()
        session.add(
            KeptQuoteRow(
                id="q",
                conversation_id=talk,
                at=NOW,
                price_id="p",
                version=1,
                service="derma",
                branch="roma",
                plan="public",
                total=90000,
                tax=0,
                currency="MXN",
            )
        )
    assert "$900.00 MXN" in staff.get(f"/console/patients/{ana.id}/details").text
