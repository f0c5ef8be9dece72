"""What became of the visits of some days, and when and for what patients come."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from console.insights.asked import Filters, Period, slots_in, visits_of
from integrations.database import Database
from integrations.tables import AppointmentChangeRow, AppointmentRow, PatientRow, SlotRow


@dataclass
class Outcome:
    """How many came, did not come, cancelled, or were never marked though their time is over."""

    came: int = 0
    missed: int = 0
    cancelled: int = 0
    unmarked: int = 0

    def add(self, status: str, count: int) -> None:
        """So many more that stand so."""
        if status in {"arrived", "completed"}:
            self.came += count
        elif status == "no_show":
            self.missed += count
        elif status == "cancelled":
            self.cancelled += count
        else:
            self.unmarked += count

    @property
    def no_show(self) -> float | None:
        """The share of those marked who did not come; None where nobody was marked."""
        marked = self.came + self.missed
        return self.missed / marked if marked else None


@dataclass
class Outcomes:
    """Of visits whose time is over: all, by week (its Monday), and by what may explain it.

    hours: of the branch's wall time. channels: that the visit was booked by.
    """

    all: Outcome = field(default_factory=Outcome)
    weeks: dict[date, Outcome] = field(default_factory=dict)
    channels: dict[str, Outcome] = field(default_factory=lambda: defaultdict(Outcome))
    languages: dict[str, Outcome] = field(default_factory=lambda: defaultdict(Outcome))
    branches: dict[str, Outcome] = field(default_factory=lambda: defaultdict(Outcome))
    hours: dict[int, Outcome] = field(default_factory=lambda: defaultdict(Outcome))


@dataclass(frozen=True, slots=True)
class Demand:
    """Visits booked for those days, cancelled ones too. times: by weekday (Monday is 0) and hour
    of the branch's wall time. services: by code."""

    times: Mapping[tuple[int, int], int]
    services: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.services.values())


def outcomes(database: Database, period: Period, filters: Filters) -> Outcomes:
    """Of the visits on those days that have begun; a week without visits is there too."""
    found = Outcomes(weeks={monday: Outcome() for monday in _mondays(period)})
    booked_by = (
        select(AppointmentChangeRow.channel)
        .where(
            AppointmentChangeRow.appointment_id == AppointmentRow.id,
            AppointmentChangeRow.event == "booked",
        )
        .limit(1)
        .scalar_subquery()
    )
    one = (
        select(
            *(SlotRow.branch, SlotRow.start, AppointmentRow.status),
            *(PatientRow.language, booked_by.label("channel")),
        )
        .join(AppointmentRow, AppointmentRow.slot_id == SlotRow.id)
        .join(PatientRow, PatientRow.id == AppointmentRow.patient_id)
        .where(slots_in(period, filters), SlotRow.start < period.now, *visits_of(filters))
        .subquery()
    )
    with database.read() as session:
        rows = session.execute(select(*one.c, func.count()).group_by(*one.c))
        for row in rows:
            branch, start, status, language, channel, count = tuple(row)
            wall = start.astimezone(filters.zones[branch])
            for part in (
                found.all,
                found.weeks[_monday(wall.date())],
                found.channels[channel or ""],
                found.languages[language],
                found.branches[branch],
                found.hours[wall.hour],
            ):
                part.add(status, count)
    return found


def demand(database: Database, period: Period, filters: Filters) -> Demand:
    """Of all visits on those days, those still to come too."""
    query = (
        select(SlotRow.branch, SlotRow.start, AppointmentRow.service, func.count())
        .join(AppointmentRow, AppointmentRow.slot_id == SlotRow.id)
        .where(slots_in(period, filters), *visits_of(filters))
        .group_by(SlotRow.branch, SlotRow.start, AppointmentRow.service)
    )
    times: Counter[tuple[int, int]] = Counter()
    services: Counter[str] = Counter()
    with database.read() as session:
        for branch, start, service, count in session.execute(query):
            wall: datetime = start.astimezone(filters.zones[branch])
            times[wall.weekday(), wall.hour] += count
            services[service] += count
    return Demand(times, services)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _mondays(period: Period) -> Iterator[date]:
    monday = _monday(period.first)
    while monday <= period.last:
        yield monday
        monday += timedelta(days=7)
