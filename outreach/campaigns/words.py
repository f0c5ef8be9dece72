"""What campaigns say: never what a visit is for, never anything medical."""

from collections.abc import Mapping
from typing import Final

from clinic.campaigns import MoveReason
from clinic.languages import Language
from conversations.meaning import payload_of
from conversations.model import Choice
from outreach.words import ANOTHER_TIME, CANCEL, HOW_TO_STOP, PERSON, Words

_FOR: Final[Words] = {
    "es": "{clinic}, para {name}",
    "pt": "{clinic}, para {name}",
    "en": "{clinic}, for {name}",
}
_MOVE: Final[Words] = {
    "es": "{sender}: tenemos que cambiar su cita ({when}, sucursal {branch}) {reason}.",
    "pt": "{sender}: precisamos mudar sua consulta ({when}, unidade {branch}) {reason}.",
    "en": "{sender}: we have to move your visit ({when}, {branch} branch) {reason}.",
}
_REASONS: Final[Mapping[MoveReason, Words]] = {
    MoveReason.PRACTITIONER: {
        "es": "porque quien le atiende no va a estar",
        "pt": "porque o profissional não vai estar",
        "en": "because the person you are to see will be away",
    },
    MoveReason.BRANCH: {
        "es": "porque ese día no abrimos a esa hora",
        "pt": "porque nesse dia não abrimos a essa hora",
        "en": "because we will not be open at that time",
    },
    MoveReason.EQUIPMENT: {
        "es": "por una falla de equipo",
        "pt": "por uma falha de equipamento",
        "en": "because of an equipment failure",
    },
}
_SORRY: Final[Words] = {
    "es": "Disculpe la molestia.",
    "pt": "Desculpe o incômodo.",
    "en": "Sorry for the trouble.",
}
_ASK: Final[Words] = {
    "es": "Elija otro horario:",
    "pt": "Escolha outro horário:",
    "en": "Please choose another time:",
}
_ASK_WITHOUT: Final[Words] = {
    "es": "Diga qué prefiere:",
    "pt": "Diga o que prefere:",
    "en": "Please tell us what you prefer:",
}
_CLOSED: Final[Words] = {
    "es": "{sender}: no se eligió otro horario, así que su cita ({when}, sucursal {branch}) quedó "
    "cancelada. Cuando quiera le damos otra.",
    "pt": "{sender}: nenhum outro horário foi escolhido, então sua consulta ({when}, unidade "
    "{branch}) foi cancelada. Quando quiser, marcamos outra.",
    "en": "{sender}: no other time was chosen, so your visit ({when}, {branch} branch) is "
    "cancelled. We will gladly find you another one.",
}
_BOOK: Final[Words] = {"es": "Agendar otra", "pt": "Marcar outra", "en": "Book another"}
_NO_NEWS: Final[Words] = {
    "es": "No más noticias",
    "pt": "Sem mais notícias",
    "en": "No more news",
}


def sender(clinic: str, name: str | None, language: Language) -> str:
    """Who writes; to whom, where several share the address."""
    return _FOR[language].format(clinic=clinic, name=name) if name else clinic


def move_text(
    told: Mapping[str, str], reason: MoveReason, language: Language, *, offers: bool, first: bool
) -> str:
    """That a visit must be moved. told: sender, when and branch. offers: new times follow.

    first: the clinic has never written there, so that it says how to have it stop.
    """
    lines = [_MOVE[language].format(**told, reason=_REASONS[reason][language]), _SORRY[language]]
    if first:
        lines.append(HOW_TO_STOP[language])
    return " ".join([*lines, (_ASK if offers else _ASK_WITHOUT)[language]])


def move_choices(visit: str, slots: Mapping[str, str], language: Language) -> tuple[Choice, ...]:
    """The new times (title by slot), and the ways out. All carry the visit with its version."""
    return (
        *(
            Choice(title, payload_of("reschedule_appointment", visit=visit, slot=slot))
            for slot, title in slots.items()
        ),
        Choice(ANOTHER_TIME[language], payload_of("reschedule_appointment", visit=visit)),
        Choice(CANCEL[language], payload_of("cancel_appointment", visit=visit)),
        Choice(PERSON[language], "/talk_to_human"),
    )


def closed_text(told: Mapping[str, str], language: Language) -> str:
    """That the visit of who did not answer is cancelled."""
    return _CLOSED[language].format(**told)


def closed_choices(language: Language, service: str, branch: str) -> tuple[Choice, ...]:
    """Another visit of the same kind, or a person."""
    book = payload_of("book_appointment", service=service, branch=branch)
    return Choice(_BOOK[language], book), Choice(PERSON[language], "/talk_to_human")


def news_text(clinic: str, text: str, language: Language) -> str:
    """The staff's words, who they are from, and how to have it all stop."""
    return f"{clinic}: {text}\n{HOW_TO_STOP[language]}"


def news_choices(language: Language) -> tuple[Choice, ...]:
    """No more of these; messages about visits go on."""
    return (Choice(_NO_NEWS[language], "/leave_news"),)
