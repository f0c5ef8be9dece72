"""The language of a message is told only when it shows."""

import pytest

from clinic.languages import Language
from understanding.languages import detect_language

SHOWN = {
    "es": """
hola quiero cancelar mi cita
cuánto cuesta la biometría hemática
no voy a poder ir el jueves
gracias
quisiera cambiar la hora por favor
me salió un viaje y no puedo llegar
buenas tardes, a qué hora abren
necesito un ultrasonido
q precio tiene el hemograma
dónde están ubicados
""",
    "pt": """
olá, quero desmarcar minha consulta
quanto custa o hemograma
não vou poder ir na quinta
obrigado
gostaria de mudar o horário por favor
surgiu um imprevisto e não consigo ir
boa tarde, que horas vocês abrem
preciso de um ultrassom
vc pode me ajudar com o exame
onde fica a unidade
""",
    "en": """
hi I want to cancel my appointment
how much is the blood test
I won't be able to make it on Thursday
please
I'd like to change the time
something came up and I can't come
good afternoon, what time do you open
do you have anything available tomorrow
can you help me with the prices
where are you located
""",
}
SAID = [(code, text) for code, said in SHOWN.items() for text in said.strip().splitlines()]


@pytest.mark.parametrize(("language", "text"), SAID)
def test_a_message_that_shows_its_language_is_told(language: Language, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    ["1", "ok", "OK!", "", "👍", "Lucía Rivas", "João Pereira", "Emma Clark", "BH", "no", "15:30",
     "12/05/1985", "hemograma", "https://example.com", "ana@example.com", "Roma", "menu", "10"],
)  # fmt: skip
def test_a_short_or_neutral_message_has_no_language(text: str) -> None:
    assert detect_language(text) is None
