"""A person's name and birth date out of one free sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from clinic.languages import Language
from understanding.numbers import read_number_words
from understanding.words import clean, fold, word_set

_OLDEST: Final = 120
"""Nobody older, in years, is believed to write."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who a sentence speaks of, as far as it says."""

    name: str | None
    birth_date: date | None


_MONTHS: Final = {
    form: month
    for month, forms in enumerate(
        (
            "enero ene janeiro january jan",
            "febrero feb fevereiro fev february",
            "marzo marco march mar",
            "abril abr april apr",
            "mayo may maio mai",
            "junio jun junho june",
            "julio jul julho july",
            "agosto ago august aug",
            "septiembre setiembre sep sept setembro set september",
            "octubre oct outubro out october",
            "noviembre nov novembro november",
            "diciembre dic dezembro dez december dec",
        ),
        1,
    )
    for form in forms.split()
}
_MONTH: Final = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_OF: Final = r"(?:\s*(?:de|del|do|of|,|-|/)\s*(?:ano\s+|year\s+)?|\s+)"
_YEAR: Final = r"'?(?P<year>\d{4}|\d{2})(?!\d)"
_DAY: Final = r"(?<!\d)(?P<day>\d{1,2})(?:\s*(?:o|a|st|nd|rd|th)\b)?"
_WRITTEN: Final = (
    re.compile(rf"{_DAY}{_OF}(?P<month>{_MONTH}){_OF}(?:19(?=\d\d\b))?{_YEAR}"),
    re.compile(rf"\b(?P<month>{_MONTH})\s*(?:the\s+|el\s+)?{_DAY}{_OF}{_YEAR}"),
    re.compile(rf"(?<!\d)(?P<year>\d{{4}})\s*(?:de\s+)?(?P<month>{_MONTH})\s*{_DAY}(?!\d)"),
)
_ISO: Final = re.compile(r"(?<!\d)(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?!\d)")
_THREE: Final = re.compile(
    r"(?<!\d)(\d{1,2})\s?[-/. ,]\s?(\d{1,2})\s?[-/. ,]\s?'?(\d{4}|\d{2})(?!\d)"
)
_THREE_OF: Final = re.compile(
    r"(?<!\d)(\d{1,2}) (?:de|del|do) (\d{1,2}) (?:de|del|do) (\d{4}|\d{2})(?!\d)"
)
_KEYPAD: Final = re.compile(r"(?<!\d)(\d{8}|\d{6})(?!\d)")

