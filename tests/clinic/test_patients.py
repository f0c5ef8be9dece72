"""A name said must be the patient's own, and more than a first name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.patients import bears_name, name_words


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Lucía Rivas", "Lucia Rivas"),
        ("Lucia Rivas", "LUCÍA RIVAS"),
        ("Lucía Rivas", "Lucı́a Rivas".replace("ı́", "í")),
        ("Lucía Rivas", "rivas lucia"),
        ("Lucía Rivas", "Sra. Lucía Rivas"),
        ("Ana María Torres López", "Ana Torres"),
        ("Ana María Torres López", "María Torres"),
        ("Maria da Silva", "maria silva"),
        ("Maria Silva", "Maria da Silva"),
        ("José Núñez-Peña", "jose nunez"),
        ("Pelé", "pele"),
    ],
)
def test_it_is_the_patient(name: str, said: str) -> None:
    assert bears_name(name, said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Lucía Rivas", "Lucía"),
        ("Lucía Rivas", "Mateo Rivas"),
        ("Lucía Rivas", "Lucía Lucía"),
        ("Lucía Rivas", "Luc Riv"),
        ("Lucía Rivas", "Lucía Rivas Torres"),
        ("Lucía Rivas", "de la"),
        ("Lucía Rivas", ""),
        ("Lucía Rivas", "0123"),
    ],
)
def test_it_may_be_somebody_else(name: str, said: str) -> None:
    assert not bears_name(name, said)


@given(st.text(max_size=60))
def test_everybody_with_a_name_bears_it(name: str) -> None:
    assert bears_name(name, name) == bool(name_words(name))
