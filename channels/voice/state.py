"""What a call must remember from one webhook to the next, kept in the address that we hand out.

The address is part of what Twilio signs, so nobody else can write it. Nothing personal is in it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Self
from urllib.parse import urlencode

from clinic.languages import LANGUAGES, Language

_MAX_COUNT = 999


@dataclass(frozen=True, slots=True)
class CallState:
    """Where a call stands.

    c: our conversation's id. l: the language. s: how many answers were awaited. m: silences and
    wrong keys in a row. n: how many choices are offered. d: how often a person was rung.
    w: how often the patient was asked to wait. f: our own failures in a row. h: already handed
    over when the call came. g: the keys for other languages are offered. o: what a call of ours was
    placed to say is being said, with the key for no more calls.
    """

    c: str = ""
    l: Language = "es"  # noqa: E741  # short names keep the address short
    s: int = 0
    m: int = 0
    n: int = 0
    d: int = 0
    w: int = 0
    f: int = 0
    h: int = 0
    g: int = 0
    o: int = 0

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        """The state in an address of ours; what is missing or odd counts as nothing."""
        language = args.get("l", "")
        return cls(
            c=args.get("c", "")[:64],
            l=language if language in LANGUAGES else "es",
            **{
                name: _count(args.get(name, ""))
                for name in ("s", "m", "n", "d", "w", "f", "h", "g", "o")
            },
        )

    def query(self, **more: str) -> str:
        """The state as a query, without what is nothing."""
        kept = {name: str(value) for name, value in asdict(self).items() if value}
        return urlencode({**kept, **more})

    def heard(self) -> Self:
        """The patient has answered: nothing is counted against the call any more."""
        return replace(self, m=0, w=0, f=0)


def _count(text: str) -> int:
    return min(int(text), _MAX_COUNT) if text.isascii() and text.isdigit() else 0
