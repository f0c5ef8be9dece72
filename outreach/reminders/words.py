"""How reminders are worded: the clinic, the time and the branch, and never what a visit is for."""

from typing import Final

from outreach.notices import Notice
from outreach.words import A_NAME, A_PLACE, CANCEL, CONFIRM, RESCHEDULE, Words

PREPARE: Final[Words] = {
    "es": "Cómo prepararme",
    "pt": "Como me preparar",
    "en": "How to prepare",
}
_PLACES: Final[Words] = {language: f"{place}; {place}" for language, place in A_PLACE.items()}
_BUTTONS: Final = (CONFIRM, RESCHEDULE, CANCEL)

OF_ONE: Final = Notice(
    name="reminder",
    words={
        "es": "{clinic} le recuerda su cita: {visit}.",
        "pt": "{clinic} lembra sua consulta: {visit}.",
        "en": "{clinic} reminds you of your appointment: {visit}.",
    },
    samples={"visit": A_PLACE},
    buttons=_BUTTONS,
)
OF_SOMEBODYS: Final = Notice(
    name="reminder_for",
    words={
        "es": "{clinic} recuerda la cita de {name}. Fecha: {visit}.",
        "pt": "{clinic} lembra a consulta de {name}. Data: {visit}.",
        "en": "{clinic}, a reminder of {name}'s appointment: {visit}.",
    },
    samples={"name": A_NAME, "visit": A_PLACE},
    buttons=_BUTTONS,
)
"""On a phone that several patients share."""
OF_SEVERAL: Final = Notice(
    name="reminder_several",
    words={
        "es": "{clinic} le recuerda estas citas: {visits}.",
        "pt": "{clinic} lembra estas consultas: {visits}.",
        "en": "{clinic} reminds you of these appointments: {visits}.",
    },
    samples={"visits": _PLACES},
    buttons=_BUTTONS,
)
REMINDERS: Final = (OF_ONE, OF_SOMEBODYS, OF_SEVERAL)

_PREPARING: Final = (PREPARE, RESCHEDULE)
PREPARING_ONE: Final = Notice(
    name="preparation",
    words={
        "es": "{clinic}: su cita necesita preparación. Es {visit}.",
        "pt": "{clinic}: sua consulta precisa de preparo. Será {visit}.",
        "en": "{clinic}: your appointment needs some preparation. It is {visit}.",
    },
    samples={"visit": A_PLACE},
    buttons=_PREPARING,
)
PREPARING_SOMEBODYS: Final = Notice(
    name="preparation_for",
    words={
        "es": "{clinic}: la cita de {name} necesita preparación. Es {visit}.",
        "pt": "{clinic}: a consulta de {name} precisa de preparo. Será {visit}.",
        "en": "{clinic}: {name}'s appointment needs some preparation. It is {visit}.",
    },
    samples={"name": A_NAME, "visit": A_PLACE},
    buttons=_PREPARING,
)
PREPARING_SEVERAL: Final = Notice(
    name="preparation_several",
    words={
        "es": "{clinic}: estas citas necesitan preparación: {visits}.",
        "pt": "{clinic}: estas consultas precisam de preparo: {visits}.",
        "en": "{clinic}: these appointments need some preparation: {visits}.",
    },
    samples={"visits": _PLACES},
    buttons=_PREPARING,
)
PREPARATIONS: Final = (PREPARING_ONE, PREPARING_SOMEBODYS, PREPARING_SEVERAL)
