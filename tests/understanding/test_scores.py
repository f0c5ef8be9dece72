"""A score from 1 to 5, as patients give it."""

import pytest

from understanding.scores import Score, read_score

ALONE = {
    5: [
        *(
            "5",
            "un 5",
            "le doy un 5",
            "5 estrellas",
            "5 de 5",
            "⭐⭐⭐⭐⭐",
            "excelente",
            "Excelente!!",
        ),
        *("todo excelente, gracias", "muy bien", "muy buena", "perfecto", "ótimo"),
        *(
            "muito bom",
            "muito bem, obrigada",
            "excellent",
            "very good",
            "it was great",
            "perdón, era 5",
        ),
    ],
    4: [
        "4",
        "un 4 de 5",
        "bien",
        "Bien, gracias",
        "bem",
        "boa",
        "good",
        "it was good",
        "todo bien",
    ],
    3: ["3", "regular", "más o menos", "mais ou menos", "so-so", "normal"],
    2: ["2", "mal", "ruim", "bad", "no muy bien", "não muito bem", "not good", "not very good"],
    1: ["1", "muy mal", "muito ruim", "pésimo", "péssimo", "terrible", "awful", "very bad", "⭐"],
}
WITH_MORE = {
    5: [
        "excelente la doctora y muy puntual",
        "5, la doctora es un encanto",
        "great, the staff was kind",
    ],
    4: ["bien, pero esperé mucho", "good but too long a wait"],
    2: ["2, tuve que esperar una hora", "no muy bien, nadie me avisó"],
    1: ["1 porque nadie contestó", "péssimo, esperei duas horas"],
}
NONE = [
    *("bom dia", "boa tarde", "buenas tardes", "good morning", "bueno, quiero cambiar mi cita"),
    *(
        "2 horas de espera",
        "1 hora tarde",
        "quiero otra cita",
        "el 5 de marzo",
        "5:30",
        "7",
        "10/12",
    ),
    *(
        "hola",
        "",
        "gracias",
        "5 minutos",
        "3pm",
        "ok",
        "sí",
        "no",
        "2 de diciembre",
        "⭐⭐⭐⭐⭐⭐",
    ),
]


@pytest.mark.parametrize(
    ("text", "value"), [(text, value) for value, texts in ALONE.items() for text in texts]
)
def test_a_score_alone(text: str, value: int) -> None:
    assert read_score(text) == Score(value, alone=True)


@pytest.mark.parametrize(
    ("text", "value"), [(text, value) for value, texts in WITH_MORE.items() for text in texts]
)
def test_a_score_with_more_said(text: str, value: int) -> None:
    assert read_score(text) == Score(value, alone=False)


@pytest.mark.parametrize("text", NONE)
def test_no_score(text: str) -> None:
    assert read_score(text) is None
