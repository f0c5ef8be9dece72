"""Picking one of the offered choices, in words."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from clinic.languages import Language
from understanding.words import bare, word_set, words

_CARDINALS: Final = {
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "pt": "um dois tres quatro cinco seis sete oito nove dez",
    "en": "one two three four five six seven eight nine ten",
}
_FEMININE: Final = {"una": 1, "uma": 1, "duas": 2, "un": 1}
_ORDINALS: Final = {
    "es": (
        "primero primera primer|segundo segunda|tercero tercera tercer|cuarto cuarta|quinto quinta"
        "|sexto sexta|septimo septima|octavo octava|noveno novena|decimo decima"
    ),
    "pt": (
        "primeiro primeira|segundo segunda|terceiro terceira|quarto quarta|quinto quinta"
        "|sexto sexta|setimo setima|oitavo oitava|nono nona|decimo decima"
    ),
    "en": (
        "first 1st|second 2nd|third 3rd|fourth 4th|fifth 5th|sixth 6th|seventh|eighth|ninth|tenth"
    ),
}
_LAST: Final = frozenset({"ultimo", "ultima", "last"})
_NOISE: Final = word_set(
    """
    la el lo a o the one ones opcion opciones opcao option number numero num nro n de esta este
    ese esa essa esse this that mejor prefiero quiero quisiera elijo escojo seria serian sera
    pues entonces entao por favor porfa porfavor please pls pf gracias obrigado obrigada thanks
    thank you i d ll take want would like prefer choose pick escolho quero prefiro fico com pode
    ser me quedo con si sim yes ok okay va dale bueno bien bom e y que es is it s horario hora
    posicion inciso digito tecla seleccion dele dame deme da voy me iria gusta gustaria choice
    go with marco marque tambien ta vou
    """
)
_WEEKDAY_LIKE: Final = frozenset({"segunda", "terca", "quarta", "quinta", "sexta"})
_NEAR_TITLE: Final = 88.0
_CLEAR_BY: Final = 8.0


def pick_choice(text: str, titles: Sequence[str], language: Language) -> int | None:
    """The index into `titles` of the choice meant; None when the message is not clearly one.

    A message with more in it than a choice ("2 de diciembre") is left to the rest of the reading.
    """
    if not titles or len(text) > 120:
        return None
    by_title = _by_title(text, titles)
    if by_title is not None:
        return by_title
    return _by_position(text, len(titles), language)


def _by_position(text: str, count: int, language: Language) -> int | None:
    """The choice named by its number or place, counted from 1 by the patient."""
    if re.search(r"\d\s*[:/.,-]\s*\d|\d\s*(?:[ap]\.?\s?m|h|hs|hrs)\b", text.lower()):
        return None
    told = words(re.sub(r"(\d)\s*(?:[ºª°]|(?:st|nd|rd|th)\b)", r"\1 ", text.lower()))
    kept = [word for word in told if word not in _NOISE]
    if len(kept) != 1 or len(told) > 8:
        return None
    word = kept[0]
    if word in _LAST:
        return count - 1
    if language == "pt" and word in _WEEKDAY_LIKE and not _has_article(told, word):
        return None
    place = _place(word, language)
    return place - 1 if place is not None and 1 <= place <= count else None


def _has_article(told: list[str], word: str) -> bool:
    """Whether "a segunda" or "segunda opção" is said and not the weekday ("na segunda")."""
    at = told.index(word)
    before, after = set(told[:at]), set(told[at + 1 :])
    if before & {"na", "no", "para", "pra"}:
        return False
    return bool(after & {"opcao", "opcion"}) or bool(before & {"a", "opcao"})


def _place(word: str, language: Language) -> int | None:
    """The number that a word stands for, in the patient's language first."""
    if word.isdigit():
        return int(word) if len(word) <= 2 else None
    languages: list[Language] = [language, "es", "pt", "en"]
    for code in languages:
        cardinals = _CARDINALS[code].split()
        if word in cardinals:
            return cardinals.index(word) + 1
        for place, forms in enumerate(_ORDINALS[code].split("|"), 1):
            if word in forms.split():
                return place
    return _FEMININE.get(word)


def _by_title(text: str, titles: Sequence[str]) -> int | None:
    """The choice whose title is all but repeated, and no other as much."""
    said = bare(text)
    if len(said) < 3:  # a digit is a place, never a piece of a title
        return None
    scores = [fuzz.ratio(said, bare(title)) for title in titles]
    best = max(range(len(titles)), key=lambda at: scores[at])
    rest = max((score for at, score in enumerate(scores) if at != best), default=0.0)
    if scores[best] == 100.0 and rest < 100.0:
        return best
    numbers = set(re.findall(r"\d+", said)) ^ set(re.findall(r"\d+", bare(titles[best])))
    clear = scores[best] >= _NEAR_TITLE and scores[best] - rest >= _CLEAR_BY and not numbers
    return best if clear else None
