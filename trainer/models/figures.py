"""What is measured of readings: accuracy, macro-F1, and by how much two models differ."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, NamedTuple

from clinic.languages import LANGUAGES

_SURE: Final = 1.96
"""So many standard errors on each side hold 95 of 100."""


class Reading(NamedTuple):
    """What a model made of a text. asks: whether the engine would rather ask back."""

    intent: str
    confidence: float
    asks: bool


class Truth(NamedTuple):
    """What a text means, and in which language it is."""

    intent: str
    language: str


Figures = dict[str, dict[str, float]]
"""accuracy, macro_f1 and count, by language and for "all"."""


def figures(truths: Sequence[Truth], guesses: Sequence[str]) -> Figures:
    """How well the guesses fit; a language without texts is left out."""
    found: Figures = {}
    for name, chosen in (("all", LANGUAGES), *((one, (one,)) for one in LANGUAGES)):
        pairs = [
            (truth.intent, guess)
            for truth, guess in zip(truths, guesses, strict=True)
            if truth.language in chosen
        ]
        if pairs:
            right = sum(meant == guess for meant, guess in pairs)
            found[name] = {
                "accuracy": round(right / len(pairs), 4),
                "macro_f1": round(macro_f1(pairs), 4),
                "count": len(pairs),
            }
    return found


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """The mean of F1 over all intents that are meant or guessed. pairs: (meant, guessed)."""
    counted = Counter(pairs)
    meant, guessed = Counter[str](), Counter[str]()
    for (one, other), times in counted.items():
        meant[one] += times
        guessed[other] += times
    names = meant.keys() | guessed.keys()
    scores = [2 * counted[name, name] / (meant[name] + guessed[name]) for name in names]
    return sum(scores) / len(scores) if scores else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more is read rightly, after against before, of the same texts.

    low and high: between them it is in 95 of 100 cases (paired, adjusted for small counts).
    """

    count: int
    before: float
    after: float
    better: int
    worse: int
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether chance alone would hardly give it."""
        return self.low > 0 or self.high < 0


def difference(right: Sequence[tuple[bool, bool]]) -> Difference:
    """Of (right before, right after) for every text; at least one."""
    count = len(right)
    better = sum(after and not before for before, after in right)
    worse = sum(before and not after for before, after in right)
    # Agresti and Min 2005: half a text more in each of the four cells.
    whole, gained, lost = count + 2, better + 0.5, worse + 0.5
    middle = (gained - lost) / whole
    error = sqrt(gained + lost - (gained - lost) ** 2 / whole) / whole
    return Difference(
        count,
        round(sum(before for before, _ in right) / count, 4),
        round(sum(after for _, after in right) / count, 4),
        better,
        worse,
        round(middle - _SURE * error, 4),
        round(middle + _SURE * error, 4),
    )


def by_intent(
    truths: Sequence[Truth], before: Sequence[str], after: Sequence[str]
) -> Mapping[str, Difference]:
    """The difference of every intent whose texts are read otherwise than before."""
    groups: dict[str, list[tuple[bool, bool]]] = {}
    for truth, old, new in zip(truths, before, after, strict=True):
        groups.setdefault(truth.intent, []).append((old == truth.intent, new == truth.intent))
    made = {name: difference(right) for name, right in sorted(groups.items())}
    return {name: each for name, each in made.items() if each.better or each.worse}
