"""How a freed slot is offered: clinic, day, time and branch, never what the visit is for."""

from collections.abc import Mapping
from typing import Final

from clinic.appointments import Appointment
from clinic.catalogue import Branch
from clinic.languages import Language
from clinic.waitlist import Offer
from conversations import wording
from conversations.meaning import with_entity
from conversations.model import Choice
from outreach.words import HOW_TO_STOP

Words = Mapping[Language, str]

_FOR: Final[Words] = {
    "es": "{clinic}, para {name}",
    "pt": "{clinic}, para {name}",
    "en": "{clinic}, for {name}",
}
_OFFER: Final[Words] = {
    "es": "{sender}: hay un lugar libre {when}, sucursal {branch}.{move} Es de quien responda "
    "primero. Oferta válida hasta: {until}.",
    "pt": "{sender}: há um horário livre {when}, unidade {branch}.{move} É de quem responder "
    "primeiro. Oferta válida até: {until}.",
    "en": "{sender}: a time has come free {when}, {branch} branch.{move} It goes to whoever "
    "answers first. Offer good until: {until}.",
}
_MOVE: Final[Words] = {
    "es": " Si lo toma, su cita del {day} se cambia a este horario.",
    "pt": " Se aceitar, a sua consulta de {day} passa para este horário.",
    "en": " If you take it, your visit of {day} moves to this time.",
}
_TAKE: Final[Words] = {"es": "Lo quiero", "pt": "Eu quero", "en": "I'll take it"}
_NO_THANKS: Final[Words] = {"es": "No, gracias", "pt": "Não, agora não", "en": "No, thanks"}


def offer_words(
    offer: Offer,
    branch: Branch,
    clinic: str,
    language: Language,
    *,
    name: str | None,
    moves: Appointment | None,
    first: bool,
) -> str:
    """The text of an offer.

    name: whom it is for on a shared phone. moves: the visit that the patient gives up for it.
    first: the clinic has never written there, so that it says how to have it stop.
    """
    move = ""
    if moves is not None:
        day = wording.day(moves.start.astimezone(branch.zone).date(), language)
        move = _MOVE[language].format(day=day)
    text = _OFFER[language].format(
        sender=_FOR[language].format(clinic=clinic, name=name) if name else clinic,
        when=wording.when(offer.start, branch.zone, language, offer.at),
        branch=branch.name,
        move=move,
        until=wording.clock(offer.expires_at.astimezone(branch.zone), language).rstrip("."),
    )
    return f"{text} {HOW_TO_STOP[language]}" if first else text


def offer_choices(offer: Offer, language: Language) -> tuple[Choice, Choice]:
    """Take it, or no thanks."""
    return (
        Choice(_TAKE[language], with_entity("accept_offer", "offer", offer.id)),
        Choice(_NO_THANKS[language], with_entity("decline_offer", "offer", offer.id)),
    )
