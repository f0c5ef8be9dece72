"""Wanting to wait no longer, in words: "sáquenme de la lista de espera"."""

import re
from typing import Final

from understanding.words import bare

_LIST: Final = re.compile(r"\b(?:(?:lista|fila) de espera|wait(?:ing)? ?list)\b")
_LEAVES: Final = re.compile(
    r"\b(?:ya no (?:(?:quiero|necesito|deseo|me interesa) )?(?:(?:estar|seguir) )?(?:en )?la"
    r"|salir(?:me)?|salgo|saquen?me|saca(?:r)?me|quiten?me|quita(?:r)?me|borren?me"
    r"|borra(?:r)?me"
    r"|nao (?:quero|preciso|quero estar|quero ficar) mais|mais nao|sair|saio|me tirem?|me tira"
    r"|me retirem?|me remov\w+"
    r"|off|leave|remove|no longer|not? (?:want|need)\b.*\b(?:anymore|any more)"
    r"|(?:don t|dont|do not) (?:want|need))\b"
)
# "I don't want to wait so long, put me on the waiting list."
_JOINS: Final = re.compile(
    r"\b(?:put|add|join|get) me|\b(?:ponga\w*|ponme|pongame|anot\w+|apunt\w+|inscri\w+|agregu?\w+"
    r"|meta\w*|coloc\w+|coloqu\w+|inclu\w+|entrar|poe|ponha\w*|sign me up)\b"
)
_LONGEST: Final = 80  # characters; a longer message may say much else


def leaves_waitlist(text: str) -> bool:
    """Whether the message asks to be taken off a waitlist, in any of the three languages."""
    words = bare(text)
    if len(text) > _LONGEST or _LIST.search(words) is None:
        return False
    return _LEAVES.search(words) is not None and _JOINS.search(words) is None
