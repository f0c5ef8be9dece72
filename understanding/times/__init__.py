"""When: dates and times in patients' words."""

from understanding.times.model import Grain, Hours, TimeReading
from understanding.times.narrowing import LONGEST_DAY, narrowed
from understanding.times.reading import read_time, warm_up

__all__ = [
    "LONGEST_DAY",
    "Grain",
    "Hours",
    "TimeReading",
    "narrowed",
    "read_time",
    "warm_up",
]
