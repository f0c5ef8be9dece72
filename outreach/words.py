"""How reminders are worded: the clinic, the time and the branch, and never what a visit is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from clinic.languages import Language

Words = Mapping[Language, str]

_ONE: Final[Words] = {
    "es": "{clinic} le recuerda su cita: {visit}.",
    "pt": "{clinic} lembra sua consulta: {visit}.",
    "en": "{clinic} reminds you of your appointment: {visit}.",
}
_ONE_OF: Final[Words] = {
    "es": "{clinic} recuerda la cita de {name}: {visit}.",
    "pt": "{clinic} lembra a consulta de {name}: {visit}.",
    "en": "{clinic}, a reminder of {name}'s appointment: {visit}.",
}
_SEVERAL: Final[Words] = {
    "es": "{clinic} le recuerda estas citas:",
    "pt": "{clinic} lembra estas consultas:",
    "en": "{clinic} reminds you of these appointments:",
}
HOW_TO_STOP: Final[Words] = {
    "es": "Para no recibir más mensajes escriba ALTO.",
    "pt": "Para não receber mais mensagens escreva PARAR.",
    "en": "To get no more messages write STOP.",
}
_BRANCH: Final[Words] = {
    "es": "sucursal {branch}",
    "pt": "unidade {branch}",
    "en": "{branch} branch",
}
CONFIRM: Final[Words] = {"es": "Confirmar", "pt": "Confirmar", "en": "Confirm"}
RESCHEDULE: Final[Words] = {"es": "Cambiar fecha", "pt": "Mudar a data", "en": "Change the time"}
CANCEL: Final[Words] = {
    "es": "Cancelar la cita",
    "pt": "Cancelar a consulta",
    "en": "Cancel the visit",
}
PREPARE: Final[Words] = {
    "es": "Cómo prepararme",
    "pt": "Como me preparar",
    "en": "How to prepare",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A visit as it is told: when and where, and whose, if the phone is shared."""

    when: str
    branch: str
    name: str | None = None


def reminder(clinic: str, lines: Sequence[Line], language: Language, *, how_to_stop: bool) -> str:
    """The text of a reminder of those visits."""
    if len(lines) == 1:
        text = _one(clinic, lines[0], language)
    else:
        told = [
            f"- {': '.join(filter(None, (each.name, _visit(each, language))))}" for each in lines
        ]
        text = "\n".join([_SEVERAL[language].format(clinic=clinic), *told])
    if how_to_stop:
        text += f"\n{HOW_TO_STOP[language]}"
    return text


def _one(clinic: str, line: Line, language: Language) -> str:
    template = _ONE_OF if line.name else _ONE
    return template[language].format(clinic=clinic, name=line.name, visit=_visit(line, language))


def _visit(line: Line, language: Language) -> str:
    return f"{line.when}, {_BRANCH[language].format(branch=line.branch)}"
