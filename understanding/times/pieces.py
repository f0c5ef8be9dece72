"""What a text about time is made of: the pieces that rules find and their meaning."""

import re
from collections import Counter
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

MORNING, AFTERNOON, EVENING, NIGHT = "morning", "afternoon", "evening", "night"
DAWN, EARLY, LATE, NOONISH = "dawn", "early", "late", "noonish"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one meaning.

    kind is the rule's ("weekday", "clock", "after"); value its parameter ("+1", "morning");
    found the groups of the pattern. start and end are places in the normalised text.
    """

    kind: str
    value: str
    start: int
    end: int
    found: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern for one kind of piece. A group "p" narrows the piece; the rest is context."""

    kind: str
    value: str
    pattern: re.Pattern[str]


def rule(kind: str, pattern: str, value: str = "") -> Rule:
    """A rule that begins and ends at the ends of words. A group's name may stand twice."""
    seen: Counter[str] = Counter()

    def numbered(match: re.Match[str]) -> str:
        seen[match[1]] += 1
        return f"(?P<{match[1]}__{seen[match[1]]}>"

    unique = _GROUP.sub(numbered, pattern).replace("(?P=sep)", "(?P=sep__1)")
    return Rule(kind, value, re.compile(rf"(?<!\w)(?:{unique})(?!\w)"))


def any_of(forms: dict[str, int] | list[str]) -> str:
    """A group of alternatives, the longest first."""
    return "(?:" + "|".join(sorted(forms, key=len, reverse=True)) + ")"


def forms(table: str, first: int) -> dict[str, int]:
    """Names and abbreviations with their numbers: "lunes lun;martes" from `first` on."""
    return {
        form: number
        for number, names in enumerate(table.split(";"), first)
        for form in names.split()
    }


_GROUP: Final = re.compile(r"\(\?P<(\w+)>")


def _piece(each: Rule, match: re.Match[str]) -> Piece:
    groups = {name.partition("__")[0]: said for name, said in match.groupdict().items() if said}
    start, end = _core(match)
    return Piece(each.kind, each.value, start, end, groups)


def _core(match: re.Match[str]) -> tuple[int, int]:
    """Where the group "p" of a match stands, or the whole of it."""
    cores = (name for name, said in match.groupdict().items() if said and name.startswith("p__"))
    return match.span(next(cores, 0))


def scan(text: str, rules: tuple[Rule, ...]) -> list[Piece]:
    """The pieces of a text from left to right, of overlapping ones the longest."""
    queue: list[tuple[int, int, int, Piece]] = []
    for order, each in enumerate(rules):
        for match in each.pattern.finditer(text):
            piece = _piece(each, match)
            queue.append((piece.start, -piece.end, order, piece))
    heapify(queue)
    pieces: list[Piece] = []
    taken = 0
    while queue:
        start, _, order, piece = heappop(queue)
        if start >= taken:
            pieces.append(piece)
            taken = piece.end
        elif piece.end > taken and (again := rules[order].pattern.match(text, _next(text, taken))):
            rest = _piece(rules[order], again)
            if rest.start >= taken:
                heappush(queue, (rest.start, -rest.end, order, rest))
    return pieces


def _next(text: str, place: int) -> int:
    """The beginning of the next word."""
    while place < len(text) and text[place] == " ":
        place += 1
    return place
