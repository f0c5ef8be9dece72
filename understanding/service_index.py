"""The words of a catalogue's names, arranged for looking them up in patients' words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from clinic.catalogue import Service
from clinic.languages import Language
from understanding.numbers import read_number_words
from understanding.service_words import (
    BACKGROUND,
    GENERIC,
    SHORT_WORDS,
    STOPWORDS,
    likeness,
    sound,
    stem,
)
from understanding.words import clean, fold

_TOKEN: Final = re.compile(r"[^\W_]+")
_WINDOW: Final = 4
"""How many other words may stand between the words of one name."""
_ALIKE: Final = 0.7
_GENERIC_STEMS: Final = frozenset(map(stem, GENERIC))
_BACKGROUND_STEMS: Final = frozenset(map(stem, BACKGROUND))


@dataclass(frozen=True, slots=True)
class Found:
    """A name seen in a text. places: which of its words. rank: how much of the name was said."""

    code: str
    score: float
    places: frozenset[int]
    whole: bool
    rank: float


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One name of one service: its telling words; `loose` ones may be left out."""

    code: str
    telling: tuple[str, ...]
    loose: tuple[str, ...]
    capitals: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text. common: an everyday word, never a misspelling."""

    written: str
    folded: str
    common: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name's word found in a text, standing at these places."""

    places: tuple[int, ...]
    alike: float


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _phrase(code: str, name: str) -> _Phrase | None:
    """A name cut into its words; None where nothing is left of it."""
    written = _tokens(clean(name))
    folded = [word for word in map(fold, written) if word not in STOPWORDS]
    if sum(map(len, folded)) < 2:  # "O&P": too little is left to leave anything out
        folded = [fold(word) for word in written]
    telling = tuple(word for word in folded if stem(word) not in _GENERIC_STEMS)
    loose = tuple(word for word in folded if stem(word) in _GENERIC_STEMS)
    if not telling and (len(loose) < 2 or len(set(loose) - BACKGROUND) == 0):
        return None
    if not telling:
        telling, loose = loose, ()
    lone = len(written) == 1 and len(written[0]) == 2
    return _Phrase(code, telling, loose, lone and folded[0] in SHORT_WORDS)


