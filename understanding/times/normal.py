"""A text made ready for the rules: folded, number words as digits, typos of names mended."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from clinic.languages import Language
from understanding.numbers import values
from understanding.words import fold, word_list, word_set

_WORD: Final = re.compile(r"[a-z]+|\d+|[^a-z\d]")
_KEPT_WORDS: Final = word_set(
    "un una uno um uma a one meia mil thousand hundred primero primeiro cien ciento cem"
)
_NAMES: Final[dict[Language, tuple[str, ...]]] = {
    "es": word_list(
        """
    lunes martes miercoles jueves viernes sabado domingo enero febrero septiembre octubre
    noviembre diciembre agosto pasado manana semana proxima proximo mediodia
    """
    ),
    "pt": word_list(
        """
    segunda terca quarta quinta sexta sabado domingo janeiro fevereiro setembro outubro novembro
    dezembro agosto amanha semana proxima proximo depois
    """
    ),
    "en": word_list(
        """
    monday tuesday wednesday thursday friday saturday sunday january february september october
    november december august tomorrow tonight afternoon morning evening weekend
    """
    ),
}
_NO_TYPOS: Final = word_set(
    """
    martha marta marte cuarta tercera segundo segundos quarto quarta quinto sexto sabana sabana
    septimo octavo hermana hermano semanas semanal sunny mundane someday pasada pasar pasados
    pasado agostino junto junta domingos sabados moring mornings evenings proximos proximas
    terceira tercer terra enero ener enera semana manada banana marte pasando costo gusto mayor
    depoi depor deposito agusto augusta quinta quintas segundas sextas tercas sentada sextos
    finda sabida sabia mananas pesado casado passado pasada lasado amanda amanha pagado tardes
    jueve viernese mananitas manzana manzanas
    """
)
_ORDINAL_WORDS: Final = word_list(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """
)
_SUFFIXES: Final = {1: "st", 2: "nd", 3: "rd"}
_ORDINALS: Final = {
    word: f"{number}{_SUFFIXES.get(number, 'th')}" for number, word in enumerate(_ORDINAL_WORDS, 1)
} | {"thirtieth": "30th"}
_CHAT: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "mnn": "manana", "mna": "manana", "mnna": "manana", "manna": "manana", "mnana": "manana",
        "hrs": "horas", "hs": "horas", "hr": "hora", "prox": "proximo", "sem": "semana",
        "x": "por", "q": "que", "xa": "para", "dps": "despues", "desp": "despues", "pa": "para",
        "finde": "finde", "miercole": "miercoles", "juebes": "jueves", "biernes": "viernes",
        "savado": "sabado", "mañna": "manana", "despuesito": "despues", "oy": "hoy",
        "manaña": "manana", "proxim": "proxima", "ora": "hora",
    },
    "pt": {
        "amnh": "amanha", "amnha": "amanha", "hj": "hoje", "dps": "depois", "hrs": "horas",
        "hs": "horas", "hr": "hora", "prox": "proxima", "pxm": "proxima", "q": "que", "p": "para",
        "qdo": "quando", "amanh": "amanha", "amha": "amanha", "sem": "sem", "td": "tudo",
        "seg": "seg", "mnha": "manha", "manham": "manha", "amanhan": "amanha", "pra": "para",
        "as": "as", "oje": "hoje", "depoi": "depois", "mnh": "manha",
    },
    "en": {
        "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "tomo": "tomorrow",
        "tomorow": "tomorrow", "tommorow": "tomorrow", "tommorrow": "tomorrow",
        "tmo": "tomorrow", "tonite": "tonight", "wk": "week", "nxt": "next",
        "hrs": "hours", "hr": "hour", "mins": "minutes", "wknd": "weekend", "aft": "after",
        "b4": "before", "thurday": "thursday", "wensday": "wednesday", "noonish": "noon",
        "nite": "night", "arnd": "around", "tomoro": "tomorrow", "wkend": "weekend",
    },
}  # fmt: skip


