"""The visits of a day, branch by branch, each in its own wall time; and a week's figures."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from clinic.appointments import Appointment, AppointmentStatus
from clinic.catalogue import Branch
from clinic.languages import Language
from console.needs import Needs
from console.schedule.free_times import midnight
from console.schedule.visits import Visit, VisitReader

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
WEEK: Final = 7
LATE: Final = "late"
"""A state of its own: the patient said so, or the time has begun and nobody has arrived."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What of a day is shown: a practitioner's code and a state, "" for all."""

    practitioner: str = ""
    state: str = ""

    def takes(self, visit: Visit) -> bool:
        """Whether the visit is shown."""
        state = LATE if visit.late else visit.status
        return self.practitioner in {"", visit.practitioner_code} and self.state in {
            "",
            state,
            visit.status,
        }


@dataclass(frozen=True, slots=True)
class BranchDay:
    """One branch's visits of one day, earliest first; now is its wall time.

    counts and practitioners: of all of the day, whatever is shown. free: each practitioner's free
    times.
    """

    branch: Branch
    day: date
    now: datetime
    visits: tuple[Visit, ...]
    counts: Counter[str]
    practitioners: tuple[tuple[str, str], ...]
    free: tuple[tuple[str, tuple[datetime, ...]], ...]

    @property
    def expected(self) -> int:
        """The visits that were not cancelled."""
        cancelled = self.counts[AppointmentStatus.CANCELLED]
        return sum(self.counts[each] for each in AppointmentStatus) - cancelled

    @property
    def free_count(self) -> int:
        """How many times are free."""
        return sum(len(times) for _, times in self.free)


class AgendaReader:
    """Reads days; lives for one page."""

    def __init__(self, needs: Needs, language: Language) -> None:
        self._needs = needs
        self._visits = VisitReader(needs, language)
        self._said_late = said_late(needs)

    def day(self, branch: Branch, day: date, shown: Filter) -> BranchDay:
        """The day at the branch."""
        start, end = midnight(branch, day), midnight(branch, day + timedelta(days=1))
        visits = [self._read(one) for one in self._needs.schedule.agenda(branch.code, start, end)]
        counts = Counter[str](visit.status for visit in visits)
        counts[LATE] = sum(visit.late for visit in visits)
        named = {visit.practitioner_code: visit.practitioner for visit in visits}
        return BranchDay(
            branch,
            day,
            self._needs.clock().astimezone(branch.zone),
            tuple(visit for visit in visits if shown.takes(visit)),
            counts,
            tuple(sorted(named.items(), key=lambda one: one[1])),
            self._free(branch, start, end, shown),
        )

    def _read(self, appointment: Appointment) -> Visit:
        return self._visits.read(appointment, self._said_late(appointment))

    def _free(
        self, branch: Branch, start: datetime, end: datetime, shown: Filter
    ) -> tuple[tuple[str, tuple[datetime, ...]], ...]:
        found: dict[str, list[datetime]] = {}
        for begins, code in self._needs.schedule.free_times(branch.code, start, end):
            if shown.practitioner in {"", code}:
                found.setdefault(code, []).append(begins.astimezone(branch.zone))
        names = self._visits.practitioner
        return tuple((names(code), tuple(times)) for code, times in found.items())


def said_late(needs: Needs) -> Callable[[Appointment], bool]:
    """Whether the patient of a visit of today has said to be late, and nobody has seen to it."""
    talks = [
        needs.conversations.conversation(each.conversation_id)
        for each in needs.conversations.open_handoffs()
        if each.reason == LATE
    ]
    late = {talk.patient_id for talk in talks}
    now = needs.clock()

    def is_late(visit: Appointment) -> bool:
        return visit.patient_id in late and abs(visit.start - now) < timedelta(hours=12)

    return is_late


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


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


def read_birth_date(text: str, today: date) -> date | None:
    """A date on which somebody alive may have been born; else None."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if today.year - 130 <= day.year and day <= today else None