class Index:
    """The words of a catalogue. Immutable once built; safe to share between threads."""

    def __init__(self, names: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        found = {(code, name): _phrase(code, name) for code, known in names for name in known}
        self._phrases = tuple({phrase for phrase in found.values() if phrase})
        self._by_word: dict[str, list[_Phrase]] = defaultdict(list)
        self._heads: dict[str, set[str]] = defaultdict(set)
        joined: dict[str, tuple[str, ...]] = {}
        for phrase in self._phrases:
            for word in {*phrase.telling, *phrase.loose}:
                self._by_word[word].append(phrase)
            for word in phrase.telling:
                self._heads[word].add(phrase.code)
            for pair in pairwise(phrase.telling):
                if len("".join(pair)) >= 4:
                    joined["".join(pair)] = pair
        self._joined: Mapping[str, tuple[str, ...]] = joined
        self._vocabulary = tuple(self._by_word)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            self._by_stem[stem(word)].append(word)
        self._long = tuple(word for word in self._vocabulary if len(word) >= 4 and word.isalpha())
        self._sounds = tuple(map(sound, self._long))
        self._long_joined = tuple(word for word in joined if len(word) >= 9 and word.isalpha())

    def search(self, text: str, language: Language) -> list[Found]:
        """Every name said in the text, whole or in part, the best way of saying it per service."""
        said = _read(text, language)
        hits = self._hits(said)
        phrases = {phrase for word in hits for phrase in self._by_word[word]}
        found: dict[tuple[str, frozenset[int]], Found] = {}
        for phrase in phrases:
            hit = self._found(phrase, hits, said)
            if hit is None:
                continue
            key = (hit.code, hit.places)
            if key not in found or (hit.whole, hit.score) > (found[key].whole, found[key].score):
                found[key] = hit
        return list(found.values())

    def _hits(self, said: Sequence[_Word]) -> dict[str, list[_Hit]]:
        """For each of the names' words, where and how well it is said."""
        hits: dict[str, list[_Hit]] = defaultdict(list)
        for at, word in enumerate(said):
            if word.folded in STOPWORDS and word.folded not in self._by_word:
                continue
            for name, alike in self._alike(word):
                hits[name].append(_Hit((at,), alike))
            for name, alike in self._alike_joined(word.folded, word.common):
                hits[name].append(_Hit((at,), alike))
        for at, (one, other) in enumerate(pairwise(said)):
            pair = one.folded + other.folded
            if one.folded in STOPWORDS and other.folded in STOPWORDS:
                continue
            if pair in self._by_word:
                hits[pair].append(_Hit((at, at + 1), 1.0))
            elif len(pair) >= 7 and not (one.common and other.common):
                for name, alike in self._fuzzy(pair, 0.85):
                    if len(name) > max(len(one.folded), len(other.folded)) + 1:
                        hits[name].append(_Hit((at, at + 1), alike))
        return hits

    def _alike(self, word: _Word) -> Iterable[tuple[str, float]]:
        """The names' words that a word of the text is or resembles."""
        exact = {name: 1.0 for name in (word.folded,) if name in self._by_word}
        stemmed = dict.fromkeys(self._by_stem.get(stem(word.folded), ()), 0.98)
        if word.common or len(word.folded) < 4 or not word.folded.isalpha():
            return (stemmed | exact).items()
        fuzzy = dict(self._fuzzy(word.folded, _ALIKE))
        if len(word.folded) == 4:
            fuzzy = {name: alike for name, alike in fuzzy.items() if _lacks_a_letter(word, name)}
        return (fuzzy | stemmed | exact).items()

    def _fuzzy(self, word: str, least: float) -> list[tuple[str, float]]:
        """Words of the names within a few typos of a word."""
        near = process.extract(
            word, self._long, scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=12
        )
        heard = process.extract(
            sound(word), self._sounds, scorer=OSA.normalized_similarity, score_cutoff=0.7, limit=12
        )
        names = {name for name, _, _ in near} | {self._long[at] for _, _, at in heard}
        scored = [(name, likeness(word, name)) for name in names]
        return [(name, alike) for name, alike in scored if alike >= least]

    def _alike_joined(self, word: str, common: bool) -> list[tuple[str, float]]:
        """Both words of a name that were written as one ("quimicasanguinea", "qs27")."""
        if word in self._joined:
            return [(part, 1.0) for part in self._joined[word]]
        if common or len(word) < 9:
            return []
        near = process.extractOne(
            word, self._long_joined, scorer=OSA.normalized_similarity, score_cutoff=0.85
        )
        return [(part, near[1]) for part in self._joined[near[0]]] if near else []

    def _found(
        self, phrase: _Phrase, hits: Mapping[str, list[_Hit]], said: Sequence[_Word]
    ) -> Found | None:
        """How a name is said: whole, in part, or not in a way that counts."""
        told = [(word, hits[word]) for word in phrase.telling if word in hits]
        if not told:
            return None
        chosen = _closest([options for _, options in told])
        alike = sum(hit.alike * len(word) for (word, _), hit in zip(told, chosen, strict=True))
        alike /= sum(len(word) for word, _ in told)
        places = frozenset(at for hit in chosen for at in hit.places)
        if max(places) - min(places) > len(phrase.telling) + len(phrase.loose) + _WINDOW:
            return None
        whole = len(told) == len(phrase.telling)
        if whole:
            return self._whole(phrase, alike, places, hits, said)
        return self._part(phrase, told, alike, places, said)

    def _whole(
        self,
        phrase: _Phrase,
        alike: float,
        places: frozenset[int],
        hits: Mapping[str, list[_Hit]],
        said: Sequence[_Word],
    ) -> Found | None:
        """A name of which every telling word was said."""
        if phrase.capitals and not all(_in_capitals(said, at) for at in places):
            return None
        extra = {
            hit.places[0]
            for word in phrase.loose
            for hit in hits.get(word, ())
            if min(abs(hit.places[0] - at) for at in places) <= 3
        }
        if len(places) == 1 and not extra and said[min(places)].common:
            return None
        short = max(len(said[at].folded) for at in places) < 5
        if short and not extra and alike < 0.95:
            return None
        share = len(extra) / len(phrase.loose) if phrase.loose else 1.0
        return Found(phrase.code, alike - 0.04 * (1 - share), places, True, 1.0)

    def _part(
        self,
        phrase: _Phrase,
        told: list[tuple[str, list[_Hit]]],
        alike: float,
        places: frozenset[int],
        said: Sequence[_Word],
    ) -> Found | None:
        """A name said in part: its first telling word, or words that hardly any other name has."""
        known = [
            word
            for word, _ in told
            if word.isalpha() and len(word) >= 4 and stem(word) not in _BACKGROUND_STEMS
        ]
        if not known or all(said[at].common for at in places):
            return None
        letters = sum(map(len, phrase.telling))
        share = sum(len(word) for word, _ in told) / letters
        leads = phrase.telling[0] in known
        rare = any(len(self._heads[word]) == 1 for word in known)
        if not leads and not (rare and share >= 0.4):
            return None
        if alike < 0.8:
            return None
        return Found(phrase.code, alike * (0.55 + 0.3 * share), places, False, round(alike, 2))


def _closest(options: list[list[_Hit]]) -> list[_Hit]:
    """One hit per word, each near the ones before, the better spelt first."""
    best: list[_Hit] = []
    best_cost = float("inf")
    for start in options[0]:
        chain, cost = [start], 1 - start.alike
        for choices in options[1:]:
            last = chain[-1].places[-1]
            hit = min(choices, key=lambda hit: abs(hit.places[0] - last) * 0.1 + 1 - hit.alike)
            cost += abs(hit.places[0] - last) * 0.1 + 1 - hit.alike
            chain.append(hit)
        if cost < best_cost:
            best, best_cost = chain, cost
    return best


def _lacks_a_letter(word: _Word, name: str) -> bool:
    """Whether a word of four letters is a longer one typed too fast: more would be guessing."""
    return len(name) == 5 and word.folded[0] == name[0] and word.folded[-1] == name[-1]


def _in_capitals(said: Sequence[_Word], at: int) -> bool:
    """Whether a word is in capitals in a text that is not."""
    rest = [word.written for place, word in enumerate(said) if place != at]
    shouted = bool(rest) and all(word.isupper() or word.isdigit() for word in rest)
    return said[at].written.isupper() and not (shouted and len(rest) > 1)


def _read(text: str, language: Language) -> list[_Word]:
    """The words of a text, its number words as digits."""
    written = _tokens(read_number_words(clean(text), language))
    return [
        _Word(
            word,
            folded,
            folded in BACKGROUND or stem(folded) in _GENERIC_STEMS | _BACKGROUND_STEMS,
        )
        for word, folded in ((word, fold(word)) for word in written)
    ]


@lru_cache(maxsize=8)
def _built(names: tuple[tuple[str, tuple[str, ...]], ...]) -> Index:
    return Index(names)


def index_of(services: Sequence[Service]) -> Index:
    """The index of a catalogue, kept for as long as the catalogue reads the same."""
    return _built(
        tuple(
            (
                service.code,
                (
                    *service.names.values(),
                    *(word for words in service.synonyms.values() for word in words),
                ),
            )
            for service in services
        )
    )
