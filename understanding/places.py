"""Branches and practitioners in patients' words, and the nearest branch."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from clinic.catalogue import Branch, Practitioner
from understanding.words import bare, clean, word_set, words

_EARTH_KM: Final = 6371.0
_NEAR: Final = 84.0
_FEW_WORDS: Final = 3
_CITY_ALIASES: Final = {
    "ciudad de mexico": ("cdmx", "df", "mexico df", "mexico city", "cidade do mexico"),
    "sao paulo": ("sampa", "sp"),
    "guadalajara": ("gdl",),
}
_NOT_NAMES: Final = word_set(
    """
    clinica aurora sucursal branch unidade unidad filial sede centro clinic de del la el los las
    do da dos das the san santa sao
    """
)
_TITLES: Final = word_set(
    """
    dr dra doctor doctora doutor doutora doc lic enf enfermera enfermeiro nurse mr mrs ms sr sra
    senor senora prof profesora medico medica phd md de del la las los da do dos das e y unidad
    unidade unit room sala laboratorio lab toma muestras equipo
    """
)
_DOCTOR: Final = word_set("dr dra doctor doctora doutor doutora")
_WITH: Final = word_set("con com with")
_ARTICLES: Final = word_set("el la o a the")
_NO_SURNAME: Final = word_set(
    """
    a al am and ao appointment aqui as at atiende be called can cita com como con consulta cual de
    del disponible do e el em en era es esa ese esta este for foi fue general geral gracias has he
    hoje hora horario hoy i in is it la las le lo los manana me mi mis more my na nao no noite
    nombre o of on or os ou otra otro outra outro para pediu please podria por porfa pra que quem
    quien quiero quero s se segunda sem she si sim sin su sua tarde than that the there this to
    today tomorrow un una uno um uma viernes visit who will with y yes you
    """
)
_TITLED: Final = re.compile(
    r"\b(?:dra?|doctora?|doutora?)\b\.?\s+([^\W\d_][^\W\d_'’-]{2,})", re.IGNORECASE
)
_NEAREST: Final = re.compile(
    r"\b(?:cercan[ao]s?|(?:mas|mais) (?:cerca|perto|proxim[ao])|proxim[ao] d[ea] (?:mi|mim)"
    r"|nearest|closest|near me|close to me|cerca de mi|perto de mim)\b"
)


def asks_for_nearest(text: str) -> bool:
    """Whether the branch that is nearest is meant, wherever that is: "la más cercana"."""
    return _NEAREST.search(bare(text)) is not None


def find_branch(text: str, branches: Sequence[Branch]) -> Branch | None:
    """The branch named in a text by name, district, city or alias; None when none or several are.

    Name and district weigh more than the city, so that a city with two branches stays open.
    """
    said = words(text)
    scored = [(_branch_score(said, branch), branch) for branch in branches]
    best = max((score for score, _ in scored), default=0.0)
    if best < _NEAR:
        return None
    found = [branch for score, branch in scored if score == best]
    return found[0] if len(found) == 1 else None


def _branch_score(said: list[str], branch: Branch) -> float:
    """How well the best of the branch's names is found, 0 to 100; the city's a little less."""
    own = [branch.name, branch.district, *branch.aliases]
    cities = [branch.city, *_CITY_ALIASES.get(bare(branch.city), ())]
    by_name = max((_phrase_score(said, _name_words(name)) for name in own), default=0.0)
    by_city = max((_phrase_score(said, words(city)) for city in cities), default=0.0)
    return max(by_name, by_city - 5 if by_city else 0.0)


def _name_words(name: str) -> list[str]:
    """The words that tell a branch's name from another's."""
    told = words(name)
    return [word for word in told if word not in _NOT_NAMES] or told


def _phrase_score(said: list[str], phrase: list[str]) -> float:
    """The best likeness of a phrase to as many words in a row, typos allowed."""
    if not phrase:
        return 0.0
    width = len(phrase)
    rows = (said[at : at + width] for at in range(len(said) - width + 1))
    return max((_row_score(row, phrase) for row in rows), default=0.0)


def _row_score(row: list[str], phrase: list[str]) -> float:
    """The likeness of the least alike pair of words; 0 where a short word differs at all."""
    return min(map(_word_score, row, phrase))


def _word_score(said: str, name: str) -> float:
    """100 for the same word, less for a typo, 0 for another word."""
    if said == name:
        return 100.0
    allowed = 0 if len(name) < 4 else 1 if len(name) < 8 else 2
    if OSA.distance(said, name, score_cutoff=allowed) > allowed:
        return 0.0
    if len(name) == 4 and said[0] != name[0]:
        return 0.0
    return max(fuzz.ratio(said, name), _NEAR)


def nearest_branch(
    latitude: float, longitude: float, branches: Sequence[Branch]
) -> tuple[Branch, float] | None:
    """The branch nearest to a point (degrees) and its distance in km; None if none has a place."""
    placed = [
        (_distance(latitude, longitude, branch.latitude, branch.longitude), branch)
        for branch in branches
        if branch.latitude is not None and branch.longitude is not None
    ]
    if not placed:
        return None
    distance, branch = min(placed, key=lambda pair: pair[0])
    return branch, distance


def _distance(latitude: float, longitude: float, other: float, elsewhere: float) -> float:
    """Great-circle distance in km between two points in degrees."""
    north, other_north = radians(latitude), radians(other)
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin(radians(elsewhere - longitude) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))


def find_practitioner(text: str, practitioners: Sequence[Practitioner]) -> Practitioner | None:
    """The practitioner named by surname or full name, with or without title, typos allowed.

    None when none is named, or several fit equally well.
    """
    said = words(text)
    scored = [(_person_score(said, person.name), person) for person in practitioners]
    best = max((score for score, _ in scored), default=0.0)
    if best < _NEAR:
        return None
    found = [person for score, person in scored if score == best]
    return found[0] if len(found) == 1 else None


def practitioner_asked_for(text: str, practitioners: Sequence[Practitioner]) -> Practitioner | None:
    """The practitioner named after a title or "with", or by a message that says little else.

    A surname elsewhere may be the patient's own. Rooms and units, which have no title, are nobody.
    """
    people = [person for person in practitioners if person.title]
    said = words(text)
    rows = [_name_after(said, at) for at, word in enumerate(said) if word in _DOCTOR | _WITH]
    if len(said) <= _FEW_WORDS:
        rows.append(said)
    found = (find_practitioner(" ".join(row), people) for row in rows if row)
    return next((person for person in found if person), None)


def _name_after(said: list[str], at: int) -> list[str]:
    """The words after a title or "with" that may be a name, their title before them."""
    following = said[at + 1 :]
    while following and following[0] in _ARTICLES | _TITLES:
        following = following[1:]
    name: list[str] = []
    for word in following[:_FEW_WORDS]:
        if word in _NO_SURNAME:
            break
        name.append(word)
    return ["doctor", *name] if name else []


def unknown_practitioner(text: str, practitioners: Sequence[Practitioner]) -> str | None:
    """The name after a doctor's title, as written, when no practitioner is called anything like it.

    None where a word after the title is no name: "a doctor tomorrow".
    """
    titled = _TITLED.search(clean(text))
    if titled is None or bare(titled[1]) in _NO_SURNAME:
        return None
    said = words(text)
    if any(_person_score(said, person.name) >= _NEAR for person in practitioners if person.title):
        return None
    return titled[0]


def _person_score(said: list[str], name: str) -> float:
    """How surely a person is named: by surname, more with the first name; alone after a title."""
    parts = [word for word in words(name) if word not in _TITLES]
    if not parts:
        return 0.0
    given, *surnames = parts
    by_surname = max((_likest(said, surname) for surname in surnames or [given]), default=0.0)
    by_given = _likest(said, given)
    if by_surname:
        return by_surname + (by_given / 10)
    titled = any(before in _TITLES and _word_score(word, given) for before, word in pairwise(said))
    return _NEAR if titled and by_given else 0.0


def _likest(said: Iterable[str], name: str) -> float:
    """How like a name the most alike of some words is, 0 to 100."""
    return max((_word_score(word, name) for word in said), default=0.0)
