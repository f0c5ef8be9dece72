"""The language of a message, when it shows one."""

import re
from functools import cache
from typing import Final

from lingua import Language as Tongue
from lingua import LanguageDetector, LanguageDetectorBuilder

from clinic.languages import Language
from understanding.words import clean, fold, word_list, word_set

_CODES: Final[dict[Tongue, Language]] = {
    Tongue.SPANISH: "es",
    Tongue.PORTUGUESE: "pt",
    Tongue.ENGLISH: "en",
}
_MIN_SHARE: Final = 0.75
_MIN_WORDS: Final = 3

_TELLING: Final[dict[Language, frozenset[str]]] = {
    "es": word_set(
        """
    quiero quisiera gracias hola usted ustedes cita citas mañana ayer mi estoy soy tengo puedo
    necesito cuánto cuanto cuesta dónde donde cuándo cuando qué hacer por favor buenos buenas
    días tardes noches el los las del una con pero muy también hoy jueves martes miércoles
    miercoles lunes viernes sábado domingo ahorita entonces mis su sus y al cambiar doctora
    análisis ultrasonido hablar alguien precio favor podría podrían llegar sí claro ningún ir
    puede pueden hay ya no mande porfa disculpe perdón perdon resultados horario ubicación
    """
    ),
    "pt": word_set(
        """
    quero queria obrigado obrigada olá oi você voce vocês vcs vc consulta amanhã amanha ontem
    minha meu estou sou tenho posso preciso quanto custa onde quando fazer bom boa dia tarde
    noite não nao uma com mas muito também tambem hoje segunda terça quinta sexta feira então
    entao são meus minhas do da dos das no na nos nas ao pelo pela em e é eu ele ela à às
    consigo gostaria remarcar desmarcar exame exames hemograma por favor falar alguém ninguém
    preço ultrassom médico médica tá ta pra pro qto qual sim claro tudo bem blz beleza agendar
    marcar vou pode podem tem já resultado horário endereço desculpa
    """
    ),
    "en": word_set(
        """
    i the want would like please thanks thank you hello hi hey my appointment visit tomorrow
    yesterday am is are have need can how much does cost where when what to good morning
    afternoon evening and with but very also today monday tuesday wednesday thursday friday
    saturday sunday it's i'm don't can't cancel reschedule book doctor blood test price speak
    someone yes of for at on in be will could it this that your our get me talk results opening
    hours not
    """
    ),
}
_SURE: Final[dict[str, Language]] = {
    **dict.fromkeys(
        word_list("quiero quisiera gracias hola necesito cuánto cuesta mañana buenas"), "es"
    ),
    **dict.fromkeys(
        word_list("obrigado obrigada obg quero você vc vcs olá oi não amanhã preciso gostaria bom"),
        "pt",
    ),
    **dict.fromkeys(word_list("please thanks hello hi hey thank want need the tomorrow"), "en"),
}
_ALL: Final = frozenset[str]().union(*_TELLING.values())
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ADDRESSES = re.compile(r"https?://\S+|\S+@\S+")


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*_CODES).with_low_accuracy_mode().build()


def _count(tokens: list[str]) -> dict[Language, int]:
    """How many words speak for each language and not for all of them."""
    return {code: sum(token in known for token in tokens) for code, known in _TELLING.items()}


def _by_words(tokens: list[str]) -> Language | None:
    """The language that clearly more telling words speak for."""
    counts = _count(tokens)
    first, second = sorted(counts.values(), reverse=True)[:2]
    if first < 2 or first - second < max(2, second):
        return None
    return max(counts, key=lambda code: counts[code])


def _of_one_phrase(tokens: list[str]) -> Language | None:
    """The language of a very short message, only when a word decides and none contradicts."""
    said = {_SURE[token] for token in tokens if token in _SURE}
    if len(said) != 1:
        return None
    language = next(iter(said))
    others = _ALL - _TELLING[language]
    return None if any(token in others for token in tokens) else language


def detect_language(text: str) -> Language | None:
    """The language of a message; None when it is short, neutral, mixed or unsure.

    A digit, "ok" or a name never has one. Thread-safe; the first call loads the models.
    """
    tokens = [token.lower() for token in _TOKEN.findall(_ADDRESSES.sub(" ", clean(text)))]
    if not tokens:
        return None
    if (language := _by_words(tokens)) is not None:
        return language
    if len(tokens) < _MIN_WORDS or not _ALL.intersection(tokens):
        return _of_one_phrase(tokens)
    return _by_model(" ".join(tokens), tokens)


def _by_model(sentence: str, tokens: list[str]) -> Language | None:
    """What the language models say, unless the telling words speak against it."""
    shares = _detector().compute_language_confidence_values(sentence)
    best = shares[0]
    language = _CODES[best.language]
    counts = _count(tokens)
    if best.value < _MIN_SHARE or counts[language] < max(counts.values()):
        return None
    return language


def warm_up() -> None:
    """Loads the models, so that the first patient does not wait for them."""
    detect_language(fold("una frase con palabras que ya nadie sabe decir"))
