"""How long beforehand a patient must know: "con dos días", "same day is fine", "na véspera"."""

import re
from typing import Final

from clinic.languages import Language
from understanding.times.normal import normalise
from understanding.words import clean

_HOURS: Final = {"hora": 1, "hour": 1, "dia": 24, "day": 24, "semana": 7 * 24, "week": 7 * 24}
_MOST: Final = 60 * 24
"""Hours; more than any schedule reaches ahead is not meant as notice."""
_ONE: Final = frozenset({"un", "una", "um", "uma", "a", "one", "an"})
_SAME_DAY: Final = re.compile(
    r"\b(?:(?:el |en el |no |o )?mismo? dia|mesmo dia|same day|that (?:very )?day|right away"
    r"|(?:de |en el )?ultim[oa] (?:minuto|momento|hora)|last minute|short notice|no notice"
    r"|e[mn] cima da hora|na hora|al momento|de inmediato|de imediato|sin aviso|sem aviso)\b"
)
_DAY_BEFORE: Final = re.compile(
    r"\b(?:(?:el|un) dia (?:antes|anterior)|(?:n|d)?a vespera|(?:o|um) dia antes|the day before)\b"
)
_AMOUNT: Final = (
    r"(?P<n>\d{1,3}|un|una|um|uma|an?|one) "
    r"(?P<unit>hora|hour|dia|day|semana|week)s?(?: ?')?"
)
_BEFOREHAND: Final = re.compile(
    rf"(?:\b(?:con|com|with|give me|denme|me de(?:em)?|al menos|por lo menos|pelo menos|at least"
    rf"|minimo|needs?|necesito|preciso(?: de)?) (?:(?:al|por lo|pelo) (?:menos|minimo) |at least )?"
    rf"{_AMOUNT}\b)"
    rf"|(?:\b{_AMOUNT.replace('?P<n>', '?P<n2>').replace('?P<unit>', '?P<unit2>')}"
    rf" (?:de |of )?(?:anticipacion|antelacion|aviso|antes|antecedencia|notice|ahead|before"
    rf"|in advance|beforehand)\b)"
)
_ALONE: Final = re.compile(rf"\b{_AMOUNT}\b")


def read_notice(text: str, language: Language, *, asked: bool = False) -> int | None:
    """Hours of notice; 0 where the same day will do, None where the text does not say.

    asked: whether the text answers that very question, so that "two days" is enough.
    """
    found = _found(text, language, asked=asked)
    return found[0] if found else None


def without_notice(text: str, language: Language) -> str:
    """The text, normalised, without what it says of notice: for reading its other times."""
    found = _found(text, language, asked=False)
    normal = normalise(clean(text), language).text
    return normal[: found[1]] + " , " + normal[found[2] :] if found else text


def _found(text: str, language: Language, *, asked: bool) -> tuple[int, int, int] | None:
    """Hours, and where in the normalised text they are said."""
    normal = normalise(clean(text), language).text
    for pattern, hours in ((_SAME_DAY, 0), (_DAY_BEFORE, 24)):
        if match := pattern.search(normal):
            return hours, *match.span()
    match = _BEFOREHAND.search(normal) or (_ALONE.search(normal) if asked else None)
    if match is None:
        return None
    groups = match.groupdict()
    number, unit = groups["n"] or groups["n2"], groups["unit"] or groups["unit2"]
    hours = (1 if number in _ONE else int(number)) * _HOURS[unit]
    return (hours, *match.span()) if hours <= _MOST else None