_TWO_FOR_TO: Final = {
    "morrow": "tomorrow", "moro": "tomorrow", "morro": "tomorrow", "mro": "tomorrow",
    "day": "today", "nite": "tonight", "night": "tonight",
}  # fmt: skip
"""What follows a 2 that stands for "to" ("2morrow")."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text and, for each of its characters, the place it came from."""

    text: str
    places: tuple[tuple[int, int], ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the normalised text stands in the original."""
        return self.places[start][0], self.places[end - 1][1]


@lru_cache(maxsize=4096)
def _mended(word: str, language: Language) -> str:
    """A word as it was meant: chat spelling and one typo in the name of a day or month."""
    if (known := _CHAT[language].get(word)) is not None:
        return known
    if len(word) < 5 or word in _NO_TYPOS or word in _NAMES[language] or word in values(language):
        return word
    for name in _NAMES[language]:
        if word[0] == name[0] and abs(len(word) - len(name)) <= 1:
            allowed = 2 if len(name) >= 8 else 1
            if OSA.distance(word, name, score_cutoff=allowed) <= allowed and not word.startswith(
                name
            ):
                return name
    return word


def _number(word: str, language: Language) -> int | None:
    if word in _KEPT_WORDS:
        return None
    value = values(language).get(word)
    return value if value is not None and value < 100 else None


def normalise(text: str, language: Language) -> Normal:
    """The text folded and mended, every character's origin kept."""
    folded = fold(text)
    raw = [(match[0], match.start(), match.end()) for match in _WORD.finditer(folded)]
    put: list[tuple[str, int, int]] = []
    at = 0
    while at < len(raw):
        word, start, end = raw[at]
        used, written = _read_number(raw, at, language)
        if used:
            put.append((written, start, raw[at + used - 1][2]))
            at += used
            continue
        put.append((_mended(word, language) if word.isalpha() else word, start, end))
        at += 1
    places: list[tuple[int, int]] = []
    for word, start, end in put:
        same = len(word) == end - start
        places += [(start + n, start + n + 1) if same else (start, end) for n in range(len(word))]
    return Normal("".join(word for word, _, _ in put), tuple(places))


def _read_number(raw: list[tuple[str, int, int]], at: int, language: Language) -> tuple[int, str]:
    """How many pieces at a place make one number in words, and that number in digits."""
    word = raw[at][0]
    if language == "en":
        if word in _ORDINALS:
            return 1, _ORDINALS[word]
        following = raw[at + 1][0] if at + 1 < len(raw) else ""
        if word == "2" and following in _TWO_FOR_TO:
            return 2, _TWO_FOR_TO[following]
    return _read_cardinal(raw, at, language)


def _read_cardinal(raw: list[tuple[str, int, int]], at: int, language: Language) -> tuple[int, str]:
    word = raw[at][0]
    tens = _number(word, language)
    if tens is None:
        return 0, ""
    joint = [" y ", " e ", " ", "-"] if language != "en" else [" ", "-"]
    if tens < 20 or tens % 10 or (language == "es" and tens == 20):
        return 1, str(tens)
    for between in joint[:2] if language != "en" else joint:
        size = 3 if between.strip() and len(between) == 3 else 1
        tail = raw[at + 1 : at + 2 + size]
        if len(tail) != size + 1 or "".join(each[0] for each in tail[:size]) != between:
            continue
        last = tail[-1][0]
        unit = 1 if last in {"un", "uno", "una", "um", "uma", "one"} else _number(last, language)
        if unit is not None and 0 < unit < 10:
            return size + 2, str(tens + unit)
        if language == "en" and last in _ORDINALS and int(_ORDINALS[last][:-2]) < 10:
            return size + 2, f"{tens + int(_ORDINALS[last][:-2])}{_ORDINALS[last][-2:]}"
    return 1, str(tens)
