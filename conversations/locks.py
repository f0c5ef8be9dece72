"""One worker at a time for a conversation: within one process, or across many through Redis."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

from redis import Redis
from redis.exceptions import LockError, RedisError
from redis.lock import Lock as RedisLock

logger = logging.getLogger(__name__)

_EXPIRY_SECONDS = 30.0


class InProcessLocks:
    """Locks for an instance whose turns all run in one process."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._guard = Lock()

    @contextmanager
    def hold(self, name: str) -> Iterator[bool]:
        """Yields whether the lock was got; never waits."""
        with self._guard:
            got = name not in self._held
            self._held.add(name)
        try:
            yield got
        finally:
            if got:
                with self._guard:
                    self._held.discard(name)


class RedisLocks:
    """Locks across processes and machines; one whose holder died expires by itself.

    expiry: in seconds; a living holder renews it three times within that time. Without Redis no
    lock is got, so that messages wait for the sweeper rather than being answered twice.
    """

    def __init__(
        self, url: str, expiry: float = _EXPIRY_SECONDS, prefix: str = "consulta:lock:"
    ) -> None:
        self._redis: Redis = Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
        self._expiry = expiry
        self._prefix = prefix

    @contextmanager
    def hold(self, name: str) -> Iterator[bool]:
        """Yields whether the lock was got; never waits."""
        lock = self._redis.lock(
            self._prefix + name, timeout=self._expiry, blocking=False, thread_local=False
        )
        if not _acquire(lock):
            yield False
            return
        done = Event()
        renewal = Thread(target=self._renew, args=(lock, done), daemon=True, name="lock-renewal")
        renewal.start()
        try:
            yield True
        finally:
            done.set()
            renewal.join()
            _release(lock)

    def _renew(self, lock: RedisLock, done: Event) -> None:
        while not done.wait(self._expiry / 3):
            try:
                lock.reacquire()
            except (LockError, RedisError):
                logger.warning("lock_lost")
                return

    def close(self) -> None:
        """Gives back the connections."""
        self._redis.close()


def _acquire(lock: RedisLock) -> bool:
    try:
        return bool(lock.acquire())
    except RedisError:
        logger.error("locks_unreachable")
        return False


def _release(lock: RedisLock) -> None:
    try:
        lock.release()
    except (LockError, RedisError):
        logger.warning("lock_expired_before_release")
