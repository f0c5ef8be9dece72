"""Numbers spoken in words, as voice transcripts and some patients write them."""

import re
from functools import cache
from typing import Final

from clinic.languages import Language
from understanding.words import fold

_UNITS: Final[dict[Language, str]] = {
    "es": (
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
        " dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres"
        " veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
    ),
    "pt": (
        "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze"
        " dezesseis dezessete dezoito dezenove vinte"
    ),
    "en": (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty"
    ),
}
_TENS: Final[dict[Language, str]] = {
    "es": "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "pt": "trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "en": "thirty forty fifty sixty seventy eighty ninety",
}
_HUNDREDS: Final[dict[Language, str]] = {
    "es": (
        "cien ciento;doscientos;trescientos;cuatrocientos;quinientos;seiscientos;setecientos"
        ";ochocientos;novecientos"
    ),
    "pt": (
        "cem cento;duzentos;trezentos;quatrocentos;quinhentos;seiscentos;setecentos;oitocentos"
        ";novecentos"
    ),
    "en": "",
}
_EXTRA: Final[dict[Language, dict[str, int]]] = {
    "es": {"un": 1, "una": 1, "veintiun": 21, "primero": 1, "mil": 1000},
    "pt": {"uma": 1, "duas": 2, "catorze": 14, "primeiro": 1, "meia": 6, "mil": 1000},
    "en": {"a": 1, "thousand": 1000, "hundred": 100},
}
_AND: Final[dict[Language, str]] = {"es": "y", "pt": "e", "en": "and"}
_ALONE: Final = frozenset({"un", "una", "uno", "um", "uma", "a", "one", "meia", "and", "y", "e"})


@cache
def values(language: Language) -> dict[str, int]:
    """The number words of a language, folded."""
    known = {word: value for value, word in enumerate(_UNITS[language].split())}
    known |= {word: 30 + 10 * at for at, word in enumerate(_TENS[language].split())}
    for at, forms in enumerate(_HUNDREDS[language].split(";"), 1):
        known |= dict.fromkeys(forms.split(), 100 * at)
    return known | _EXTRA[language]


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    word = "(?:" + "|".join(sorted(values(language), key=len, reverse=True)) + ")"
    return re.compile(rf"\b{word}(?:(?:\s+|-|\s+{_AND[language]}\s+){word})*\b")


def read_number_words(text: str, language: Language) -> str:
    """The text with its number words as digits: "doce de mayo de mil novecientos" has 12 and 1900.

    A lone "un", "a" or "one" stays: it is mostly an article.
    """
    folded = fold(text)
    parts, at = [], 0
    for match in _pattern(language).finditer(folded):
        if match[0] in _ALONE:
            continue
        parts += [text[at : match.start()], _spelled(match[0], language)]
        at = match.end()
    return "".join([*parts, text[at:]])


def _spelled(words: str, language: Language) -> str:
    """The digits for some number words; several numbers in a row stay several."""
    known = values(language)
    numbers: list[int] = []
    total: int | None = None
    last = 0
    for word in re.split(r"\s+|-", words):
        if word == _AND[language]:
            continue
        value = known[word]
        if total is None:
            total = value
        elif value == 1000 and total < 100:
            total *= 1000
        elif value == 100 and language == "en" and total < 100:
            total *= 100
        elif _joins(last, value):
            total += value
        elif language == "en" and 19 <= total <= 20 and value >= 10:
            total = total * 100 + value
        else:
            numbers.append(total)
            total = value
        last = value
    numbers.append(total or 0)
    return " ".join(map(str, numbers))


def _joins(last: int, value: int) -> bool:
    """Whether a smaller number completes the one before ("ochenta y cinco", "mil novecientos")."""
    if last >= 1000:
        return value < 1000
    if last >= 100:
        return value < 100
    return last >= 20 and last % 10 == 0 and 0 < value < 10
