"""Who wants to wait no longer is told from who wants to wait."""

import pytest

from understanding.waitlists import leaves_waitlist


@pytest.mark.parametrize(
    "text",
    [
        "ya no quiero estar en la lista de espera",
        "quítenme de la lista de espera por favor",
        "sácame de la lista de espera",
        "quiero salir de la lista de espera",
        "não quero mais ficar na lista de espera",
        "me tira da lista de espera",
        "quero sair da lista de espera",
        "take me off the waitlist",
        "I don't want to be on the waiting list anymore",
        "please remove me from the waiting list",
    ],
)
def test_these_leave_the_waitlist(text: str) -> None:
    assert leaves_waitlist(text)


@pytest.mark.parametrize(
    "text",
    [
        "quiero estar en la lista de espera",
        "avísenme si se libera un lugar antes",
        "me coloca na lista de espera",
        "quero entrar na lista de espera",
        "put me on the waitlist",
        "is there a waitlist for dermatology?",
        "ya no quiero la cita",
        "ya no aguanto esperar tanto, anótenme en la lista de espera",
        "não quero mais esperar tanto, me coloca na lista de espera",
        "I don't want to wait that long, put me on the waiting list",
        "ya no tengo la lista de estudios",
        "don't leave the price list out",
        "no puedo el jueves, ¿hay lista de espera?",
    ],
)
def test_these_do_not(text: str) -> None:
    assert not leaves_waitlist(text)
