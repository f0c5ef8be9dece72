"""Wishing to get no more messages: as a keyword, and in any words.

CANCEL, CANCELAR and END alone are not read as such, although the provider does so in English:
at a clinic they mean the visit, and opting out must never be confused with cancelling one.
"""

import re
from typing import Final, Literal

from understanding.opt_out_rules import OTHERWISE, RULES
from understanding.words import bare

OptOut = Literal["stop", "start", "help"]

_STOP: Final = """
stop|stop all|stopall|unsubscribe|quit|revoke|optout|opt out|alto|parar|pare|para ya|sair|baja
|dar de baja|darme de baja|dame de baja|deme de baja|denme de baja|desuscribir|desuscribirme
|cancelar suscripcion|cancelar la suscripcion|cancelar mensajes|detener|detener mensajes
|alto mensajes|parar mensajes|bloquear mensajes|bloquear mensagens|block messages|descadastrar
|descadastre|descadastre me|descadastra|me descadastre
|cancelar inscricao|desinscrever|desinscrever me|parar mensagens|parem|stop messages|stop texting
|stop texting me|no mas mensajes|no mas sms|chega de mensagens|sem mensagens
"""
_START: Final = """
start|unstop|iniciar|inicio|comenzar|empezar|reanudar|alta|reactivar|volver a recibir|voltar
|comecar|retomar|reativar|resume|subscribe|suscribir|suscribirme|inscrever|resubscribe
"""
_HELP: Final = "help|ayuda|ajuda|info|informacion|informacao|socorro ajuda|help me|ayudame|me ajuda"


def _keywords(table: str) -> frozenset[str]:
    return frozenset(word.strip() for word in table.replace("\n", "").split("|"))


_MEANING: Final[dict[str, OptOut]] = {
    **dict.fromkeys(_keywords(_HELP), "help"),
    **dict.fromkeys(_keywords(_START), "start"),
    **dict.fromkeys(_keywords(_STOP), "stop"),
}
_PADDING = re.compile(
    r"^(?:por favor|please|pls|porfa|pf) | (?:por favor|please|pls|porfa|pf|ya|now)$"
)


def read_opt_out(text: str) -> OptOut | None:
    """What a message asks that consists of a keyword and nothing else; None for all others."""
    message = bare(text)
    return _MEANING.get(message) or _MEANING.get(_PADDING.sub("", message))


_WANTS_NONE: Final = re.compile("|".join(f"(?:{rule})" for rule in RULES))
_WANTS_OTHERWISE: Final = re.compile("|".join(OTHERWISE))


def wants_no_more_messages(text: str) -> bool:
    """Whether a message asks outright, in any words, that the clinic write or call no more.

    Only what can mean nothing else: whoever is not sure to have meant it is asked by the engine.
    """
    said = bare(text)
    if read_opt_out(text) == "stop":
        return True
    return bool(_WANTS_NONE.search(said)) and not _WANTS_OTHERWISE.search(said)
