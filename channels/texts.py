"""Texts as every written channel needs them: choices by digit, and long ones in pieces."""

import re
from collections.abc import Sequence

from conversations.model import Choice

_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")


def numbered(text: str, choices: Sequence[Choice]) -> str:
    """The text with its choices below, each with the digit that answers it."""
    lines = [f"{number} {_line(choice)}" for number, choice in enumerate(choices, start=1)]
    return "\n".join(filter(None, [text.rstrip(), *lines]))


def _line(choice: Choice) -> str:
    return f"{choice.title} - {choice.description}" if choice.description else choice.title


def units(text: str) -> int:
    """The length as providers count it: UTF-16 units, so that an emoji counts two."""
    return len(text.encode("utf-16-be", "surrogatepass")) // 2


def split(text: str, limit: int) -> tuple[str, ...]:
    """The text in pieces of at most `limit` UTF-16 units.

    Cut after a sentence or a line; within a sentence that is too long itself, between words.
    """
    pieces: list[str] = []
    rest = text.strip()
    while units(rest) > limit:
        cut = _cut(rest, limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*pieces, rest)


def _cut(text: str, limit: int) -> int:
    window = _fitting(text, limit)
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(window)]
    # A cut so early that the piece is nearly empty would only multiply the pieces.
    if ends and ends[-1] > len(window) // 4:
        return ends[-1]
    space = window.rfind(" ")
    return space if space > 0 else len(window)


def _fitting(text: str, limit: int) -> str:
    window = text[:limit]
    while units(window) > limit:
        window = window[: len(window) - max(1, (units(window) - limit) // 2)]
    return window


def shorten(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, ending with an ellipsis after a whole word where cut."""
    flat = " ".join(text.split())
    if units(flat) <= limit:
        return flat
    room = _fitting(flat, limit - 1)
    whole, _, rest = room.rpartition(" ")
    follows = flat[len(room) : len(room) + 1]
    kept = room if not rest or not whole or follows == " " or len(whole) < limit // 2 else whole
    return kept.rstrip(" ,;:.-–(") + "…"
