"""Who asks for the clinic's news is told from who wants no more, and from everybody else."""

import pytest

from understanding.news import read_news
from understanding.opt_out import read_opt_out


@pytest.mark.parametrize(
    "text",
    [
        "quiero recibir noticias",
        "Hola, quiero recibir las noticias de la clínica por favor",
        "Me gustaría recibir novedades",
        "envíenme noticias",
        "quero receber notícias",
        "Gostaria de receber as novidades da clínica",
        "me mandem novidades",
        "I want to receive news",
        "I'd like to get your newsletter",
        "please send me news from the clinic",
    ],
)
def test_these_ask_for_news(text: str) -> None:
    assert read_news(text) == "join"


@pytest.mark.parametrize(
    "text",
    [
        "no quiero más noticias",
        "ya no quiero recibir noticias",
        "No más noticias",
        "no me manden más promociones",
        "não quero mais receber notícias",
        "Sem mais notícias",
        "não me enviem mais novidades",
        "no more news",
        "I don't want to get any more news",
        "stop sending me promotions please",
    ],
)
def test_these_want_no_more_news(text: str) -> None:
    assert read_news(text) == "leave"


@pytest.mark.parametrize(
    "text",
    [
        "¿hay noticias de mis resultados?",
        "tienen noticias?",
        "any news about my results?",
        "no quiero mi cita",
        "quiero recibir mis resultados",
        "no tengo más noticias que darle, quiero cancelar mi cita",
        "novidades sobre o meu exame?",
    ],
)
def test_these_are_about_something_else(text: str) -> None:
    assert read_news(text) is None


def test_no_more_news_is_no_stop() -> None:
    for text in ("No más noticias", "Sem mais notícias", "No more news"):
        assert read_opt_out(text) is None
