"""What runs beside the web: turns, deliveries, and a sweep for what was left unfinished.

The database rows are the truth; a job only says "look now", so that a lost queue loses nothing.
"""

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from huey import Huey, MemoryHuey, RedisHuey, crontab
from huey.consumer import Consumer
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

_NAME = "consulta"
_LONGEST_WAIT = 0.1  # seconds between two looks at a queue in memory


class Runner(Protocol):
    """What a job wakes up: see `Work`."""

    def run_turns(self, conversation_id: str) -> None:
        """Handles the waiting turns of a conversation and sends what came of them."""

    def sweep(self) -> None:
        """Handles whatever was stored and not finished."""

    def lengthen_schedule(self) -> None:
        """Makes the slots of the days that have come within sight."""


def open_queue(redis_url: str) -> Huey:
    """A queue in Redis for many processes, or in the memory of this one."""
    if redis_url:
        return RedisHuey(_NAME, url=redis_url, results=False, read_timeout=1)
    return MemoryHuey(_NAME, results=False)


class Jobs:
    """Wakes workers, here or elsewhere. A conversation that waits already is not queued twice."""

    def __init__(self, queue: Huey) -> None:
        self._queue = queue
        self._runner: Runner | None = None
        self._run_turns = queue.task(name="run_turns")(self._turns_job)
        four_times_a_day = crontab(hour="*/6", minute="5")
        queue.periodic_task(four_times_a_day, name="lengthen_schedule")(self._schedule_job)

    def bind(self, runner: Runner) -> None:
        """Says who does the work in this process."""
        self._runner = runner

    def wake(self, conversation_id: str) -> None:
        """Has the conversation's turns run soon. A queue that is away is left to the sweep."""
        try:
            self._run_turns(conversation_id)
        except (OSError, RedisError):
            log.warning("queue_unreachable conversation=%s", conversation_id)

    def _turns_job(self, conversation_id: str) -> None:
        assert self._runner is not None
        self._runner.run_turns(conversation_id)

    def _schedule_job(self) -> None:
        assert self._runner is not None
        self._runner.lengthen_schedule()


class Workers:
    """The threads that work in this process, until stopped."""

    def __init__(self, queue: Huey, runner: Runner, sweep_seconds: float, threads: int = 2) -> None:
        self._consumer = _QuietConsumer(
            queue,
            workers=threads,
            periodic=True,
            initial_delay=0.01,
            max_delay=_LONGEST_WAIT,
            shutdown_timeout=10,
        )
        self._stop = threading.Event()
        self._sweeper = threading.Thread(
            target=self._sweep, args=(runner.sweep, sweep_seconds), name="sweeper", daemon=True
        )

    def start(self) -> None:
        """Begins to work; the first sweep is at once, for what a crash has left."""
        self._consumer.start()
        self._sweeper.start()

    def stop(self) -> None:
        """Finishes what is under way and ends."""
        self._stop.set()
        self._consumer.stop(graceful=True)
        self._sweeper.join(timeout=10)

    def _sweep(self, sweep: Callable[[], None], seconds: float) -> None:
        while not self._stop.is_set():
            try:
                sweep()
            except Exception:  # one bad sweep must not end all sweeping
                log.exception("sweep_failed")
            self._stop.wait(seconds)


class _QuietConsumer(Consumer):  # type: ignore[misc]
    """Leaves the signals to whoever owns the process."""

    def _set_signal_handlers(self) -> None:
        pass
