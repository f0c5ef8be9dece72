"""Which of several expressions of time in a message says what the patient wishes."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from understanding.times.expressions import Expression
from understanding.times.grammar import Grammar, masked
from understanding.times.grouping import grouped
from understanding.times.pieces import scan
from understanding.times.setting import Setting

_CLAUSE: Final = re.compile(
    r"[.;!?,\n]| pero | mas |(?<!ny day)(?<!er day)(?<!ry day)(?<!thing) but | sino | mejor "
    r"| melhor | rather "
)
"""Where a clause ends. "Any day but Friday" is one."""


def expressions(text: str, grammar: Grammar, setting: Setting) -> list[Expression]:
    """All expressions of time in a normalised text, in order."""
    if grammar.farewell.match(text):
        return []
    hidden = masked(text, grammar.masks)
    found = grouped(hidden, scan(hidden, grammar.rules), grammar, setting)
    ended = 0
    found = [each for each in found if not (each.moments and each.moments[0].only_compares)]
    for each in found:
        busy = grammar.occupied.search(hidden[ended : each.start])
        each.refused = bool(busy) or _is_refused(hidden, each, grammar)
        ended = each.end
    return [each for each in found if not _is_past(each, setting)] or found


def _is_refused(text: str, found: Expression, grammar: Grammar) -> bool:
    """Whether the words around an expression say that it does not suit."""
    before = _CLAUSE.split(text[: found.start])[-1]
    if any(link.startswith("not_") for link in found.links):
        return False
    if any(pattern.search(before) for pattern in grammar.negations):
        return True
    return bool(grammar.negated_after.search(text[found.end :]))


def chosen(text: str, found: Sequence[Expression], grammar: Grammar) -> Expression | None:
    """The expression that says what the patient wishes; a refused one if there is no other."""
    wished = [each for each in found if not each.refused]
    for each in wished:
        if each.ranged and each.moments[0].day and grammar.moves.search(text[: each.start]):
            each.moments, each.ranged, each.links = each.moments[1:], False, []
    if not wished:
        return _all_but(text, found[0], grammar) if found else None
    if len(wished) < 2:
        return wished[0]
    corrected = _corrected(text, wished, grammar)
    if corrected is not None:
        return corrected
    if grammar.moves.search(text):
        return _merged(wished) if _complete_each_other(*wished[-2:]) else wished[-1]
    timely = [
        each for each in wished if each.moments and not grammar.context.search(text[: each.start])
    ]
    dated = [each for each in timely if each.moments[0].has_day]
    if dated and not any(_complete_each_other(timely[0], each) for each in dated):
        return _merged(dated)
    return _merged(timely or wished)


def _all_but(text: str, refused: Expression, grammar: Grammar) -> Expression:
    """What is refused, taken out of any day if the text says so ("any day but Friday")."""
    refused.all_but = bool(grammar.any_day.search(text[: refused.start]))
    return refused


def _is_past(found: Expression, setting: Setting) -> bool:
    whole = found.interval(setting)
    return bool(whole and whole.end and whole.end <= setting.now)


def _corrected(text: str, wished: Sequence[Expression], grammar: Grammar) -> Expression | None:
    """What follows a correction ("Thursday, sorry, Friday")."""
    for at, (each, after) in enumerate(pairwise(wished), 1):
        if _complete_each_other(each, after):
            continue
        if grammar.corrections.search(text[each.end : after.start]):
            return _merged(wished[at:])
    return None


def _complete_each_other(first: Expression, second: Expression) -> bool:
    """Whether one says only the day and the other only the time."""
    if len(first.moments) != 1 or len(second.moments) != 1:
        return False
    one, other = first.moments[0], second.moments[0]
    if one.fixed or other.fixed or one.span or other.span:
        return False
    return (one.has_day and not one.has_time and other.has_time and not other.has_day) or (
        one.has_time and not one.has_day and other.has_day and not other.has_time
    )


def _merged(found: Sequence[Expression]) -> Expression:
    """The first expression, completed by another that says what it leaves open."""
    first = next((each for each in found if each.moments), found[0])
    for other in found:
        if other is not first and _complete_each_other(first, other):
            mine, theirs = first.moments[0], other.moments[0]
            mine.day = mine.day or theirs.day
            mine.clock = mine.clock or theirs.clock
            mine.part = mine.part or theirs.part
            first.links += other.links
            first.start, first.end = min(first.start, other.start), max(first.end, other.end)
            break
    return first
