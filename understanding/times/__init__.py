"""When: dates and times in patients' words."""

from understanding.times.model import Grain, Hours, TimeReading
from understanding.times.reading import read_time, warm_up

__all__ = ["Grain", "Hours", "TimeReading", "read_time", "warm_up"]
