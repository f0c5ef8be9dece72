"""Branches and practitioners are found by the names that patients use."""

# ruff: noqa: E501 - a table is read line by line

from zoneinfo import ZoneInfo

import pytest

from clinic.catalogue import Branch, Practitioner
from understanding.places import find_branch, find_practitioner, nearest_branch


def branch(code: str, city: str, district: str, place: tuple[float, float] | None) -> Branch:
    latitude, longitude = place or (None, None)
    return Branch(
        code, f"Clínica Aurora {code.title()}", city, district, "", "MX", "MXN",
        ZoneInfo("America/Mexico_City"), "", (), (), latitude, longitude,
    )  # fmt: skip


BRANCHES = (
    branch("roma", "Ciudad de México", "Roma Norte", (19.4194, -99.1616)),
    branch("providencia", "Guadalajara", "Providencia", (20.6964, -103.3822)),
    branch("paulista", "São Paulo", "Bela Vista", (-23.5614, -46.6559)),
)
PEOPLE = (
    Practitioner("a", "Pérez", "Dra.", "roma"),
    Practitioner("b", "Laura Hernández Solís", "Dra.", "roma"),
    Practitioner("c", "Ramírez", "Dr.", "roma"),
    Practitioner("d", "Laboratorio, toma 1", "", "roma"),
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en la Roma", "roma"), ("sucursal roma por favor", "roma"), ("roma norte", "roma"),
        ("la de providensia", "providencia"), ("Guadalajara", "providencia"), ("gdl", "providencia"),
        ("en la ciudad de mexico", "roma"), ("cdmx", "roma"), ("na Paulista", "paulista"),
        ("unidade paulsta", "paulista"), ("sao paulo", "paulista"), ("bela vista", "paulista"),
        ("where is the Providencia branch", "providencia"), ("guadaljara", "providencia"),
    ],
)  # fmt: skip
def test_a_branch_is_found_by_name_district_or_city(text: str, code: str) -> None:
    found = find_branch(text, BRANCHES)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    ["", "hola", "quiero cancelar mi cita", "la clínica", "tomar café", "en la sucursal", "mañana",
     "Monterrey", "broma", "la más cercana", "roma o providencia"],
)  # fmt: skip
def test_a_text_that_names_no_one_branch_gives_none(text: str) -> None:
    assert find_branch(text, BRANCHES) is None


def test_two_branches_in_one_city_stay_open() -> None:
    twins = (*BRANCHES, branch("condesa", "Ciudad de México", "Condesa", None))
    assert find_branch("ciudad de méxico", twins) is None
    assert find_branch("condesa, ciudad de méxico", twins) == twins[-1]


def test_the_nearest_branch_comes_with_its_distance() -> None:
    found = nearest_branch(19.43, -99.13, BRANCHES)
    assert found is not None
    assert found[0].code == "roma"
    assert 3 < found[1] < 4


def test_no_branch_is_nearest_where_none_has_a_place() -> None:
    assert nearest_branch(0, 0, (branch("x", "Y", "Z", None),)) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("con la doctora Pérez", "a"), ("perez", "a"), ("Dra Perez por favor", "a"),
        ("dr. ramirez", "c"), ("con Ramires", "c"), ("Laura Hernández", "b"), ("hernandes", "b"),
        ("quiero con la dra. Solís", "b"), ("with doctor Hernandez", "b"), ("dra laura", "b"),
    ],
)  # fmt: skip
def test_a_practitioner_is_found_by_surname_with_or_without_title(text: str, code: str) -> None:
    found = find_practitioner(text, PEOPLE)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "con la doctora", "cualquiera", "hola", "mañana", "laura"])
def test_nobody_named_is_nobody_found(text: str) -> None:
    assert find_practitioner(text, PEOPLE) is None
