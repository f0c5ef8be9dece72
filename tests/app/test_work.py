"""What a worker does at each sweep, and what it leaves to the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from app.services import Work
from conversations.deliveries import Deliveries
from conversations.turns import Turns
from integrations.database import Database


@dataclass
class Parts:
    """Turns and deliveries that note what is asked of them."""

    asked: list[str] = field(default_factory=list)

    def sweep(self, _now: datetime) -> None:
        self.asked.append("sweep")

    def send_due(self, _now: datetime) -> None:
        self.asked.append("send_due")

    def reconcile(self, _now: datetime) -> None:
        self.asked.append("reconcile")


def test_every_sweep_settles_sends_that_are_in_doubt(clock: Callable[[], datetime]) -> None:
    parts = Parts()
    turns, deliveries = cast("Turns", parts), cast("Deliveries", parts)
    begin = lambda _now: parts.asked.append("outreach")  # noqa: E731
    Work(cast("Database", None), turns, deliveries, clock, begin).sweep()
    assert parts.asked == ["sweep", "outreach", "send_due", "reconcile"]
