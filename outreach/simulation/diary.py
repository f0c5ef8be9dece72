"""What happened in a simulated month, counted by the day."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

from clinic.hours import local_day


class Diary:
    """Counts by name and day; days are those of one zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._counts: Counter[tuple[str, date]] = Counter()

    def day(self, at: datetime) -> date:
        """The diary's day at an instant."""
        return local_day(at, self._zone)

    def note(self, what: str, day: date, times: int = 1) -> None:
        """It happened on that day."""
        self._counts[what, day] += times

    def on(self, what: str, day: date) -> int:
        """How often it happened on the day."""
        return self._counts[what, day]

    def total(self, what: str) -> int:
        """How often it happened in all."""
        return sum(times for (name, _), times in self._counts.items() if name == what)
