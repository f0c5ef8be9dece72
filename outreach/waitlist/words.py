"""How a freed slot is offered: clinic, day, time and branch, never what the visit is for."""

from collections.abc import Mapping
from typing import Final

from clinic.appointments import Appointment
from clinic.catalogue import Branch
from clinic.languages import LANGUAGES, Language
from clinic.waitlist import Offer
from conversations import wording
from conversations.meaning import payload_of
from conversations.model import Choice
from outreach.notices import Notice
from outreach.words import A_NAME, A_PLACE, Words, when_and_where

_FOR: Final[Words] = {
    "es": "{clinic}, para {name}",
    "pt": "{clinic}, para {name}",
    "en": "{clinic}, for {name}",
}
_OFFER: Final[Words] = {
    "es": "SENDER: hay un lugar libre {visit}.MOVE Es de quien responda primero. "
    "Oferta válida hasta: {until}.",
    "pt": "SENDER: há um horário livre {visit}.MOVE É de quem responder primeiro. "
    "Oferta válida até: {until}.",
    "en": "SENDER: a time has come free {visit}.MOVE It goes to whoever answers first. "
    "Offer good until: {until}.",
}
_MOVE: Final[Words] = {
    "es": " Si lo toma, su cita del {day} se cambia a este horario.",
    "pt": " Se aceitar, a sua consulta de {day} passa para este horário.",
    "en": " If you take it, your visit of {day} moves to this time.",
}
_TAKE: Final[Words] = {"es": "Lo quiero", "pt": "Eu quero", "en": "I'll take it"}
_NO_THANKS: Final[Words] = {"es": "No, gracias", "pt": "Não, agora não", "en": "No, thanks"}
_SAMPLES: Final[Mapping[str, Words]] = {
    "name": A_NAME,
    "visit": A_PLACE,
    "day": {
        "es": "lunes 16 de marzo",
        "pt": "segunda-feira, 16 de março",
        "en": "Monday, March 16",
    },
    "until": {"es": "9:30 a.m.", "pt": "09:30", "en": "9:30 AM"},
}


def _notice(*, named: bool, moves: bool) -> Notice:
    words: dict[Language, str] = {
        language: _OFFER[language]
        .replace("SENDER", _FOR[language] if named else "{clinic}")
        .replace("MOVE", _MOVE[language] if moves else "")
        for language in LANGUAGES
    }
    name = f"offer{'_for' if named else ''}{'_moving' if moves else ''}"
    return Notice(name, words, _SAMPLES, (_TAKE, _NO_THANKS))


_BY_KIND: Final = {
    (named, moves): _notice(named=named, moves=moves)
    for named in (False, True)
    for moves in (False, True)
}
OFFERS: Final = tuple(_BY_KIND.values())


def offer_notice(
    offer: Offer, branch: Branch, language: Language, *, name: str | None, moves: Appointment | None
) -> tuple[Notice, Mapping[str, str]]:
    """How an offer is worded, and what stands in it.

    name: whom it is for on a shared phone. moves: the visit that the patient gives up for it.
    """
    when = wording.when(offer.start, branch.zone, language, offer.at)
    until = wording.clock(offer.expires_at.astimezone(branch.zone), language)
    values = {
        "visit": when_and_where(when, branch.name, language),
        "until": until.rstrip("."),
    }
    if name is not None:
        values["name"] = name
    if moves is not None:
        values["day"] = wording.day(moves.start.astimezone(branch.zone).date(), language)
    return _BY_KIND[name is not None, moves is not None], values


def offer_choices(offer: Offer, language: Language) -> tuple[Choice, Choice]:
    """Take it, or no thanks."""
    return (
        Choice(_TAKE[language], payload_of("accept_offer", offer=offer.id)),
        Choice(_NO_THANKS[language], payload_of("decline_offer", offer=offer.id)),
    )
