"""Questions for medical advice are told from those about preparing, services, prices, results."""

import pytest

from understanding.medical_advice import asks_for_advice

ADVICE = {
    "what to take": """
qué me puedo tomar para la gripe?
qué jarabe es bueno para la tos seca
o que eu posso tomar pra enxaqueca e dor de cabeça
qual remédio serve pra dor de garganta
what can I take for a fever
what do I give my daughter for a cough
""",
    "whether it may be taken": """
puedo tomar naproxeno si estoy lactando
posso misturar dipirona com cerveja
can I mix ibuprofen with wine
is it safe to take tylenol every day
""",
    "how much": """
cuántas gotas de paracetamol le doy a mi bebé
quantos comprimidos de ibuprofeno posso tomar
how many ibuprofen can I take a day
what is the amoxicillin dose for a child
""",
    "whether to stop": """
debo dejar de tomar la sertralina?
posso parar o antibiótico se melhorei
should I stop taking my pills
""",
    "whether it is serious": """
es normal que me duela la cabeza diario?
é grave essa mancha?
should I worry about a fever of three days
is this rash serious
""",
    "what it is": """
será dengue o covid
o que pode ser essa dor de barriga, pode ser apendicite?
could this lump be cancer
""",
    "what a result means": """
qué significa hemoglobina baja
o que significa glicose alta
what does high cholesterol mean
""",
}
NO_ADVICE = {
    "getting ready for a study": """
puedo tomar mi pastilla de la presión antes del análisis de sangre?
suspendo la metformina antes del estudio
posso tomar água antes do exame
do I stop metformin before the blood test
can I take my pills on the day of the ultrasound
puedo tomarme la pastilla esa mañana?
""",
    "what the clinic does": """
qué doctor ve la gastritis
tienen medicina para la tos en la farmacia?
fazem exame de diabetes?
do you treat allergies
which test tells me if I have dengue
""",
    "prices": """
cuánto cuesta la prueba de covid
quanto custa a vacina da gripe
how much is the flu shot
""",
    "results": """
ya están mis resultados?
quando sai o resultado
where do I pick up my results
es normal que tarden tanto los resultados?
""",
    "visits": """
puedo tomar la cita de las 10?
qué camión tomo para llegar
me duele la espalda, quiero una cita
posso pegar o horário das 4?
what do you recommend, Tuesday or Thursday?
can I take the 4pm one
""",
}


def _rows(tables: dict[str, str]) -> list[tuple[str, str]]:
    return [(why, text) for why, table in tables.items() for text in table.strip().splitlines()]


@pytest.mark.parametrize(("what", "text"), _rows(ADVICE))
def test_a_question_that_only_a_doctor_may_answer_is_told(what: str, text: str) -> None:
    assert asks_for_advice(text), what


@pytest.mark.parametrize(("what", "text"), _rows(NO_ADVICE))
def test_a_question_that_the_clinic_answers_is_no_advice(what: str, text: str) -> None:
    assert not asks_for_advice(text), what


@pytest.mark.parametrize("text", ["", "   ", "¿?", "hola", "\x00", "1"])
def test_saying_nothing_asks_for_no_advice(text: str) -> None:
    assert not asks_for_advice(text)
