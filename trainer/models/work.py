"""Whoever works on trainings: waits until one is asked for, does it, and waits again."""

import logging
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from trainer.models.parts import Parts
from trainer.models.training import Training

log = logging.getLogger(__name__)

LOOKS_EVERY: Final = 2.0  # seconds
_NICE: Final = 10
"""Patients' turns go before trainings."""


def be_nice() -> None:
    """What this process and its tools do gives way to everything else on the machine."""
    os.nice(max(0, _NICE - os.nice(0)))


@dataclass(frozen=True, slots=True)
class Worker:
    """Works on trainings, one at a time."""

    parts: Parts

    def work_once(self, ends: Callable[[], bool] = lambda: False) -> bool:
        """Does the training that waits; whether there was one. ends: whether to give it up."""
        now = self.parts.clock()
        self.parts.runs.fail_stale(now)
        run = self.parts.runs.claim(now)
        if run is None:
            return False
        self._clear()
        Training(run, self.parts, ends).do()
        return True

    def work(self, stop: threading.Event) -> None:
        """Works until it is stopped; a database that is away is waited for."""
        while not stop.is_set():
            try:
                if self.work_once(stop.is_set):
                    continue
            except SQLAlchemyError as error:
                log.warning("trainings_unreachable error=%s", type(error).__name__)
            stop.wait(LOOKS_EVERY)

    def _clear(self) -> None:
        """What a worker that died has left."""
        for left in self.parts.models.folder.glob(".run-*"):
            shutil.rmtree(left, ignore_errors=True)
