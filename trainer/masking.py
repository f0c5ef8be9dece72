"""Takes personal data out of what patients wrote, before anybody reads, keeps or teaches it.

It would rather mask a word too many: a name that is shown cannot be taken back.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from clinic.languages import Language
from clinic.ports import Catalogue
from understanding.words import clean, fold, word_set, words

LONGEST: Final = 300
"""Characters of an example; what is longer teaches nothing and is cut."""
MARKS: Final[dict[str, dict[Language, str]]] = {
    "name": {"es": "NOMBRE", "pt": "NOME", "en": "NAME"},
    "number": {"es": "NÚMERO", "pt": "NÚMERO", "en": "NUMBER"},
    "date": {"es": "FECHA", "pt": "DATA", "en": "DATE"},
    "mail": {"es": "CORREO", "pt": "E-MAIL", "en": "EMAIL"},
    "address": {"es": "DIRECCIÓN", "pt": "ENDEREÇO", "en": "ADDRESS"},
}
_MARK_WORDS = frozenset(
    word for marks in MARKS.values() for mark in marks.values() for word in words(mark)
)
_MONTH = (
    r"(?:ene|jan|feb|fev|mar|abr|apr|may|mai|jun|jul|ago|aug|sep|set|oct|out|nov|dic|dez|dec)[a-z]*"
)
# On the folded text: one character for each of the text's own.
_RULES: Final = (
    ("mail", re.compile(r"\S+@\S+|https?://\S+|www\.\S+")),
    (
        "date",
        re.compile(
            r"\b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)?\d{2}\b"
            r"|\b(?:19|20)\d{2}[/.-]\d{1,2}[/.-]\d{1,2}\b"
            rf"|\b\d{{1,2}}(?:st|nd|rd|th|o)?(?: (?:de|of))? {_MONTH},?(?: (?:de|del|of))?"
            r" (?:19|20)?\d{2}\b"
            rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}}\b"
        ),
    ),
    (
        "address",
        re.compile(
            r"\b(?:calle|avenida|av|calzada|rua|alameda|travessa|colonia|col)\b\.?"
            r" (?:[\w'-]+,? ){1,5}?(?:#|no\.?|num\.?|numero|n)? ?,? ?\d{1,5}\b"
            r"|\b\d{1,5} (?:[a-z]+ ){1,3}(?:street|st|avenue|ave|road|rd|lane|drive|boulevard)\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"\+?\(?\d(?:[ ().-]{0,2}\d){4,}|\b(?=(?:[a-z]*\d){4})[a-z\d]{6,}\b|\b\d{5,}\b",
        ),
    ),
)
_LEAD_IN: Final = re.compile(
    r"\b(?:me llamo|mi nombre es|a nombre de|me chamo|meu nome e|em nome de|no nome de|my name is"
    r"|my name's|under the name of|in the name of)\s+(?P<name>[a-z'-]+(?:\s+[a-z'-]+){0,4})"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WITHIN: Final = word_set("de da do das dos del la las los van von")
_BETWEEN: Final = _WITHIN | {"e", "y"}


class Masker:
    """Masks with what the house knows: the words of its examples, and the clinic's own names."""

    def __init__(self, examples: Iterable[str], catalogue: Catalogue) -> None:
        lower, capital = Counter[str](), Counter[str]()
        for text in examples:
            for word in _WORD.findall(text):
                (lower if word.islower() else capital)[fold(word)] += 1
        own = {word for name in _clinic_words(catalogue) for word in words(name)}
        usual = {word for word, times in lower.items() if times > capital[word]}
        # Words that begin a sentence are capital as well, but begin many.
        begin = {word for word, times in capital.items() if times > 9 and lower[word]}
        self._known = own | usual | begin | _MARK_WORDS

    def mask(self, text: str, language: Language, names: Iterable[str] = ()) -> str:
        """One harmless line without personal data. names: of the patients it may be about."""
        text = tidy(text)
        for kind, rule in _RULES:
            text = _replace(
                text, [match.span() for match in rule.finditer(fold(text))], kind, language
            )
        spans = [*self._led_in(text), *self._named(text, names), *self._capital(text)]
        return _replace(text, _joined(text, spans), "name", language)

    def _led_in(self, text: str) -> Iterable[tuple[int, int]]:
        for match in _LEAD_IN.finditer(fold(text)):
            name: list[re.Match[str]] = []
            for word in _WORD.finditer(text, *match.span("name")):
                inside = name and fold(name[-1][0]) not in _WITHIN
                if inside and fold(word[0]) in self._known - _BETWEEN:
                    break
                name.append(word)
            while name and fold(name[-1][0]) in _BETWEEN:
                name.pop()
            yield from (word.span() for word in name)

    @staticmethod
    def _named(text: str, names: Iterable[str]) -> Iterable[tuple[int, int]]:
        parts = {word for name in names for word in words(name) if len(word) > 2} - _BETWEEN
        for word in _WORD.finditer(text):
            if fold(word[0]) in parts:
                yield word.span()

    def _capital(self, text: str) -> Iterable[tuple[int, int]]:
        if text.isupper():
            return
        for word in _WORD.finditer(text):
            if word[0][0].isupper() and not set(words(word[0])) <= self._known:
                yield word.span()


def tidy(text: str) -> str:
    """One line without hidden marks, examples' markup and a command's slash."""
    visible = "".join(each if each.isprintable() else " " for each in clean(text))
    plain = re.sub(r"[\[\]{}|]", " ", visible)
    return " ".join(plain.split())[:LONGEST].strip().lstrip("/-# ").strip()


def says_something(masked: str) -> bool:
    """Whether there is more in it than what was masked."""
    return bool(set(words(masked)) - _MARK_WORDS)


def _clinic_words(catalogue: Catalogue) -> Iterable[str]:
    for branch in catalogue.branches():
        yield from (branch.name, branch.city, branch.district)
    for service in catalogue.services():
        yield from service.names.values()
        yield from (name for some in service.synonyms.values() for name in some)
    for practitioner in catalogue.practitioners():
        yield from (practitioner.name, practitioner.title)


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans with nothing but blanks and "de" between them, as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if (
            found
            and set(words(text[found[-1][1] : start])) <= _BETWEEN
            and (
                text[found[-1][1] : start].replace(" ", "").isalpha()
                or not text[found[-1][1] : start].strip()
            )
        ):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _replace(text: str, spans: list[tuple[int, int]], kind: str, language: Language) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}{MARKS[kind][language]}{text[end:]}"
    return text
