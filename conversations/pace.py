"""How fast each sender sends: what is due goes out as fast as its provider takes it.

The generic cell rate algorithm, with one number for each sender: until when it has work. A message
goes out while that is at most ROOM ahead, and moves it on by what it weighs; so a long one is let
out whole and paid off by those after it. https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
"""

import logging
import random
from threading import Lock
from typing import cast

from redis import Redis
from redis.exceptions import RedisError

from clinic.clock import Clock
from conversations.model import Load

logger = logging.getLogger(__name__)

ROOM = 10.0
"""Seconds of work that a sender is given in advance: more than lies between two sweeps."""
_OUTREACH_ROOM = ROOM / 2  # the rest is for answers to patients
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 120.0  # seconds
_FORGETS = 300
"""Seconds without a complaint of the provider after which the next pause is short again."""


class InProcessPace:
    """For an instance that sends from one process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._busy_until: dict[str, float] = {}
        self._pauses: dict[str, tuple[int, float]] = {}
        self._guard = Lock()

    def take(self, load: Load, *, answers: bool) -> float:
        """0 where it may be sent now, and is counted; else how many seconds are to be waited."""
        with self._guard:
            now = self._clock().timestamp()
            until = max(now, self._busy_until.get(load.line, now))
            wait = until - now - _room(answers=answers)
            if wait > 0:
                return wait
            self._busy_until[load.line] = until + load.seconds
            return 0.0

    def slow_down(self, load: Load) -> float:
        """Pauses the sender, longer each time; in a pause already, returns what is left of it."""
        with self._guard:
            now = self._clock().timestamp()
            left = self._busy_until.get(load.line, now) - now - ROOM
            if left > 0:
                return left
            times, until = self._pauses.get(load.line, (0, now))
            times = times + 1 if now <= until else 1
            pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** (times - 1)) * _jitter()
            self._pauses[load.line] = (times, now + pause + _FORGETS)
            self._busy_until[load.line] = now + ROOM + pause
            return pause


# KEYS: until when the sender has work. ARGV: the message's seconds, the room. The time is Redis's
# own, so that the clocks of the workers do not matter.
_TAKE = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local till = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0))
local wait = till - now - ARGV[2]
if wait > 0 then return string.format('%.6f', wait) end
till = till + ARGV[1]
redis.call('SET', KEYS[1], string.format('%.6f', till), 'EX', math.ceil(till - now) + 1)
return '0'
"""
# KEYS: the same, and how often it was paused. ARGV: room, first and longest pause, jitter, memory.
_SLOW_DOWN = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local left = tonumber(redis.call('GET', KEYS[1]) or 0) - now - ARGV[1]
if left > 0 then return string.format('%.6f', left) end
local times = redis.call('INCR', KEYS[2])
local pause = math.min(tonumber(ARGV[3]), ARGV[2] * 2 ^ (times - 1)) * ARGV[4]
redis.call('EXPIRE', KEYS[2], math.ceil(pause) + ARGV[5])
local till = now + ARGV[1] + pause
redis.call('SET', KEYS[1], string.format('%.6f', till), 'EX', math.ceil(till - now) + 1)
return string.format('%.6f', pause)
"""


class RedisPace:
    """For all workers together. Without Redis each keeps to the rates by itself meanwhile."""

    def __init__(self, url: str, clock: Clock, prefix: str = "consulta:pace:") -> None:
        self._redis: Redis = Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
        self._take = self._redis.register_script(_TAKE)
        self._slow_down = self._redis.register_script(_SLOW_DOWN)
        self._alone = InProcessPace(clock)
        self._prefix = prefix

    def take(self, load: Load, *, answers: bool) -> float:
        """0 where it may be sent now, and is counted; else how many seconds are to be waited."""
        try:
            told = self._take([self._prefix + load.line], [load.seconds, _room(answers=answers)])
        except RedisError:
            logger.error("pace_unreachable")
            return self._alone.take(load, answers=answers)
        return float(cast("bytes", told))

    def slow_down(self, load: Load) -> float:
        """Pauses the sender for all workers; in a pause already, returns what is left of it."""
        line = self._prefix + load.line
        numbers = [ROOM, _FIRST_PAUSE, _LONGEST_PAUSE, _jitter(), _FORGETS]
        try:
            told = self._slow_down([line, f"{line}:pauses"], numbers)
        except RedisError:
            logger.error("pace_unreachable")
            return self._alone.slow_down(load)
        return float(cast("bytes", told))

    def close(self) -> None:
        """Gives back the connections."""
        self._redis.close()


def _room(*, answers: bool) -> float:
    return ROOM if answers else _OUTREACH_ROOM


def _jitter() -> float:
    """So that workers, and clinics, do not come back all at once."""
    return random.uniform(0.5, 1.0)  # noqa: S311  (nothing secret)
