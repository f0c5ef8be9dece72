"""What the reading of a time depends on."""

from dataclasses import dataclass
from datetime import date, datetime

from understanding.times.model import Hours


@dataclass(frozen=True, slots=True)
class Setting:
    """What a resolution depends on: wall time now, opening hours, and names of days and months."""

    now: datetime
    hours: Hours | None
    weekdays: dict[str, int]
    months: dict[str, int]
    month_first: bool

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()
