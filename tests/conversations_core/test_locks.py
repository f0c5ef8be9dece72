"""One holder at a time."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from redis import Redis
from redis.exceptions import RedisError

from conversations.locks import InProcessLocks, RedisLocks
from conversations.ports import Locks

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


@pytest.fixture
def redis_url() -> str:
    try:
        with Redis.from_url(REDIS, socket_connect_timeout=3) as client:
            client.ping()
    except RedisError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Redis at TEST_REDIS_URL")
    return REDIS


@pytest.fixture(params=["process", "redis"])
def locks(request: pytest.FixtureRequest) -> Iterator[Locks]:
    if request.param == "process":
        yield InProcessLocks()
        return
    locks = RedisLocks(request.getfixturevalue("redis_url"), prefix=f"test:{uuid4().hex}:")
    yield locks
    locks.close()


def test_a_lock_has_one_holder_and_never_waits(locks: Locks) -> None:
    with locks.hold("a") as first, locks.hold("a") as second, locks.hold("b") as other:
        assert (first, second, other) == (True, False, True)
    with locks.hold("a") as again:
        assert again


def test_a_lock_is_let_go_when_its_holder_breaks(locks: Locks) -> None:
    with pytest.raises(ZeroDivisionError), locks.hold("a"):
        1 / 0  # noqa: B018
    with locks.hold("a") as again:
        assert again


def test_of_many_threads_one_gets_the_lock(locks: Locks) -> None:
    def work(_: int) -> bool:
        with locks.hold("a") as got:
            time.sleep(0.2)
            return got

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(work, range(8))) == 1


def test_a_living_holder_keeps_its_lock_beyond_the_expiry(redis_url: str) -> None:
    prefix = f"test:{uuid4().hex}:"
    locks, other = (RedisLocks(redis_url, expiry=0.6, prefix=prefix) for _ in range(2))
    with locks.hold("a") as got:
        assert got
        time.sleep(1.5)
        with other.hold("a") as stolen:
            assert not stolen
    locks.close()
    other.close()


def test_the_lock_of_a_dead_holder_expires(redis_url: str) -> None:
    prefix = f"test:{uuid4().hex}:"
    with Redis.from_url(redis_url) as client:
        client.set(f"{prefix}a", "a dead worker's", px=300)
    locks = RedisLocks(redis_url, prefix=prefix)
    with locks.hold("a") as early:
        assert not early
    time.sleep(0.4)
    with locks.hold("a") as late:
        assert late
    locks.close()


def test_without_redis_nobody_gets_a_lock(free_port: object) -> None:
    locks = RedisLocks(f"redis://127.0.0.1:{free_port()}/0")  # type: ignore[operator]
    with locks.hold("a") as got:
        assert not got
    locks.close()
