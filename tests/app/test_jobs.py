"""Jobs only wake workers: what is lost is found by the sweep."""

import os
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import redis
from huey import Huey, RedisHuey

from app.jobs import Jobs, Workers, open_queue


class Recorder:
    """A runner that notes what it is woken for."""

    def __init__(self) -> None:
        self.turns: list[str] = []
        self.sweeps = 0
        self.lengthened = 0
        self.broken = False

    def run_turns(self, conversation_id: str) -> None:
        self.turns.append(conversation_id)
        if conversation_id == "bad":
            raise RuntimeError("the turn broke")

    def sweep(self) -> None:
        self.sweeps += 1
        if self.broken:
            raise RuntimeError("the sweep broke")

    def lengthen_schedule(self) -> None:
        self.lengthened += 1


def wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture
def runner() -> Recorder:
    return Recorder()


def wired(queue: Huey, runner: Recorder) -> tuple[Jobs, Workers]:
    jobs = Jobs(queue)
    jobs.bind(runner)
    return jobs, Workers(queue, runner, sweep_seconds=0.05)


def test_a_wake_reaches_a_worker_at_once(runner: Recorder) -> None:
    jobs, workers = wired(open_queue(""), runner)
    workers.start()
    began = time.monotonic()
    jobs.wake("one")
    wait_until(lambda: runner.turns == ["one"])
    assert time.monotonic() - began < 2
    workers.stop()


def test_a_turn_that_breaks_does_not_end_the_workers(runner: Recorder) -> None:
    jobs, workers = wired(open_queue(""), runner)
    workers.start()
    for each in ("bad", "bad", "bad", "good"):
        jobs.wake(each)
    wait_until(lambda: "good" in runner.turns)
    workers.stop()


def test_a_sweep_that_breaks_is_followed_by_the_next(runner: Recorder) -> None:
    runner.broken = True
    _, workers = wired(open_queue(""), runner)
    workers.start()
    wait_until(lambda: runner.sweeps >= 3)
    workers.stop()


def test_workers_that_are_stopped_leave_no_thread(runner: Recorder) -> None:
    before = threading.active_count()
    _, workers = wired(open_queue(""), runner)
    workers.start()
    workers.stop()
    assert threading.active_count() == before


def test_a_queue_that_is_away_does_not_lose_the_message(
    runner: Recorder, free_port: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    jobs, _ = wired(open_queue(f"redis://127.0.0.1:{free_port()}/0"), runner)
    jobs.wake("one")  # raises nothing: the sweep will find it
    assert "queue_unreachable" in caplog.text


def test_a_wake_through_redis_reaches_another_process_s_worker(runner: Recorder) -> None:
    url = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
    try:
        redis.Redis.from_url(url).ping()
    except redis.ConnectionError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Redis")
    name = f"test-{uuid.uuid4().hex}"
    waking = Jobs(RedisHuey(name, url=url, results=False, read_timeout=1))
    queue = RedisHuey(name, url=url, results=False, read_timeout=1)
    _, workers = wired(queue, runner)
    waking.wake("one")
    workers.start()
    wait_until(lambda: runner.turns == ["one"])
    workers.stop()
    queue.storage.flush_all()


def test_the_schedule_is_made_longer_several_times_a_day(runner: Recorder) -> None:
    queue = open_queue("")
    wired(queue, runner)
    due = [
        task
        for hour in range(24)
        for task in queue.read_periodic(datetime(2026, 11, 22, hour, 5, tzinfo=UTC))
    ]
    for task in due:
        queue.execute(task)
    assert runner.lengthened == len(due) == 4
