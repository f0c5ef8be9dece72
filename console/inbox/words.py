"""What somebody types to find words that were said: read, folded, and marked where they stand.

Accents and case do not matter, words in quotation marks stand together, and the last word may be
the beginning of one. Whatever is typed is read as words: there are no operators.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from console import shown

LONGEST: Final = 200
"""So many characters of what was typed are read."""
_MOST: Final = 10
_BEGINNING: Final = 3
"""A shorter last word is taken as it stands: too much begins like it."""
_AROUND: Final = 70
_QUOTES: Final = re.compile('["“”«»„]')
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must have been said: each phrase, a single word being one too. Words are folded.

    open: the last word of the last phrase may go on.
    """

    phrases: Sequence[Sequence[str]]
    open: bool

    def __bool__(self) -> bool:
        return bool(self.phrases)


def read(typed: str) -> Wanted:
    """Reads what was typed; nothing is found in what holds no word."""
    text = unicodedata.normalize("NFC", typed[:LONGEST])
    phrases: list[Sequence[str]] = []
    parts = _QUOTES.split(text)
    for number, part in enumerate(parts):
        words = _WORD.findall(fold(part))
        quoted = number % 2 == 1 and number < len(parts) - 1
        phrases += [words] if quoted and words else [[each] for each in words]
    last = parts[-1].rstrip(" ")
    goes_on = bool(last) and bool(_WORD.fullmatch(fold(last[-1])) or last[-1] == "*")
    kept = phrases[:_MOST]
    begins = goes_on and len(phrases) <= _MOST and bool(kept) and len(kept[-1][-1]) >= _BEGINNING
    return Wanted(kept, begins)


def fold(text: str) -> str:
    """The text without accents, in small letters."""
    return "".join(_folded(text))


def _folded(text: str) -> Iterator[str]:
    for character in unicodedata.normalize("NFD", text):
        if not 0x300 <= ord(character) <= 0x36F:
            yield character.lower()


def for_sqlite(wanted: Wanted) -> str:
    """As a MATCH of FTS5: each phrase a string, so that nothing in it is an operator."""
    phrases = [f'"{" ".join(phrase)}"' for phrase in wanted.phrases]
    return " ".join(phrases) + (" *" if wanted.open else "")


def for_postgresql(wanted: Wanted) -> str:
    """As a tsquery: the words are letters and digits alone."""
    phrases = [[f"'{word}'" for word in phrase] for phrase in wanted.phrases]
    if wanted.open:
        phrases[-1][-1] += ":*"
    return " & ".join(f"({' <-> '.join(phrase)})" for phrase in phrases)


def excerpt(text: str, wanted: Wanted) -> Markup:
    """The part of the text where the first of the words stands, the words marked."""
    flat = " ".join(shown.harmless(text).split())
    folded, places = _with_places(flat)
    spans = [
        (places[found.start()], places[found.end() - 1] + 1)
        for found in _pattern(wanted).finditer(folded)
    ]
    first = spans[0][0] if spans else 0
    begin = _cut(flat, first - _AROUND)
    end = min(len(flat), first + 2 * _AROUND)
    marked, at = Markup("") + ("…" if begin else ""), begin
    for start, stop in spans:
        if at <= start and stop <= end:
            marked += escape(flat[at:start]) + Markup("<mark>%s</mark>") % flat[start:stop]
            at = stop
    return marked + escape(flat[at:end]) + ("…" if end < len(flat) else "")


def _with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters where it stands in the text itself."""
    folded, places = [], []
    for place, character in enumerate(text):
        for each in _folded(character):
            folded.append(each)
            places += [place] * len(each)
    return "".join(folded), places


def _pattern(wanted: Wanted) -> re.Pattern[str]:
    ends = [r"(?![^\W_])"] * len(wanted.phrases)
    if wanted.open:
        ends[-1] = r"[^\W_]*"
    alternatives = [
        r"[\W_]+".join(map(re.escape, phrase)) + end
        for phrase, end in zip(wanted.phrases, ends, strict=True)
    ]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives)})")


def _cut(text: str, at: int) -> int:
    """Where a word begins at or after that place."""
    if at <= 0:
        return 0
    blank = text.find(" ", at)
    return blank + 1 if 0 <= blank < at + 30 else at
