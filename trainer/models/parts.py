"""What a training works with, and how its steps tell how far they are."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from app.settings import Settings
from clinic.clock import Clock
from integrations.engine.models import Models
from trainer.desk import Desk
from trainer.models.runs import Run, Runs, Step, StepName
from trainer.models.tools import Interrupted, Stopped


class CannotTrain(Exception):
    """A step cannot be done; the text says why, for whoever reads the run."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The stores and the settings."""

    settings: Settings
    clock: Clock
    desk: Desk
    models: Models
    runs: Runs


_UNCOUNTED: Final = frozenset({"validate", "train"})


class Progress:
    """The steps of one run, kept in its row whenever somebody would want to see them."""

    def __init__(self, run: Run, runs: Runs, clock: Clock, ends: Callable[[], bool]) -> None:
        self._ends = ends
        self.steps = list(run.steps)
        self._number, self._runs, self._clock = run.number, runs, clock
        self._usual = _usual(runs)
        self._going: Step | None = None
        self._since = 0.0

    def go_on(self) -> bool:
        """Says how far it is; whether to go on. Raises Interrupted."""
        if self._ends():
            raise Interrupted
        if self._going is not None:
            self._going.seconds = round(time.monotonic() - self._since, 1)
            if self._going.name in _UNCOUNTED:  # by how long it took the last time
                usual = self._usual.get(self._going.name, 60.0)
                self._going.share = min(0.95, self._going.seconds / max(usual, 1.0))
        return self._runs.beat(self._number, self.steps, self._clock())

    def told(self, share: float) -> None:
        """The step under way is so far, 0 to 1."""
        if self._going is not None:
            self._going.share = min(max(share, self._going.share), 1.0)

    @contextmanager
    def step(self, name: StepName) -> Iterator[Step]:
        """Works on a step; whatever it raises is its failure. Raises Stopped and
        Interrupted."""
        going = next(each for each in self.steps if each.name == name)
        going.state, going.began = "running", self._clock().isoformat(timespec="seconds")
        self._going, self._since = going, time.monotonic()
        if not self.go_on():
            raise Stopped
        try:
            yield going
        except BaseException:
            going.state = "failed"
            raise
        finally:
            going.seconds = round(time.monotonic() - self._since, 1)
            self._going = None
        if going.state == "running":
            going.state, going.share = "done", 1.0
        self._runs.beat(self._number, self.steps, self._clock())


def _usual(runs: Runs) -> dict[StepName, float]:
    """Seconds that each step took in the newest run in which it was done."""
    found: dict[StepName, float] = {}
    for run in runs.runs(10):
        for step in run.steps:
            if step.state == "done":
                found.setdefault(step.name, step.seconds)
    return found
