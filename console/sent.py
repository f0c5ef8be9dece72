"""What came in a form or an address, read: nothing in it is believed."""

from typing import Final

ORDINAL: Final = 18
"""Digits of the longest number by which the database orders messages."""


def whole(text: str, digits: int = 8) -> int | None:
    """A whole number of so many digits at most; None for anything else."""
    fits = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if fits else None
