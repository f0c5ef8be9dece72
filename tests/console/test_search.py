"""Finding somebody by a part of the name or by any way of writing the number."""

from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from console.patients.search_page import LIMIT

if TYPE_CHECKING:
    from tests.console.conftest import House


def _search(staff: FlaskClient, words: str) -> str:
    page = staff.get("/console/search").text
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    return staff.post("/console/search", data={"csrf_token": token, "words": words}).text


@pytest.mark.parametrize("words", ["Lucía", "lucia rivas", "RIVAS", "riv luc", "ucí"])
def test_a_part_of_the_name_is_enough(house: "House", staff: FlaskClient, words: str) -> None:
    lucia = house.patient("Lucía Rivas", "+525500000006")
    house.patient("Beto Ruiz", "+525500000002")
    page = _search(staff, words)
    assert f"/console/patients/{lucia.id}" in page
    assert "Beto" not in page


@pytest.mark.parametrize(
    "words",
    [
        "+525500000001",
        "55 0000 0001",
        "+52 1 55 0000 0001",
        "(55) 0000-0001",
        "whatsapp:+525500000001",
    ],
)
def test_a_number_is_found_however_it_is_written(
    house: "House", staff: FlaskClient, words: str
) -> None:
    ana = house.patient("Ana Torres", "+525500000001")
    assert f"/console/patients/{ana.id}" in _search(staff, words)


def test_a_brazilian_number_is_found_without_its_ninth_digit(
    house: "House", staff: FlaskClient
) -> None:
    joao = house.patient("João Pereira", "+5511900000001")
    assert f"/console/patients/{joao.id}" in _search(staff, "+55 11 9 0000 0001")


def test_everybody_who_shares_a_number_is_found(house: "House", staff: FlaskClient) -> None:
    house.patient("Lucía Rivas", "+525500000006")
    house.patient("Mateo Rivas", "+525500000006")
    page = _search(staff, "+525500000006")
    assert "Lucía Rivas" in page
    assert "Mateo Rivas" in page


def test_a_number_without_a_patient_leads_to_its_conversation(
    house: "House", staff: FlaskClient
) -> None:
    heard = house.hear("+525533334444", "hola")
    assert f"/console/conversations/{heard.conversation_id}" in _search(staff, "5533334444")


@pytest.mark.parametrize(
    "words", ["nobody", "%", "_", "'; drop table patients; --", "1234567", "🙏", "\x00"]
)
def test_nothing_found_says_so(house: "House", staff: FlaskClient, words: str) -> None:
    house.patient("Ana Torres", "+525500000001")
    assert "No se encontró a nadie" in _search(staff, words)


def test_too_many_found_asks_for_more_of_the_name(house: "House", staff: FlaskClient) -> None:
    for number in range(LIMIT + 1):
        house.patient("Ana Torres", f"+5255000001{number:02}")
    page = _search(staff, "torres")
    assert page.count("/console/patients/") == LIMIT
    assert "Hay más" in page


def test_what_was_searched_comes_back_harmless(staff: FlaskClient) -> None:
    page = _search(staff, '"><script>alert(1)</script>')
    assert "<script>" not in page


def test_a_search_never_travels_in_an_address(staff: FlaskClient) -> None:
    assert "Resultados" not in staff.get("/console/search?words=ana").text
