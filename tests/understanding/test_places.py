"""Branches and practitioners are found by the names that patients use."""

# ruff: noqa: E501 - a table is read line by line

from zoneinfo import ZoneInfo

import pytest

from clinic.catalogue import Branch, Practitioner
from understanding.places import (
    asks_for_nearest,
    find_branch,
    find_practitioner,
    nearest_branch,
    practitioner_asked_for,
    unknown_practitioner,
)


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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("quiero una cita con la doctora Pérez el jueves", "a"), ("la de la dra perez", "a"),
        ("quero marcar com a doutora Perez amanhã", "a"), ("Pérez", "a"), ("with Dr. Ramirez", "c"),
        ("book dermatology with Ramírez tomorrow", "c"), ("con Laura Hernández", "b"),
        ("¿qué días atiende el doctor Ramírez?", "c"), ("Dr. Ramirez's next free day", "c"),
    ],
)  # fmt: skip
def test_a_practitioner_is_asked_for_after_a_title_or_with(text: str, code: str) -> None:
    found = practitioner_asked_for(text, PEOPLE)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    ["Soy Ana Pérez y quiero una cita de dermatología", "vivo en la calle Ramírez 20, ¿dónde están?",
     "con la toma 1 del laboratorio", "con 1 persona", "quiero cita con dermatología", "con el doctor",
     "with a doctor", "com o doutor, amanhã de tarde", "con mi mamá", ""],
)  # fmt: skip
def test_a_surname_that_may_be_the_patients_own_asks_for_nobody(text: str) -> None:
    assert practitioner_asked_for(text, PEOPLE) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("una cita con la doctora Zapata", "doctora Zapata"), ("com o Dr. Oliveira", "Dr. Oliveira"),
        ("I want to see doctor Smith", "doctor Smith"), ("con la dra zapata el lunes", "dra zapata"),
    ],
)  # fmt: skip
def test_a_doctors_name_that_nobody_has_is_told_as_written(text: str, name: str) -> None:
    assert unknown_practitioner(text, PEOPLE) == name


@pytest.mark.parametrize(
    "text",
    ["con la doctora Peres", "un doctor mañana", "el doctor que me atendió", "the doctor at Roma",
     "quero um doutor para hoje", "la doctora, por favor", "doctor's visit", "Zapata", ""],
)  # fmt: skip
def test_a_title_without_a_strange_name_is_nobody_unknown(text: str) -> None:
    assert unknown_practitioner(text, PEOPLE) is None


@pytest.mark.parametrize(
    "text",
    ["la más cercana", "¿cuál me queda más cerca?", "a mais próxima", "the nearest one",
     "closest branch please", "a unidade mais perto de mim"],
)  # fmt: skip
def test_the_nearest_branch_is_asked_for_in_many_words(text: str) -> None:
    assert asks_for_nearest(text)


@pytest.mark.parametrize("text", ["la próxima semana", "mi próxima cita", "Roma", "next week", ""])
def test_the_next_is_not_the_nearest(text: str) -> None:
    assert not asks_for_nearest(text)
