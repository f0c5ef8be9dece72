"""How fast senders send, in one process and in Redis."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import redis

from conversations import pace
from conversations.model import Load
from conversations.pace import ROOM, InProcessPace, RedisPace
from conversations.ports import Pace

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


class Time:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def in_redis(clock: Time) -> Iterator[RedisPace]:
    try:
        redis.Redis.from_url(REDIS).ping()
    except redis.RedisError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Redis at TEST_REDIS_URL")
    opened = RedisPace(REDIS, clock, prefix=f"test:{uuid4().hex}:")
    yield opened
    opened.close()


@pytest.fixture(params=["process", "redis"])
def any_pace(request: pytest.FixtureRequest, clock: Time) -> Pace:
    """The same rules in both."""
    if request.param == "process":
        return InProcessPace(clock)
    found: RedisPace = request.getfixturevalue("in_redis")
    return found


def _sent_at_once(pace_: Pace, load: Load, *, answers: bool = True) -> int:
    """How many are let out before the first must wait."""
    for count in range(1000):
        if pace_.take(load, answers=answers) > 0:
            return count
    raise AssertionError("nothing is ever held back")


def test_a_sender_may_send_what_it_has_room_for_and_then_waits(any_pace: Pace) -> None:
    load = Load("sms:+1", 1, 1.0)
    assert _sent_at_once(any_pace, load) == ROOM + 1
    assert 0 < any_pace.take(load, answers=True) <= 1


def test_a_long_message_is_let_out_whole_and_paid_off_by_the_next(any_pace: Pace) -> None:
    assert any_pace.take(Load("sms:+1", 24, 1.0), answers=True) == 0
    assert 13 < any_pace.take(Load("sms:+1", 1, 1.0), answers=True) <= 24 - ROOM


def test_what_the_clinic_begins_leaves_room_for_answers(any_pace: Pace) -> None:
    load = Load("sms:+1", 1, 1.0)
    assert _sent_at_once(any_pace, load, answers=False) == ROOM / 2 + 1
    assert any_pace.take(load, answers=True) == 0


def test_senders_do_not_wait_for_each_other(any_pace: Pace) -> None:
    _sent_at_once(any_pace, Load("sms:+1", 5, 1.0))
    assert any_pace.take(Load("whatsapp:+1", 1, 80.0), answers=True) == 0


def test_a_sender_that_was_too_fast_rests_longer_each_time_but_not_twice_for_one_storm(
    any_pace: Pace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_FIRST_PAUSE", 0.02)
    monkeypatch.setattr(pace, "_jitter", lambda: 1.0)
    load = Load("sms:+1", 1, 100.0)
    first = any_pace.slow_down(load)
    assert first == pytest.approx(0.02, abs=0.001)
    assert any_pace.slow_down(load) <= first
    assert any_pace.take(load, answers=True) > 0


def test_the_next_storm_is_met_with_a_longer_rest(clock: Time) -> None:
    rests = []
    resting = InProcessPace(clock)
    for _ in range(9):
        rests.append(resting.slow_down(Load("sms:+1", 1, 1.0)))
        clock.now += timedelta(seconds=rests[-1] + 0.1)
        assert resting.take(Load("sms:+1", 1, 1.0), answers=True) == 0
        clock.now += timedelta(seconds=ROOM)
    assert all(
        2**step <= rest * 2 and rest <= min(120, 2 ** (step + 1))
        for step, rest in enumerate(rests[:6])
    )
    assert max(rests) <= 120
    clock.now += timedelta(minutes=10)
    assert resting.slow_down(Load("sms:+1", 1, 1.0)) <= 2


def test_workers_that_share_redis_share_the_rate(in_redis: RedisPace, clock: Time) -> None:
    prefix, rate, span = in_redis._prefix, 50.0, 0.6
    load = Load("sms:+1", 1, rate)
    _sent_at_once(in_redis, Load("sms:+1", int(rate), rate))

    def worker(_: int) -> int:
        mine, count, until = RedisPace(REDIS, clock, prefix), 0, time.monotonic() + span
        while time.monotonic() < until:
            wait = mine.take(load, answers=True)
            count += wait == 0
            time.sleep(min(wait, 0.02))
        mine.close()
        return count

    with ThreadPoolExecutor(2) as pool:
        total = sum(pool.map(worker, range(2)))
    assert total <= rate * (span + 0.3) + 2


def test_without_redis_each_worker_keeps_to_the_rate_by_itself(clock: Time) -> None:
    away = RedisPace("redis://127.0.0.1:1/0", clock)
    load = Load("sms:+1", 5, 1.0)
    assert _sent_at_once(away, load) == 3
    assert away.slow_down(load) > 0
    away.close()
