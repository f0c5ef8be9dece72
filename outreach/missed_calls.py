"""Calls that came to nothing go on in writing: missed ones, and ours that were hung up on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import phonenumbers

from app.services import Services
from clinic.hours import local_day
from clinic.languages import Language
from conversations.call_log import QuietCall
from conversations.model import Choice
from outreach.apart import apart
from outreach.reach import Reached, destination_at, reach, say_once

LOOKS_BACK: Final = timedelta(hours=12)
"""A call at night is answered in the morning; an older one no more."""

_MISSED: Final[Mapping[Language, str]] = {
    "es": "{clinic}: vimos su llamada. Puede seguir por aquí; escriba lo que necesita o elija:",
    "pt": "{clinic}: vimos sua ligação. Pode continuar por aqui; escreva o que precisa ou escolha:",
    "en": "{clinic}: we saw your call. You can go on here; write what you need or choose:",
}
_HUNG_UP: Final[Mapping[Language, str]] = {
    "es": "Le llamamos hace un momento. {text}",
    "pt": "Ligamos há pouco. {text}",
    "en": "We called you a moment ago. {text}",
}
_MENU: Final[Mapping[Language, str]] = {"es": "Opciones", "pt": "Opções", "en": "Options"}


def text_back(services: Services, now: datetime) -> list[dict[str, str]]:
    """Writes to those whose call ended before they had an answer, and who did nothing since.

    Who called us is written to once a day, who hung up on a call of ours once for that call.
    """
    begun = []
    for call in services.calls.quiet(now - LOOKS_BACK, now):
        with apart("text_back", call.id):
            begun += _text_back(services, call, now)
    return begun


def _text_back(services: Services, call: QuietCall, now: datetime) -> list[dict[str, str]]:
    destination = destination_at(services, call.address, now)
    if (
        destination is None
        or not _may_be_a_mobile(call.address)
        or services.calling.allowed_at(call.address, now) > now
    ):
        return []
    reached = reach(services, destination, now)
    text, choices = _words(services, reached, call)
    if say_once(services, reached, text, choices, _key(services, call), now) is None:
        return []
    patient = reached.conversation.patient_id or ""
    return [{"kind": "missed_call", "to": patient, "about": call.id, "at": now.isoformat()}]


def _words(services: Services, reached: Reached, call: QuietCall) -> tuple[str, tuple[Choice, ...]]:
    language = reached.language
    if call.text is not None:
        return _HUNG_UP[language].format(text=call.text), call.choices
    text = _MISSED[language].format(clinic=services.settings.clinic_name)
    return text, call.choices or (Choice(_MENU[language], "/menu"),)


def _key(services: Services, call: QuietCall) -> str:
    if call.text is not None:
        return f"call:{call.id}:text"
    zone = services.catalogue.branches()[0].zone
    return f"missed_call:{call.address}:{local_day(call.at, zone)}"


def _may_be_a_mobile(address: str) -> bool:
    """In many countries a number does not tell: then it is tried."""
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(address))
    except phonenumbers.NumberParseException:
        return False
    return kind != phonenumbers.PhoneNumberType.FIXED_LINE
