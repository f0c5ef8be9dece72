"""How follow-ups are worded: the clinic and the day, and never what a visit was or is for."""

from typing import Final

from clinic.languages import Language
from outreach.reach import Reached
from outreach.words import HOW_TO_STOP, Words

_FOR: Final[Words] = {
    "es": "{clinic}, para {name}",
    "pt": "{clinic}, para {name}",
    "en": "{clinic}, for {name}",
}
FEEDBACK: Final[Words] = {
    "es": "{sender}: gracias por venir el {day}. ¿Cómo le fue con nosotros? Elija de 1 (muy mal) "
    "a 5 (muy bien).",
    "pt": "{sender}: obrigado pela visita de {day}. Como foi conosco? Escolha de 1 (muito ruim) "
    "a 5 (muito bom).",
    "en": "{sender}: thank you for coming on {day}. How was it with us? Choose from 1 (very bad) "
    "to 5 (very good).",
}
SCORES: Final[dict[Language, tuple[str, ...]]] = {
    "es": ("Muy mal", "Mal", "Regular", "Bien", "Muy bien"),
    "pt": ("Muito ruim", "Ruim", "Regular", "Bom", "Muito bom"),
    "en": ("Very bad", "Bad", "Fair", "Good", "Very good"),
}
NO_SHOW: Final[Words] = {
    "es": "{sender}: el {day} le esperábamos y no pudimos verle. ¿Buscamos otro horario?",
    "pt": "{sender}: sentimos a sua falta na consulta de {day}. Buscamos outro horário?",
    "en": "{sender}: we missed you on {day}. Shall we find another time?",
}
NOT_NEEDED: Final[Words] = {
    "es": "Ya no hace falta",
    "pt": "Não é mais preciso",
    "en": "No longer needed",
}
RECALL: Final[Words] = {
    "es": "{sender}: ya es tiempo de su visita periódica. ¿La agendamos?",
    "pt": "{sender}: já é hora da sua visita periódica. Vamos agendar?",
    "en": "{sender}: it is time for your periodic visit. Shall we book it?",
}
BOOK: Final[Words] = {"es": "Agendar", "pt": "Agendar", "en": "Book it"}
LATER: Final[Words] = {"es": "En un mes", "pt": "Daqui a um mês", "en": "In a month"}
NO_MORE: Final[Words] = {
    "es": "Ya no recordármelo",
    "pt": "Não lembrar mais",
    "en": "Don't remind me",
}
NUDGE: Final[Words] = {
    "es": "{sender}: lo que pedía quedó a medias y sus citas siguen como estaban. ¿Seguimos?",
    "pt": "{sender}: o que você pedia ficou pela metade e as suas consultas continuam como "
    "estavam. Continuamos?",
    "en": "{sender}: what you asked for was left half-way and your visits are as they were. Shall "
    "we go on?",
}
GO_ON: Final[Words] = {"es": "Seguir", "pt": "Continuar", "en": "Go on"}
LEAVE_IT: Final[Words] = {"es": "Dejarlo así", "pt": "Deixar assim", "en": "Leave it"}


def told(words: Words, reached: Reached, clinic: str, **values: str) -> str:
    """The text to whom is reached: for whom on a shared phone, and how to stop where it is new."""
    language = reached.language
    name = reached.first_name
    sender = _FOR[language].format(clinic=clinic, name=name) if name else clinic
    text = words[language].format(sender=sender, **values)
    return f"{text} {HOW_TO_STOP[language]}" if reached.destination.first else text
