"""How a visit was, from 1 to 5, in a digit or in words: "5", "un 4 de 5", "muy mal"."""

import re
from dataclasses import dataclass
from typing import Final

from understanding.words import bare, word_set

BEST: Final = 5
_NOISE: Final = word_set(
    """
    le les doy dou daria i d we would say give rate it a an un una um uma el la o the mi my minha
    nota calificacion puntuacion score rating pues yo eu diria creo acho think fue foi estuvo esteve
    was were is es e me todo tudo everything all atencion atendimento service servicio servico
    visita visit perdon perdao desculpe sorry era meant quise decir quis dizer mejor melhor con com
    with de del da do
    """
)
_AFTER: Final = word_set(
    """
    estrellas estrella estrelas estrela stars star puntos punto pontos ponto points point gracias
    obrigado obrigada thanks thank you muchas muito por favor please todo tudo
    """
)
_UNITS: Final = word_set(
    """
    hora horas minuto minutos min mins dia dias semana semanas mes meses ano anos vez veces vezes
    persona personas pessoa pessoas hour hours minute minutes day days week weeks month months year
    years time times people de y am pm
    """
)
_STRONG: Final = {
    5: "excelente|excelentes|excellent|perfect[oa]|perfeit[oa]|perfect|genial|maravillos[oa]"
    r"|maravilhos[oa]|wonderful|amazing|great|fantastic[oa]?|increible|incrivel|otim[oa]"
    r"|(?:muy|super) (?:bien|buen[oa])|muito (?:bem|bom|boa)|very (?:good|well)|really good",
    2: r"(?:no|nao) (?:fue |foi |estuvo )?(?:muy|muito|tan|tao) (?:bien|buen[oa]|bem|bom|boa)"
    "|not (?:very |so |that )?(?:good|great|well)",
    1: r"muy mal[oa]?|muito (?:mal|ruim|ma)|pesim[oa]|pessim[oa]|terrible|terrivel|horrible"
    "|horrivel|awful|fatal|very bad|really bad|the worst|lo peor|o pior|worst",
}
_WEAK: Final = {
    4: "bien|buen[oa]|bom|boa|bem|good|well|fine|nice",
    3: "regular|mas o menos|mais ou menos|normal|so so|average|fair|ni bien ni mal",
    2: r"mal[oa]?|ruim|bad|poor|not good|no bien",
}
"""Words that also begin other things ("bueno, quiero…", "bom dia"): alone, or with a "but"."""
_BUT: Final = r"(?: (?:pero|mas|but|aunque|porem|solo que|so que|although)\b.*)?"
_OF_FIVE: Final = re.compile(r"([1-5]) (?:de|sobre|out of|em) 5\b(.*)")
_STARS: Final = re.compile("(?:[\u2b50\U0001f31f]\ufe0f?\\s*)+")


@dataclass(frozen=True, slots=True)
class Score:
    """1 is the worst and 5 the best. alone: nothing else is said with it."""

    value: int
    alone: bool


def read_score(text: str) -> Score | None:
    """The score that a message gives, in any of the three languages; None where it gives none."""
    stars = _STARS.fullmatch(text.strip())
    if stars:
        count = sum(character in "\u2b50\U0001f31f" for character in text)
        return Score(count, alone=True) if count <= BEST else None
    said = _without_noise(bare(text))
    of_five = _OF_FIVE.match(said)
    if of_five:
        return Score(int(of_five[1]), alone=_is_over(of_five[2]))
    first, _, rest = said.partition(" ")
    if first in {"1", "2", "3", "4", "5"}:
        unit = rest.partition(" ")[0] in _UNITS or _goes_on(text)
        return None if unit else Score(int(first), alone=_is_over(rest))
    return _in_words(said)


def _goes_on(text: str) -> bool:
    """Whether the first number goes on ("5:30", "2.5", "3/12", "4pm") and is no score."""
    return re.search(r"\d\s*[:/.,-]\s*\d|\d\s?(?:[ap]\.?m|h)\b", text.lower()) is not None


def _in_words(said: str) -> Score | None:
    for value, forms in _STRONG.items():
        found = re.match(rf"(?:{forms})\b(.*)", said)
        if found:
            return Score(value, alone=_is_over(found[1]))
    for value, forms in _WEAK.items():
        found = re.match(rf"(?:{forms})\b(.*)", said)
        if found and _is_over(found[1]):
            return Score(value, alone=True)
        if found and re.fullmatch(_BUT, found[1]):
            return Score(value, alone=False)
    return None


def _without_noise(said: str) -> str:
    """Without what leads up to the score: "le doy un", "la atención fue"."""
    words = said.split()
    while words and words[0] in _NOISE:
        words.pop(0)
    return " ".join(words)


def _is_over(rest: str) -> bool:
    return set(rest.split()) <= _AFTER
