"""Neighbouring pieces put together into expressions, as far as they go together."""

import re
from collections.abc import Sequence
from typing import Final

from understanding.times.expressions import Expression
from understanding.times.grammar import Grammar
from understanding.times.moments import Moment
from understanding.times.pieces import Piece
from understanding.times.setting import Setting

_LINKS: Final = frozenset(
    {"not_before", "not_after", "since", "after", "before", "until", "between"}
)
_AFTERWARDS: Final = frozenset({"onwards", "or_before"})
_DAYS: Final = frozenset(
    {"day", "weekday", "dmy", "dom", "numeric", "iso", "holiday", "nth_weekday", "from_day"}
)
_TIMES: Final = frozenset({"clock", "noon", "midnight"})
_TO: Final = re.compile(
    r"(?! ?, e )\W*\b(?:a|al|hasta|y|e|o|ou|ate|ao|to|till|til|until|through|thru|and|or|as)\b"
    r"(?: (?:el|la|las|o|a|as|the|al|on|na|no|em|in|dia|de))*\W*|\s*[-–]\s*"
)
_ALTERNATIVE: Final = re.compile(r"\b(?:o|ou|or)\b")
_BOTH: Final = re.compile(r"\b(?:y|e|and)\b")
_COMMA: Final = re.compile(r" ?, ?(?:(?:el|la|o|a|na|no|the|on) )?")
_BREAK: Final = re.compile(r"[.;!?\n]\s|[.;!?]$")
_MOST_FILLERS: Final = 5


def grouped(
    text: str, pieces: Sequence[Piece], grammar: Grammar, setting: Setting
) -> list[Expression]:
    """The expressions that the pieces of a text make."""
    grouping = _Grouping(text, grammar, setting)
    for piece in pieces:
        grouping.take(piece)
    return grouping.found


class _Grouping:
    """The pieces taken so far: the expression being made and the links that wait for the next."""

    def __init__(self, text: str, grammar: Grammar, setting: Setting) -> None:
        self.found: list[Expression] = []
        self._text, self._grammar, self._setting = text, grammar, setting
        self._current: Expression | None = None
        self._pending: list[Piece] = []

    def take(self, piece: Piece) -> None:
        """Takes the next piece in."""
        joined = self._is_joined(piece)
        if piece.kind == "asap":
            self._take_asap(piece)
        elif piece.kind in _AFTERWARDS:
            if self._current is not None and joined and not self._pending:
                self._current.links.append(piece.kind)
                self._current.end = piece.end
        elif piece.kind in _LINKS:
            if not joined:
                self._drop()
            self._pending.append(piece)
        else:
            if not joined:
                self._drop()
            self._take_time(piece)

    def _is_joined(self, piece: Piece) -> bool:
        """Whether nothing of weight stands between a piece and what was taken before."""
        if self._pending:
            begins = self._pending[-1].end
        else:
            begins = self._current.end if self._current is not None else 0
        return _is_filler(self._text[begins : piece.start], self._grammar.fillers)

    def _drop(self) -> None:
        self._current, self._pending = None, []

    def _take_asap(self, piece: Piece) -> None:
        if self._current is None or not self._current.moments:
            self.found.append(Expression(piece.start, piece.end, asap=True))
            self._current = None
        self._pending = []

    def _take_time(self, piece: Piece) -> None:
        if self._current is None or not self._extends(self._current, piece):
            self._current = self._begun(piece)
        self._pending = []

    def _begun(self, piece: Piece) -> Expression | None:
        """A new expression that begins with a piece and the links before it."""
        moment = Moment()
        if not moment.add(piece, self._setting):
            return None
        start = self._pending[0].start if self._pending else piece.start
        begun = Expression(start, piece.end, [moment], [link.kind for link in self._pending])
        self.found.append(begun)
        return begun

    def _extends(self, current: Expression, piece: Piece) -> bool:
        """Whether a piece goes on with the expression, which then has taken it in."""
        between = self._text[current.end : piece.start]
        last = current.moments[-1]
        if _BREAK.search(between):
            return False
        until = any(link.kind == "until" for link in self._pending)
        if len(current.moments) == 1 and (until or _TO.fullmatch(between)) and _suits(last, piece):
            return self._ranges(current, piece, between)
        if (self._pending and current.links) or not last.add(piece, self._setting):
            return False
        current.links += [link.kind for link in self._pending]
        current.end = piece.end
        return True

    def _ranges(self, current: Expression, piece: Piece, between: str) -> bool:
        """Whether a piece ends a range that the expression begins."""
        moment = Moment()
        if not moment.add(piece, self._setting):
            return False
        first = current.moments[-1]
        either = _ALTERNATIVE.search(between)
        both = _BOTH.search(between) and "between" not in current.links
        if (either or both) and moment.day is not None and first.day is not None:
            first.other_days.append(moment.day)
            first.bare_weekday = False
            current.end = piece.end
            self._absorb_listed(current)
            return True
        if _ALTERNATIVE.search(between) and not _adjacent(first, moment):
            return True  # "in April or June": the first is kept
        current.moments.append(moment)
        current.ranged = True
        current.end = piece.end
        return True

    def _absorb_listed(self, last: Expression) -> None:
        """Takes in the days before the last two of a list ("Monday, Wednesday or Friday")."""
        while len(self.found) > 1 and self.found[-1] is last:
            before, moment = self.found[-2], last.moments[0]
            alone = len(before.moments) == 1 and not before.links and before.moments[0]
            if not alone or alone.day is None or alone.has_time or moment.day is None:
                return
            if not _COMMA.fullmatch(self._text[before.end : last.start]):
                return
            moment.day, moment.other_days = alone.day, [moment.day, *moment.other_days]
            last.start = before.start
            self.found.pop(-2)


def _suits(last: Moment, piece: Piece) -> bool:
    """Whether a piece is of the same sort as the end of a moment, so that both make a range."""
    if piece.kind in _DAYS:
        if last.day is None or last.has_time:
            return False
        weekday_with_date = (piece.kind == "weekday") != last.bare_weekday
        return not weekday_with_date or last.pieces[-1].kind != "weekday"
    if piece.kind in _TIMES:
        return last.clock is not None and last.clock.kind in _TIMES
    if piece.kind == "month_name":
        return last.span is not None and last.span.grain == "month"
    return False


def _adjacent(first: Moment, second: Moment) -> bool:
    """Whether two alternatives lie side by side and make one stretch."""
    if first.day is not None and second.day is not None:
        return (second.day - first.day).days == 1
    return first.clock is not None and second.clock is not None


def _is_filler(gap: str, fillers: frozenset[str]) -> bool:
    """Whether nothing of weight stands between two pieces."""
    if _BREAK.search(gap) or "#" in gap:
        return False
    words = re.findall(r"[a-z0-9]+", gap)
    return len(words) <= _MOST_FILLERS and all(word in fillers for word in words)
