"""A clock that jumps from one thing that happens to the next."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count


class Timeline:
    """What is still to happen, in order of time; called, it is the clock of the clinic."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._coming: list[tuple[datetime, int, Callable[[], object]]] = []
        self._numbers = count()

    def __call__(self) -> datetime:
        """The present instant, UTC."""
        return self._now

    def at(self, when: datetime, do: Callable[[], object]) -> None:
        """Has it done then, or at once where that is past."""
        heappush(self._coming, (max(when, self()), next(self._numbers), do))

    def run(self, until: datetime) -> None:
        """Does what happens before `until`, and what comes of it."""
        while self._coming and self._coming[0][0] < until:
            self._now, _, do = heappop(self._coming)
            do()
        self._now = until
