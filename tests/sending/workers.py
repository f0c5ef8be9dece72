"""Real worker processes for tests to kill, and what kills them between two steps of a send."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from typing import Any, Final

from app import jobs
from app import services as wiring
from app.services import open_services, open_workers
from app.settings import Settings
from channels.twilio_messages import Messages
from clinic.clock import Clock, system_clock
from conversations.locks import RedisLocks
from conversations.outbox import Outbox

POINTS: Final = {
    "before the claim": ("before", Outbox, "claim"),
    "after the claim, before the provider": ("before", Messages, "create"),
    "after the provider, before the record": ("after", Messages, "create"),
    "after the record": ("after", Outbox, "accept"),
}
"""Every step of a send that leaves something behind, and where it is in the code."""
WHILE_LOOKING: Final = ("after", Messages, "find")

Point = tuple[str, type, str]


def shifted(minutes: int) -> Clock:
    """The present, so many minutes later."""

    def clock() -> datetime:
        return system_clock() + timedelta(minutes=minutes)

    return clock


def start(work: Callable[..., None], *args: object) -> ForkServerProcess:
    """A process of its own, that knows nothing of the test's."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.sending.workers"])
    process = context.Process(target=work, args=args, daemon=True)
    process.start()
    return process


def send(settings: Settings, minutes: int, point: Point | None) -> None:
    """One sweep's deliveries; killed at the point, if one is given."""
    if point is not None:
        _arm(*point)
    services = open_services(settings, shifted(minutes))
    services.deliveries.reconcile(services.clock())
    services.deliveries.send_due(services.clock())


def consume(settings: Settings, minutes: int, queue: str) -> None:
    """A worker as `consulta worker` runs it, until it is killed. queue: a name of its own in Redis.

    Its locks end soon after it: the next need not wait half a minute.
    """
    jobs._NAME = queue
    vars(wiring)["RedisLocks"] = partial(RedisLocks, expiry=1.0, prefix=f"{queue}:")
    services = open_services(settings, shifted(minutes))
    open_workers(services).start()
    threading.Event().wait()


def _arm(when: str, owner: type, name: str) -> None:
    original = getattr(owner, name)

    def die(*args: Any, **more: Any) -> None:
        if when == "after":
            original(*args, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, die)
