import pytest

from understanding.no_calls import wants_no_more_calls


@pytest.mark.parametrize(
    "text",
    [
        "no me llamen más", "Ya no me llamen, por favor", "no me vuelvan a llamar",
        "dejen de llamarme", "no quiero más llamadas", "no quiero que me llamen",
        "ya no quiero recibir llamadas", "não me liguem mais", "parem de me ligar",
        "não quero mais ligações", "não quero que me liguem", "sem ligações", "stop calling me",
        "don't call me again", "Please stop calling!", "no more calls", "do not call me",
        "I don't want any more calls",
    ],
)  # fmt: skip
def test_no_more_calls_is_heard(text: str) -> None:
    assert wants_no_more_calls(text)


@pytest.mark.parametrize(
    "text",
    [
        "no me llamen ni me escriban", "no me llamen mañana", "no me llamaron", "llámenme",
        "quiero que me llamen", "no me manden mensajes", "por qué no me llaman", "não me ligaram",
        "why don't you call me", "call me", "no more texts", "no puedo hablar por teléfono",
        "no recibí su llamada", "não recebi a ligação", "I did not get the call",
        "no escuché la llamada", "don't call, text me", "no me llamo Juan", "ALTO", "STOP",
        "no voy a poder ir a mi cita", "quiero cancelar la llamada de mi cita",
    ],
)  # fmt: skip
def test_messages_other_wishes_and_reports_are_no_wish_for_no_calls(text: str) -> None:
    assert not wants_no_more_calls(text)
