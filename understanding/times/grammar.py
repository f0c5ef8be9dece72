"""All that is particular to a language, and what of a text only looks like a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from understanding.times.pieces import Rule


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is particular to a language."""

    rules: tuple[Rule, ...]
    fillers: frozenset[str]
    masks: tuple[re.Pattern[str], ...]
    negations: tuple[re.Pattern[str], ...]
    occupied: re.Pattern[str]
    negated_after: re.Pattern[str]
    corrections: re.Pattern[str]
    any_day: re.Pattern[str]
    context: re.Pattern[str]
    moves: re.Pattern[str]
    farewell: re.Pattern[str]
    weekdays: dict[str, int]
    months: dict[str, int]


def masked(text: str, masks: Sequence[re.Pattern[str]]) -> str:
    """The text with what only looks like a time blotted out, as long as before."""
    for mask in masks:
        text = mask.sub(lambda match: "#" * len(match[0]), text)
    return text
