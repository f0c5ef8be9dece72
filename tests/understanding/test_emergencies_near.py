"""What only sounds like an emergency interrupts nobody, and hides no emergency either."""

import pytest

from understanding.emergencies import find_emergency

NEAR = {
    "who sees to it": """
qué doctor ve el dolor de pecho?
atienden convulsiones en niños?
quem atende falta de ar, clínico ou pneumo?
which specialist treats seizures
do you see patients with shortness of breath?
""",
    "what lies back": """
la semana pasada me desmayé en la regadera, quiero que me revisen
mi hijo convulsionó el mes pasado y trae sus estudios
semana passada minha mãe desmaiou e o médico pediu exame
she had a seizure last month, they want an EEG
years ago I took too many pills, I'm fine now
""",
    "what comes after it": """
consulta de control después de un infarto
fonoaudiologia depois do avc
physical therapy after my stroke
""",
    "it is over": """
mi pecho ya no me duele, cancelo
a dor no peito já passou, obrigada
my chest doesn't hurt anymore
""",
    "a figure of speech": """
casi me infarto con el precio jajaja
afogada em trabalho, remarca pra mim
I'm drowning in bills, do you have payment plans
me ahogo en pendientes esta semana
this price gives me a heart attack lol
""",
    "things and people that do not answer": """
la página no responde
o aplicativo não responde
the website isn't responding
socorro, não acho a entrada
""",
    "the nose, the gums, the needle": """
con la gripa no puedo respirar por la nariz
me sangran las encías al cepillarme
casi me desmayo cuando me sacan sangre
I faint when I see needles
""",
}
HIDDEN = {
    "a question about the doctor": """
mi papá tiene dolor en el pecho, qué doctor lo ve?
me duele el pecho, atienden dolor de pecho?
minha mãe tem falta de ar, quem atende?
my chest hurts, which specialist treats chest pain?
""",
    "an earlier time": """
la semana pasada tuve un infarto y ahora me duele el pecho
mês passado tive um avc e agora não consigo mexer o braço
I had a seizure last month and now he's having another, my son is having a seizure
desde la semana pasada me duele el pecho
""",
    "laughter": """
jaja ya no quiero vivir
kkkk quero me matar
haha no en serio me duele el pecho
""",
    "another complaint": """
tengo la nariz tapada y me duele mucho el pecho
me sangran las encías y no para de salir mucha sangre
no puedo pagar, me quiero matar
""",
    "typing in a hurry": """
he isnt breathing
shes unconscious
my mom cant breathe
kiero morirme
""",
}


def _rows(tables: dict[str, str]) -> list[tuple[str, str]]:
    return [(why, text) for why, table in tables.items() for text in table.strip().splitlines()]


@pytest.mark.parametrize(("why", "text"), _rows(NEAR))
def test_what_only_sounds_like_an_emergency_interrupts_nobody(why: str, text: str) -> None:
    assert find_emergency(text) is None, why


@pytest.mark.parametrize(("why", "text"), _rows(HIDDEN))
def test_no_emergency_hides_behind_what_sounds_harmless(why: str, text: str) -> None:
    assert find_emergency(text) is not None, why
