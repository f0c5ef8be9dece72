"""Which of the clinic's services a patient speaks of, read against the live catalogue.

Nothing here knows a service: names and synonyms come with the call, in all three languages, since
patients mix them. What is known is how people misspell and shorten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clinic.catalogue import Service
from clinic.languages import Language
from understanding.service_index import Found, Index, index_of

_SURE: Final = 0.8
"""From this likeness on a name is taken as said; below it is only a near miss."""
_MAX_CANDIDATES: Final = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service that may be meant. score: 0 to 1."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class ServiceMatch:
    """The services a text names, best first.

    ambiguous: one thing was said and several services fit it: ask which. near: nothing was named
    outright and these only resemble what was said: "did you mean…?".
    """

    candidates: tuple[Candidate, ...] = ()
    ambiguous: bool = False
    near: bool = False

    @property
    def outright(self) -> bool:
        """Whether a service was named, and not something that only resembles one."""
        return bool(self.candidates) and not self.near


def match_services(text: str, language: Language, services: Sequence[Service]) -> ServiceMatch:
    """The services named in a text; none when nothing in it is similar to any.

    Names in every language count; `language` is that of the candidates' names and number words.
    """
    index = index_of(services)
    found = index.search(text, language)
    whole = _widest([hit for hit in found if hit.whole])
    used = frozenset[int]().union(*(hit.places for hit in whole))
    loose = _loose([hit for hit in found if not hit.whole], used)
    chosen = [*whole, *loose]
    if not chosen:
        return ServiceMatch()
    ambiguous = _is_ambiguous(chosen)
    near = not any(_is_said(hit, chosen) for hit in chosen)
    if not near:
        chosen = [hit for hit in chosen if _is_said(hit, chosen)]
    return ServiceMatch(_named(chosen, services, language), ambiguous, near)


def _is_said(hit: Found, chosen: list[Found]) -> bool:
    """Whether a name was said outright, or its beginning, which it shares with others."""
    if hit.whole:
        return hit.score >= _SURE
    shared = any(other.code != hit.code and other.places == hit.places for other in chosen)
    return hit.rank >= _SURE and shared


def _widest(found: list[Found]) -> list[Found]:
    """Without those whose words are all part of a longer name that was said."""
    return [
        hit
        for hit in found
        if not any(
            hit.places < other.places and other.score >= min(hit.score, _SURE) for other in found
        )
    ]


def _loose(found: list[Found], used: frozenset[int]) -> list[Found]:
    """What was named in part, where no whole name stands: the best fits for the same words."""
    free = [hit for hit in found if not hit.places & used]
    return [
        hit
        for hit in free
        if not any(
            hit.places & other.places
            and (len(other.places), other.rank) > (len(hit.places), hit.rank)
            for other in free
        )
    ]


def _is_ambiguous(chosen: list[Found]) -> bool:
    """Whether the same words of the text lead to several services."""
    return any(
        one.code != other.code and (one.places <= other.places or one.places >= other.places)
        for at, one in enumerate(chosen)
        for other in chosen[at + 1 :]
    )


def _named(
    chosen: list[Found], services: Sequence[Service], language: Language
) -> tuple[Candidate, ...]:
    """The candidates by score, those said first before others of the same score."""
    names = {service.code: service.name(language) for service in services}
    best: dict[str, Found] = {}
    for hit in sorted(chosen, key=lambda hit: (-round(hit.score, 2), min(hit.places))):
        best.setdefault(hit.code, hit)
    kept = list(best.values())[:_MAX_CANDIDATES]
    return tuple(Candidate(hit.code, names[hit.code], round(hit.score, 3)) for hit in kept)


__all__ = ["Candidate", "Index", "ServiceMatch", "match_services"]
