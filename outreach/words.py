"""Words that several of the clinic's own messages share."""

from collections.abc import Mapping
from typing import Final

from clinic.languages import Language

Words = Mapping[Language, str]

HOW_TO_STOP: Final[Words] = {
    "es": "Para no recibir más mensajes escriba ALTO.",
    "pt": "Para não receber mais mensagens escreva PARAR.",
    "en": "To get no more messages write STOP.",
}
CONFIRM: Final[Words] = {"es": "Confirmar", "pt": "Confirmar", "en": "Confirm"}
RESCHEDULE: Final[Words] = {"es": "Cambiar fecha", "pt": "Mudar a data", "en": "Change the time"}
CANCEL: Final[Words] = {
    "es": "Cancelar la cita",
    "pt": "Cancelar a consulta",
    "en": "Cancel the visit",
}
ANOTHER_TIME: Final[Words] = {"es": "Otro horario", "pt": "Outro horário", "en": "Another time"}
PERSON: Final[Words] = {
    "es": "Hablar con alguien",
    "pt": "Falar com alguém",
    "en": "Talk to a person",
}
_PLACE: Final[Words] = {
    "es": "{when}, sucursal {branch}",
    "pt": "{when}, unidade {branch}",
    "en": "{when}, {branch} branch",
}
A_PLACE: Final[Words] = {
    "es": "mañana, jueves 12 de marzo a las 10:00 a.m., sucursal Centro",
    "pt": "amanhã, quinta-feira, 12 de março às 10:00, unidade Centro",
    "en": "tomorrow, Thursday, March 12 at 10:00 AM, Centro branch",
}
"""A sample of when and where, for templates."""
A_NAME: Final[Words] = {"es": "Mateo", "pt": "João", "en": "Emma"}


def when_and_where(when: str, branch: str, language: Language) -> str:
    """A visit's time and place, never what it is for."""
    return _PLACE[language].format(when=when, branch=branch)