_LEAD_IN: Final = re.compile(
    r"(?:\b(?:y |e |and )?(?:(?:mi |su |la |minha |a |my |his |her )?(?:fecha|data|date)"
    r"(?: de| of)?(?: mi| minha)? (?:nacimiento|nac|nascimento|nasc|birth)|naci|nacio|nacid[oa]"
    r"|nasci"
    r"|nasceu|nascid[oa]|born|dob|d o b|fn|fdn|birthday|birthdate|cumplo(?: anos)?|cumpleanos"
    r"|aniversario|was born|i was born|f nac|fec nac|fecha|data)\b"
    r"(?:\s*(?:(?:es|e|is|em|no|on|in|el|en|dia|the|fue|foi)\b|[:,-]))*\s*)"
)
_INTRODUCTION: Final = re.compile(
    r"\b(?:me llamo|mi nombre (?:completo )?es|(?:el )?nombre (?:completo )?(?:es|del paciente es)"
    r"|yo soy|soy|le habla|les habla|habla|te habla|de parte de|a nombre de|el paciente es"
    r"|la paciente es|paciente|nombre|meu nome (?:completo )?(?:e|eh)|o nome e|me chamo|eu sou"
    r"|sou|aqui e|aqui quem fala e|quem fala e|fala|em nome de|nome|(?:o|a) paciente e|aqui"
    r"|my (?:full )?name is|my name'?s|(?:the )?(?:patient|name) is|patient|name|i am|i'?m"
    r"|this is|it is|it s|its|para|for)\b\s*(?:el|la|o|a|:|,|-)?\s+"
)
_PARTICLES: Final = word_set("de del la las los da do dos das e y van von der di san santa")
_NOT_NAMES: Final = word_set(
    """
    hola buenas buenos dias tardes noches bom boa dia tarde noite oi ola hello hi hey good
    morning afternoon evening si sim yes no nao not ok okay vale claro gracias obrigado obrigada
    thanks thank you please favor por porfa porfavor quiero quisiera quero queria gostaria want
    would like need necesito preciso cita citas consulta consultas visita appointment visit
    turno hora horario cancelar cancel confirmar confirm cambiar cambio reagendar remarcar
    reschedule agendar marcar book booking precio preco price cuanto cuesta quanto custa how
    much what que cual qual quien quem who when cuando quando donde onde where mi mis meu minha
    my su sus el la lo los las un una uns uma the a an o os as con com with para for pra por en
    em in on at es e esta estoy estou soy sou am is are hoy hoje today manana amanha tomorrow
    ayer ontem yesterday lunes martes miercoles jueves viernes sabado domingo segunda terca
    quarta quinta sexta monday tuesday wednesday thursday friday saturday sunday doctor doctora
    dr dra medico medica doutor doutora nurse paciente patient hijo hija filho filha son
    daughter esposo esposa marido mulher wife husband mama papa mae pai mom dad mother father yo
    eu me nos usted voce vc ustedes voces hablar falar speak talk persona pessoa person alguien
    alguem someone ayuda ajuda help estudio estudios exame exames examen test blood analisis
    hemograma ultrasonido ultrassom ultrasound radiografia dolor dor pain ya ja already pero mas
    but and y ano anos year years old edad idade age numero number telefono telefone phone
    correo email cuenta menu tengo tenho have has tiene tem puedo posso can could puede pode del
    da do de una este isso eso esto it this that aqui alli ahi here there muy muito very bien
    bem fine mal bad mejor melhor better tarde late voy vou ir go going llegar llego chegar
    arrive espere espera wait momento moment gusto mande perdon desculpa sorry disculpe adios
    chao tchau bye luego logo soon nada nothing todo tudo everything mismo mesma mesmo same otro
    otra outro outra other another no-one cliente nueva nuevo novo nova new primera primeira
    first vez time trabajo trabajando doente enfermo enferma sick resultados resultado results
    quien llamando calling ligando chamando fecha data date nacimiento nascimento birth nacido
    nacida nascido nascida born naci nasci llama chama called nombre nome name completo completa
    full es fue foi was don dona senor senora senhor senhora sr sra mr mrs ms miss alergico
    alergica diabetico diabetica embarazada gravida hipertenso pregnant allergic mexicano
    brasileiro enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
    diciembre janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro
    january february march june july august september october november december
    """
)
_ALSO_NAMES: Final = word_set("abril julio julia domingo segunda marco mayo june august may april")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*\.?")
_MOST_WORDS: Final = 6


def read_person(text: str, language: Language, today: date) -> Person:
    """The name and the birth date in a sentence, each None where it says none.

    A birth date is before `today` and at most 120 years ago. "03/11/2014" is read day first in
    Spanish and Portuguese and month first in English, and the other way round where only that
    is a date. The name keeps its letters and gets its capitals.
    """
    said = read_number_words(clean(text), language)
    folded = fold(said)
    for born, start, end in _dates(folded, language, today):
        before = _LEAD_IN.sub(" ; ", folded[:start])
        rest = said[:start] if len(before) == start else _without_lead_in(said, folded, start)
        return Person(_name(rest + " ; " + said[end:], dated=True), born)
    return Person(_name(said, dated=False), None)


def _without_lead_in(said: str, folded: str, start: int) -> str:
    """What stands before the date, without "born on" and its like."""
    kept, at = [], 0
    for match in _LEAD_IN.finditer(folded[:start]):
        kept.append(said[at : match.start()])
        at = match.end()
    return " ; ".join([*kept, said[at:start]])


def _dates(folded: str, language: Language, today: date) -> Iterator[tuple[date, int, int]]:
    """Every past date in a text with where it stands, the surest way of writing first."""
    for pattern in _WRITTEN:
        for match in pattern.finditer(folded):
            month = _MONTHS[match["month"].rstrip(".")]
            if born := _past(match["year"], month, int(match["day"]), today):
                yield born, match.start(), match.end()
    for match in _ISO.finditer(folded):
        if born := _past(match[1], int(match[2]), int(match[3]), today):
            yield born, match.start(), match.end()
    for pattern in (_THREE, _THREE_OF):
        for match in pattern.finditer(folded):
            if born := _by_order(match[1], match[2], match[3], language, today):
                yield born, match.start(), match.end()
    for match in _KEYPAD.finditer(folded):
        if born := _by_keypad(match[1], language, today):
            yield born, match.start(), match.end()


