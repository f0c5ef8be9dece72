"""Workers that are killed, at each step of a send and at any moment: all is said, and once."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from sqlalchemy import select

from conversations.model import Delivery, Inbound, Reception
from conversations.tables import MessageRow
from tests import databases
from tests.sending.conftest import Outside
from tests.sending.workers import POINTS, WHILE_LOOKING, Point, consume, send, start

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
WITH_THE_PROVIDER = {Delivery.ACCEPTED, Delivery.SENT, Delivery.DELIVERED}
DEAD_FOR_SURE = 6  # minutes, after which the others ask what became of its messages

Open = Callable[..., Outside]


def _killed(outside: Outside, point: Point, minutes: int = 0) -> None:
    process = start(send, outside.settings, minutes, point)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def _works(outside: Outside, minutes: int) -> None:
    process = start(send, outside.settings, minutes, None)
    process.join(60)
    assert process.exitcode == 0


def _say(outside: Outside, phone: str, text: str) -> None:
    services = outside.services
    now = services.clock()
    talk = services.conversations.reach(phone, "sms", "", services.patients, now)
    services.conversations.say(talk.id, text, author="bot", at=now)


def _states(outside: Outside, direction: str) -> list[str]:
    with outside.services.database.read() as session:
        rows = session.scalars(select(MessageRow.state).where(MessageRow.direction == direction))
        return list(rows)


def test_a_worker_killed_between_any_two_steps_of_a_send_loses_and_doubles_nothing(
    open_outside: Open, database_url: str
) -> None:
    outside = open_outside(database_url)
    said = [f"{number} {point}" for number, point in enumerate((*POINTS, "nobody dies"))]
    for number, text in enumerate(said):
        _say(outside, f"+52550000020{number}", text)
    for point in POINTS.values():
        _killed(outside, point)
    _killed(outside, WHILE_LOOKING, DEAD_FOR_SURE)
    _works(outside, DEAD_FOR_SURE)
    _works(outside, DEAD_FOR_SURE + 1)
    assert sorted(outside.bodies) == sorted(said)
    assert set(_states(outside, "out")) <= WITH_THE_PROVIDER
    assert not outside.services.conversations.open_handoffs()


def test_consumers_killed_at_any_moment_answer_every_message_once(
    open_outside: Open, tmp_path: Path
) -> None:
    """Two at a time, over PostgreSQL and Redis."""
    if not _redis_answers():
        pytest.skip("no Redis at TEST_REDIS_URL")
    with databases.fresh("postgresql", tmp_path) as url:
        outside = open_outside(url, redis_url=REDIS, sender_rates="sms=1000")
        queue = f"test{uuid4().hex}"
        said = [f"n{number}" for number in range(24)]
        running = [start(consume, outside.settings, 0, queue) for _ in range(2)]
        chance = random.Random(7)
        for number, text in enumerate(said):
            _hears(outside, f"+52550000{300 + number % 8}", text)
            if number % 8 == 7:
                time.sleep(chance.uniform(0.1, 0.6))
                victim = running.pop(0)
                victim.kill()
                victim.join(10)
                running.append(start(consume, outside.settings, 0, queue))
        for each in running:
            each.kill()
            each.join(10)
        running = [start(consume, outside.settings, DEAD_FOR_SURE, queue) for _ in range(2)]
        try:
            _wait_until_settled(outside, len(said))
        finally:
            for each in running:
                each.kill()
                each.join(10)
        assert sorted(outside.bodies) == sorted(f"answer to {text}" for text in said)
        assert not outside.services.conversations.open_handoffs()
        with redis.Redis.from_url(REDIS) as client:
            for key in client.scan_iter(f"*{queue}*"):
                client.delete(key)


def _redis_answers() -> bool:
    try:
        with redis.Redis.from_url(REDIS, socket_connect_timeout=3) as client:
            return bool(client.ping())
    except redis.RedisError:
        if os.environ.get("CI"):
            raise
        return False


def _hears(outside: Outside, phone: str, text: str) -> None:
    inbound = Inbound(
        "sms", f"SM{uuid4().hex}", phone, "+525550000100", text, outside.services.clock()
    )
    outside.services.turns.receive(inbound)


def _wait_until_settled(outside: Outside, count: int) -> None:
    until = time.monotonic() + 60
    while True:
        inbound, out = _states(outside, "in"), _states(outside, "out")
        if set(inbound) == {Reception.ANSWERED} and set(out) <= WITH_THE_PROVIDER:
            assert len(out) == count
            return
        assert time.monotonic() < until, (inbound, out)
        time.sleep(0.1)
