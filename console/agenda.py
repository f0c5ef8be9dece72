"""The visits of a day, branch by branch, each in its own wall time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from clinic.appointments import AppointmentStatus
from clinic.catalogue import Branch
from clinic.languages import Language
from console.needs import Needs
from console.visits import Visit, VisitReader

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class BranchDay:
    """One branch's visits of one day, earliest first; now is its wall time."""

    branch: Branch
    now: datetime
    visits: tuple[Visit, ...]
    counts: Counter[AppointmentStatus]

    @property
    def expected(self) -> int:
        """The visits that were not cancelled."""
        return len(self.visits) - self.counts[AppointmentStatus.CANCELLED]


def days(
    needs: Needs, branches: Sequence[Branch], day: date, language: Language
) -> list[BranchDay]:
    """The day at each of the branches."""
    reader = VisitReader(needs, language)
    return [_branch_day(needs, branch, day, reader) for branch in branches]


def today(needs: Needs, branch: Branch) -> date:
    """The date that a wall calendar of the branch shows now."""
    return needs.clock().astimezone(branch.zone).date()


def read_day(text: str) -> date | None:
    """A date as ISO writes it, within what a clinic's agenda can hold; else None."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _branch_day(needs: Needs, branch: Branch, day: date, reader: VisitReader) -> BranchDay:
    start = datetime.combine(day, time.min, branch.zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time.min, branch.zone).astimezone(UTC)
    found = needs.schedule.agenda(branch.code, start, end)
    visits = tuple(reader.read(appointment) for appointment in found)
    counts = Counter(appointment.status for appointment in found)
    return BranchDay(branch, needs.clock().astimezone(branch.zone), visits, counts)
