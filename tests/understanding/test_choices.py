"""Picking an offered choice by number, place or title, and nothing else."""

import pytest

from clinic.languages import Language
from understanding.choices import pick_choice

TITLES = ("Ultrasonido abdominal", "Ultrasonido pélvico", "Ultrasonido de mama")


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("2", "es", 1), ("la 2", "es", 1), ("2.", "es", 1), ("opción dos", "es", 1),
        ("la segunda", "es", 1), ("dos", "es", 1), ("el primero", "es", 0), ("la última", "es", 2),
        ("la primera por favor", "es", 0), ("número 3", "es", 2), ("1", "es", 0),
        ("quiero la tercera", "es", 2), ("1ª", "es", 0), ("la número dos porfa", "es", 1),
        ("o segundo", "pt", 1), ("a segunda opção", "pt", 1), ("a primeira", "pt", 0),
        ("opção 3", "pt", 2), ("um", "pt", 0), ("o último", "pt", 2),
        ("the first one", "en", 0), ("second", "en", 1), ("number two", "en", 1),
        ("the last one please", "en", 2), ("option 3", "en", 2), ("I'll take the 2nd", "en", 1),
        ("ultrasonido pelvico", "es", 1), ("Ultrasonido de mama", "es", 2),
        ("ultrasonido abdominl", "es", 0),
    ],
)  # fmt: skip
def test_a_clear_choice_is_picked(text: str, language: Language, place: int) -> None:
    assert pick_choice(text, TITLES, language) == place


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2 de diciembre", "es"), ("4", "es"), ("0", "es"), ("segunda", "pt"), ("na segunda", "pt"),
        ("segunda-feira", "pt"), ("ultrasonido", "es"), ("a las 2", "es"), ("2:30", "es"),
        ("2pm", "en"), ("quiero cancelar mi cita", "es"), ("la 1 y la 2", "es"), ("", "es"),
        ("no", "es"), ("no, el martes", "es"), ("two weeks", "en"), ("none", "en"), ("22", "es"),
        ("tengo 2 hijos", "es"), ("ninguna", "es"), ("segunda às 3", "pt"), ("no 2", "es"),
        ("la primera semana", "es"), ("at 2", "en"), ("às 2", "pt"),
    ],
)  # fmt: skip
def test_what_is_not_clearly_a_choice_picks_none(text: str, language: Language) -> None:
    assert pick_choice(text, TITLES, language) is None


def test_a_title_that_is_a_time_is_picked_when_repeated() -> None:
    times = ("jueves 12, 10:00", "jueves 12, 11:30", "viernes 13, 10:00")
    assert pick_choice("jueves 12 11:30", times, "es") == 1
    assert pick_choice("jueves 12", times, "es") is None


def test_without_choices_none_is_picked() -> None:
    assert pick_choice("1", (), "es") is None
