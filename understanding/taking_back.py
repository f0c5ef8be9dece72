"""Taking back what was just done, in words: "me equivoqué", "foi engano", "undo"."""

import re
from typing import Final

from understanding.words import bare

_BEFORE: Final = (
    r"(?:(?:no|nao|perdon|disculpe?|desculpa|desculpe|sorry|oops|ups|ay|ai|espera|espere|wait|uy"
    r"|por favor|please|porfa) )*"
)
_TAKES_BACK: Final = (
    r"(?:(?:lo |isso |that |it )?(?:deshacer|deshaz(?:lo)?|deshaga(?:lo)?|desfazer|desfaz|desfaca"
    r"|undo|revertir|reverter)"
    r"|me equivoque(?: de (?:cita|boton|opcion|tecla|numero))?"
    r"|fue (?:un |por )?error|fue sin querer|sin querer"
    r"|foi (?:um )?(?:engano|erro|sem querer)|me enganei|cliquei errado|apertei errado|eu errei"
    r"|(?:it was |that was )?(?:a |my )?(?:mistake|by (?:mistake|accident))|i made a mistake"
    r"|(?:the )?wrong (?:button|key|one)"
    r"|i (?:pressed|tapped|hit|clicked) (?:the )?wrong (?:button|key|one|number)"
    r"|(?:aprete|pique|presione|toque) (?:mal|el (?:boton|numero) equivocado)"
    r"|take (?:it|that) back|no (?:era|queria) eso|nao era isso"
    r"|i did(?:n t| not|nt) mean (?:that|it))"
)
_AFTER: Final = (
    r"(?: (?:perdon|disculpe?|desculpa|sorry|por favor|please|porfa|gracias|that|isso|eso|it))*"
)
_WHOLE: Final = re.compile(f"{_BEFORE}{_TAKES_BACK}(?: {_TAKES_BACK})?{_AFTER}")
_LONGEST: Final = 60  # characters; a longer message says what is wanted instead


def takes_back(text: str) -> bool:
    """Whether the whole message takes back what was just done, in any of the three languages."""
    return len(text) <= _LONGEST and _WHOLE.fullmatch(bare(text)) is not None
