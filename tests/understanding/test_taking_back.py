"""Whether a message takes back what was just done."""

import pytest

from understanding.taking_back import takes_back


@pytest.mark.parametrize(
    "text",
    [
        *("deshacer", "Deshazlo por favor", "perdón, me equivoqué", "me equivoque de cita"),
        *("fue un error", "no, espera, fue sin querer", "no era eso", "apreté mal"),
        *("desfazer", "desculpa, foi engano", "me enganei", "não era isso", "cliquei errado"),
        *("undo", "undo that please", "sorry, my mistake", "oops wrong button"),
        *("I didn't mean that", "my mistake, wrong button", "that was a mistake"),
    ],
)
def test_words_that_take_back_are_heard(text: str) -> None:
    assert takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "no", "cancelar", "quiero deshacerme de la cita", "me equivoqué de clínica ayer y"),
        *("se equivocaron con mi factura", "hubo un error en mi cobro", "número equivocado"),
        *("quero desmarcar", "vocês erraram meu nome", "wrong date on my bill", "take me back"),
        *("wrong number", "sorry wrong number"),
        "fue un error ir con ustedes, me atendieron pésimo y nadie me explicó nada de nada",
    ],
)
def test_other_words_are_left_to_the_engine(text: str) -> None:
    assert not takes_back(text)