def _by_order(first: str, second: str, year: str, language: Language, today: date) -> date | None:
    """A date of three numbers in the language's order, or in the other if only that exists."""
    day, month = int(first), int(second)
    if language == "en":
        day, month = month, day
    return _past(year, month, day, today) or _past(year, day, month, today)


def _by_keypad(digits: str, language: Language, today: date) -> date | None:
    """A date typed without separators: DDMMYYYY (in English first MMDDYYYY), or year first."""
    born = _by_order(digits[:2], digits[2:4], digits[4:], language, today)
    if born is None and len(digits) == 8:
        born = _past(digits[:4], int(digits[4:6]), int(digits[6:]), today)
    return born


def _past(year: str, month: int, day: int, today: date) -> date | None:
    """The date if it exists, is past and of someone alive; two digits are the latest past year."""
    full = int(year)
    if len(year) == 2:
        full += today.year - today.year % 100
        if (full, month, day) > (today.year, today.month, today.day):
            full -= 100
    try:
        born = date(full, month, day)
    except ValueError:
        return None
    return born if born <= today and today.year - full <= _OLDEST else None


def _name(text: str, *, dated: bool) -> str | None:
    """The name in what is left of the sentence."""
    folded = fold(text)
    for match in _INTRODUCTION.finditer(folded):
        if name := _leading_name(text[match.end() :]):
            return name
    runs = [run for part in re.split(r"[;,.:!?¡¿\n()\d]+|\s-+\s", text) for run in _runs(part)]
    whole = [word for word in _WORD.findall(text) if fold(word) not in _NOT_NAMES]
    if not dated and (len(runs) != 1 or len(whole) > _MOST_WORDS or _says_more(text)):
        runs = [run for run in runs if len(run) >= 2 and all(map(_looks_like_name, run))]
    best = max(runs, key=len, default=[])
    return _capitalised(best) if best else None


def _says_more(text: str) -> bool:
    """Whether a sentence without date and introduction has words that are no name's."""
    return any(
        fold(word) in _NOT_NAMES - _ALSO_NAMES - _PARTICLES
        for word in _WORD.findall(text)
        if fold(word) not in {"hola", "oi", "ola", "hello", "hi", "si", "sim", "yes", "buenas"}
    )


def _looks_like_name(word: str) -> bool:
    return word[0].isupper() or fold(word) in _PARTICLES


def _runs(text: str) -> Iterator[list[str]]:
    """Rows of words that may be a name."""
    run: list[str] = []
    for word in [*_WORD.findall(text), ""]:
        if word and _may_be_name(word):
            run.append(word)
        else:
            if trimmed := _trimmed(run):
                yield trimmed
            run = []


def _leading_name(text: str) -> str | None:
    """The name with which a text begins, up to the first word or mark that is no part of one."""
    head = re.split(r"[;,:!?¡¿\n()\d]|\s-\s|\.\s", text, maxsplit=1)[0]
    run: list[str] = []
    for word in _WORD.findall(head):
        if not _may_be_name(word) or len(run) == _MOST_WORDS:
            break
        run.append(word)
    trimmed = _trimmed(run)
    return _capitalised(trimmed) if trimmed else None


def _may_be_name(word: str) -> bool:
    folded = fold(word).rstrip(".")
    if folded in _PARTICLES:
        return True
    if folded in _ALSO_NAMES and word[0].isupper():
        return True
    return folded not in _NOT_NAMES and (len(folded) > 1 or word[0].isupper())


def _trimmed(run: list[str]) -> list[str]:
    """A row without particles at its ends; nothing where no true word is left."""
    while run and fold(run[0]) in _PARTICLES - {"san", "santa", "la", "de", "del"}:
        run = run[1:]
    while run and (fold(run[-1]) in _PARTICLES or len(run[-1].rstrip(".")) < 2):
        run = run[:-1]
    while run and fold(run[0]) in _PARTICLES:
        run = run[1:]
    return run


def _capitalised(run: list[str]) -> str:
    """The words with a name's capitals, particles small, capitals inside a word kept."""
    return " ".join(_capital(word, first=at == 0) for at, word in enumerate(run))


def _capital(word: str, *, first: bool) -> str:
    if not first and fold(word) in _PARTICLES:
        return word.lower()
    if not word.isupper() and not word.islower():
        return word.rstrip(".") if len(word) > 2 else word
    return re.sub(r"(^|['’\-])([^\W\d_])", lambda m: m[1] + m[2].upper(), word.lower()).rstrip(".")
