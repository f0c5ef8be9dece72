"""Changes of the catalogue: what differs, who changed it, what it was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from clinic.definitions import ServiceDefinition, Wrong
from clinic.price_list import ListedPrice, PriceTerms

What = Literal["service", "place", "practitioner", "price"]
Plain = Mapping[str, Any]
"""Of JSON's own types: codes, texts, numbers, lists; days in ISO."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is added (before is None), changed, or taken away (after is None).

    key: the service; for a place also the branch, for a practitioner branch and practitioner, for
    a price branch, plan and first day.
    """

    what: What
    key: tuple[str, ...]
    before: Plain | None
    after: Plain | None

    @property
    def service(self) -> str:
        """Whose it is."""
        return self.key[0]

    @property
    def branch(self) -> str | None:
        """Where; None for what holds for the whole clinic."""
        return self.key[1] if len(self.key) > 1 else None

    @property
    def kind(self) -> Literal["added", "changed", "removed"]:
        """What happens to it."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def fields(self) -> list[tuple[str, Any, Any]]:
        """(name, old, new) of what differs; None where there was or will be nothing."""
        old, new = self.before or {}, self.after or {}
        names = dict.fromkeys((*old, *new))
        return [
            (name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
        ]


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, through what, when (UTC), and why where that must be said."""

    actor: str
    source: Literal["console", "file", "command"]
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A difference that was made. version: the service's after it."""

    id: int
    at: datetime
    actor: str
    source: str
    reason: str
    version: int
    difference: Difference


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A service as it stands. places: who does it at each branch; none: no longer offered."""

    definition: ServiceDefinition
    version: int
    preparation_version: int
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PriceEdit:
    """A price to be added, put in the place of the one with the id `replaces`, or taken back.

    terms: None takes it back.
    """

    service: str
    branch: str
    plan: str
    terms: PriceTerms | None
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class PricePreview:
    """What an edit would do. broken: told prices that would be otherwise than they were told.

    token: stands for all of this; it is another as soon as the list is.
    """

    before: Sequence[ListedPrice]
    after: Sequence[ListedPrice]
    broken: Sequence[ListedPrice]
    token: str


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What a file would change. unchanged: how many services and prices it leaves as they are."""

    differences: Sequence[Difference]
    unchanged: int
    broken: Sequence[ListedPrice]
    token: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What hangs on a service at a branch: visits to come, and patients who wait for a time."""

    visits: int = 0
    waiting: int = 0
    first_visit: date | None = None


class EditRefused(Exception):
    """It cannot be kept, for these reasons; nothing was changed."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(", ".join(f"{each.field}: {each.code}" for each in wrong))
        self.wrong = tuple(wrong)


class EditStale(Exception):
    """It was changed by somebody else since it was shown; nothing was changed now.

    since: what was done meanwhile, the oldest first.
    """

    def __init__(self, since: Sequence[Changed] = ()) -> None:
        super().__init__("changed meanwhile")
        self.since = tuple(since)
