"""Wanting no more calls, in words: "no me llamen más". Messages may go on."""

import re
from typing import Final

from understanding.words import bare

_CALLS: Final = r"(?:llamadas?|llamados|ligacoes|ligacao|chamadas?|telefonemas|calls?|phone calls?)"
_NOTHING_MORE: Final = re.compile(
    r"\b(?:ya )?(?:no|nunca|jamas) (?:quiero que )?(?:me |nos )?(?:vuelvan a |esten |sigan )?"
    r"(?:llam(?:en?|es|ar|ando)|marqu(?:en?|es)|hablen por telefono)(?:me|nos)?\b"
    r"|\b(?:dejen?|deja|paren?|basta) (?:ya )?de (?:llamar|marcar)(?:me|nos)?\b"
    r"|\b(?:nao|nunca mais) (?:quero que )?(?:me |nos )?(?:liguem?|telefonem?|ligar|ligando)\b"
    r"|\b(?:parem?|pare|deixem?|chega) de (?:me |nos )?(?:ligar|telefonar)\b"
    r"|\b(?:do not|don t|dont|never|please not) (?:ever )?(?:call|phone|ring)\b"
    r"|\b(?:stop|quit) (?:calling|phoning|ringing)\b"
    rf"|\b(?:no|ya no|nao|sin|sem|stop|don t|dont|do not) (?:quiero|quero|want|the|las|as|more|mas"
    rf"|mais|any|recibir|receber|get|hacer|fazer|ya|automatic|automaticas|your| )*{_CALLS}\b"
)
# Also of messages, then it is more than this; of a day or a visit, then it is something else.
_ELSE: Final = re.compile(
    r"\b(?:mensaj\w*|mensag\w*|messag\w*|te?xt\w*|sms|whats\w*|escrib\w*|escrev\w*|writ\w*|mand\w*"
    r"|envi\w*|contact\w*|contat\w*|molest\w*|perturb\w*|nada|anything|recordatorios?|lembretes?"
    r"|reminders?|citas?|consultas?|appointments?|visits?|cancel\w*|hoy|manana|hoje|amanha|today"
    r"|tomorrow|antes|before|hasta|ate|until|despues|depois|after|por que|porque|why|si|se|if"
    r"|me llamaron|me ligaram|you called|not called me)\b(?! no)"
)
_LONGEST: Final = 80  # characters; a longer message may say much else


def wants_no_more_calls(text: str) -> bool:
    """Whether the message asks outright for no more calls and says nothing of messages."""
    said = bare(text)
    if len(text) > _LONGEST or _NOTHING_MORE.search(said) is None:
        return False
    return _ELSE.search(said) is None
