"""Emergencies in patients' words: rules that would rather call once too often.

Every rule is folded text (no accents, lower case). What surely speaks of something else (a study,
a price, the distant past, a figure of speech, a denial) is taken out before the rules look.
"""

import re
from typing import Final

from understanding.emergency_rules import FIGURES, LONG_AGO, RULES, STUDIES
from understanding.words import clean, fold

_KINDS: Final = tuple((kind, re.compile("|".join(ways))) for kind, ways in RULES.items())
_ASIDE: Final = tuple(re.compile("|".join(ways)) for ways in (STUDIES, FIGURES, LONG_AGO))
_ASIDE_WHOLE: Final = re.compile(
    r"\b(?:antecedentes?|historial|historico|history|prevenir|prevencion|prevenc\w*|prevent\w*"
    r"|evitar"
    r"|prevention|curso|taller|platica|charla|palestra|capacitacion|primeros auxilios"
    r"|primeiros socorros"
    r"|first aid|murio|fallecio|faleceu|morreu|died|passed away|el ano pasado|ano passado|last year"
    r"|(?:\d+|un|una|dos|tres|um|dois|a|two|three|several|few|many|couple of) (?:meses|mes|anos"
    r"|ano|months?|years?)"
    r" (?:atras|ago|antes)|hace (?:\w+ )?(?:anos|ano|meses|mes)|(?:faz|ha) (?:\w+ )?(?:anos|ano"
    r"|meses|mes)"
    r"|(?:en|em|in|desde) (?:19|20)\d\d|cuando era (?:nin[oa]|chic[oa]|joven)|quando era crianca"
    r"|when i was (?:a kid|little|young|a child)|rehabilitacion|reabilitacao|rehab|secuelas"
    r"|sequelas"
    r"|de pequen[oa]|ya paso|ja passou|post infarto|pos infarto|chequeo|check ?up|control (?:de"
    r"|post))\b"
)
_HAPPENING: Final = re.compile(
    r"\b(?:ahora|ahorita|agora|now|right now|me esta|me estan|esta (?:teniendo|sangrando"
    r"|convulsionando)"
    r"|otra vez|de nuevo|again|de novo|hoy|hoje|today|ayuda|socorro|help|urgente|quiero morir"
    r"|empeor\w+|piorou)\b"
)
_DENIED: Final = re.compile(
    r"\b(?:ya no|no|nao|n|not|sin|sem|without|never|nunca|don t|dont|do not|didn t|isn t|doesn t"
    r"|ni|nem|nor|any)"
    r"(?: (?:es|e|ha|he|hay|tengo|tiene|tenho|tem|have|has|had|having|siento|sinto|sentir|feel|me"
    r"|le|hubo|tuve|tive|estoy|estou"
    r"|is|it|it s|a|un|una|um|uma|ningun|ninguna|nenhum|nenhuma|any|the|el|la|o|mi|mais|mas|nada"
    r"|de|do|fue|foi|was"
    r"|voy a|vou|quiero|quero|want to|want|presento|presenta|present|suffer|from|experiencing"
    r"|pienso|penso|thinking|about|com|con|with|sintiendo|sentindo|sou|soy))*$"
)


def find_emergency(text: str) -> str | None:
    """The kind of emergency a message speaks of, or None.

    Kinds: self_harm, unconscious, stroke, chest_pain, severe_allergy, breathing, bleeding,
    poisoning, injury, general (an ambulance is asked for, and no more said).
    """
    said = _plain(text)
    if _ASIDE_WHOLE.search(said) and not _HAPPENING.search(said):
        return None
    for pattern in _ASIDE:
        said = pattern.sub(" ; ", said)
    for kind, pattern in _KINDS:
        if any(not _is_denied(said, match) for match in pattern.finditer(said)):
            return kind
    return None


def _plain(text: str) -> str:
    """Folded words with single spaces; the ends of clauses stay as semicolons."""
    marked = re.sub(r"[.,;:!?¿¡\n()]+", " ; ", fold(clean(text)))
    return re.sub(r"\s+", " ", re.sub(r"[^a-z0-9;]+", " ", marked)).strip()


def _is_denied(said: str, match: re.Match[str]) -> bool:
    """Whether the words right before say that there is none of it."""
    clause = said[: match.start()].rsplit(";", 1)[-1].rstrip()
    return bool(_DENIED.search(clause))
