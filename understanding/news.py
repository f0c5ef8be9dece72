"""Wanting the clinic's news, or no more of them, in words: "quiero recibir noticias"."""

import re
from typing import Final, Literal

from understanding.words import bare

News = Literal["join", "leave"]

# Whole messages: consent is not read into a longer talk, and "any news?" asks for something else.
_NEWS: Final = (
    r"(?:(?:las|sus|as|the|your|de|da|of|about|das|any|mas|mais|more) )*"
    r"(?:noticias|novedades|novidades|promociones|promocoes|boletin|boletim|newsletter|news"
    r"|promotions)"
    r"(?: (?:de|da|from|of) (?:la |the )?(?:clinica(?: \w+)?|clinic))?"
)
_POLITE: Final = r"(?:(?:hola|oi|ola|hello|hi|por favor|please) )?"
_JOIN: Final = re.compile(
    rf"{_POLITE}(?:(?:si )?(?:quiero|quisiera|me gustaria|deseo) (?:recibir|tener)"
    r"|(?:manden?me|envien?me|mandeme|envieme)"
    r"|(?:sim )?(?:quero|queria|gostaria de|desejo) receber|(?:me )?(?:mandem?|enviem?)(?: me)?"
    r"|(?:yes )?(?:i want|i d like|i would like|id like|want)(?: to (?:get|receive))?"
    r"|(?:please )?send me|sign me up for)"
    rf" {_NEWS}(?: (?:por favor|please))?"
)
_LEAVE: Final = re.compile(
    rf"{_POLITE}(?:(?:ya )?no (?:quiero|deseo)(?: recibir)?(?: mas)?"
    r"|no (?:me )?(?:manden?|envien?)(?:me)?(?: mas)?|(?:ya )?no mas|basta de"
    r"|nao quero(?: mais)?(?: receber)?(?: mais)?|nao (?:me )?(?:mandem?|enviem?)(?: mais)?"
    r"|sem mais|chega de|parem? de (?:me )?(?:mandar|enviar)"
    r"|(?:i )?(?:don t|dont|do not) want(?: to (?:get|receive))?(?: any)?(?: more)?"
    r"|(?:please )?(?:don t|dont|do not|stop) send(?:ing)?(?: me)?(?: any)?(?: more)?"
    rf"|no more) {_NEWS}(?: (?:por favor|please|mais|anymore|any more))?"
)


def read_news(text: str) -> News | None:
    """What a message asks that is about the clinic's news and nothing else; None for others."""
    said = bare(text)
    if _LEAVE.fullmatch(said):
        return "leave"
    return "join" if _JOIN.fullmatch(said) else None
