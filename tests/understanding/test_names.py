"""A name and a birth date are found in one free sentence."""

# ruff: noqa: E501 - a table is read line by line

from datetime import date

import pytest

from clinic.languages import Language
from understanding.names import Person, read_person

TODAY = date(2026, 11, 22)
LUCIA = date(1985, 5, 12)
MATEO = date(2014, 11, 3)
JOAO = date(1979, 7, 2)
EMMA = date(1992, 11, 30)
ANA = date(1988, 3, 14)


@pytest.mark.parametrize(
    ("text", "language", "name", "born"),
    [
        ("soy Lucía Rivas, nací el 12 de mayo de 1985", "es", "Lucía Rivas", LUCIA),
        ("lucia rivas 12 mayo 1985", "es", "Lucia Rivas", LUCIA),
        ("Me llamo Lucía Rivas y nací el 12/05/85", "es", "Lucía Rivas", LUCIA),
        ("Lucía Rivas, 12-05-1985", "es", "Lucía Rivas", LUCIA),
        ("mi nombre es lucía rivas", "es", "Lucía Rivas", None),
        ("LUCÍA RIVAS 12051985", "es", "Lucía Rivas", LUCIA),
        ("12 de mayo del 85", "es", None, LUCIA),
        ("doce de mayo de mil novecientos ochenta y cinco", "es", None, LUCIA),
        ("Mateo Rivas 03/11/2014", "es", "Mateo Rivas", MATEO),
        ("es para mi hijo, se llama Mateo Rivas, nació el 3 de noviembre de 2014", "es", None, MATEO),
        ("3 nov 2014", "es", None, MATEO),
        ("Ana Torres. 14-3-88", "es", "Ana Torres", ANA),
        ("14 3 88", "es", None, ANA),
        ("140388", "es", None, ANA),
        ("1988-03-14", "es", None, ANA),
        ("nací el catorce de marzo de mil novecientos ochenta y ocho", "es", None, ANA),
        ("hola soy ana torres de la cruz, mi fecha de nacimiento es 14 de marzo 1988", "es",
         "Ana Torres de la Cruz", ANA),
        ("meu nome é João Pereira 02071979", "pt", "João Pereira", JOAO),
        ("João Pereira, nascido em 2 de julho de 1979", "pt", "João Pereira", JOAO),
        ("joão pereira dos santos 02/07/1979", "pt", "João Pereira dos Santos", JOAO),
        ("nasci em 02.07.1979", "pt", None, JOAO),
        ("sou o João, 2/7/79", "pt", "João", JOAO),
        ("dois de julho de mil novecentos e setenta e nove", "pt", None, JOAO),
        ("I'm Emma Clark born on 11/30/1992", "en", "Emma Clark", EMMA),
        ("Emma Clark, November 30, 1992", "en", "Emma Clark", EMMA),
        ("my name is emma clark and my date of birth is 30 November 1992", "en", "Emma Clark", EMMA),
        ("30/11/1992", "en", None, EMMA),
        ("11301992", "en", None, EMMA),
        ("30111992", "en", None, EMMA),
        ("november 30th 1992", "en", None, EMMA),
        ("lucía", "es", "Lucía", None),
        ("Lucía Rivas", "es", "Lucía Rivas", None),
        ("O'Brien 11/30/1992", "en", "O'Brien", EMMA),
    ],
)  # fmt: skip
def test_who_is_meant_is_read(
    text: str, language: Language, name: str | None, born: date | None
) -> None:
    found = read_person(text, language, TODAY)
    assert found.birth_date == born
    if name is not None:
        assert found.name == name


@pytest.mark.parametrize(
    "text",
    ["no", "1", "hola", "quiero cancelar mi cita", "mañana a las 3", "no sé", "para qué?", "ok",
     "buenas tardes", "prefiero no decirlo", "12/05/2031", "31/02/1985", "5512345678", "menu",
     "quero falar com uma pessoa", "I don't want to say", "01/01/1850", ""],
)  # fmt: skip
def test_a_sentence_without_a_person_gives_none(text: str) -> None:
    assert read_person(text, "es", TODAY) == Person(None, None)


def test_a_birth_date_is_never_in_the_future() -> None:
    assert read_person("12/05/30", "es", TODAY).birth_date == date(1930, 5, 12)
