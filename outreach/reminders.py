"""Reminders of coming visits.

What is due is read from the schedule at this moment, so that a visit that was moved or cancelled
needs no re-planning; what was said is read from the messages.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.services import Services
from clinic.appointments import Appointment
from clinic.catalogue import Branch
from clinic.hours import local_day
from outreach.asking import choices_for, text_for
from outreach.cadence import Cadence
from outreach.quiet_hours import is_allowed
from outreach.reach import Destination, destination_of, reach, say_once
from outreach.reminded import A_WEEK, Reminded, is_told_with_another, key_of, read_reminded

log = logging.getLogger(__name__)

_A_DAY: Final = timedelta(days=1)
_MID_TALK: Final = timedelta(minutes=10)
"""Who has just written is in the middle of something: our digits would be taken for its answer."""


@dataclass(frozen=True, slots=True)
class _Due:
    """A visit whose reminder of so many hours is due, with its branch."""

    visit: Appointment
    branch: Branch
    since: datetime
    hours: int

    @property
    def key(self) -> str:
        return key_of(self.visit, self.hours)

    @property
    def day(self) -> date:
        return local_day(self.visit.start, self.branch.zone)


def remind(services: Services, now: datetime) -> list[dict[str, str]]:
    """Reminds of every visit whose reminder is due at `now` (UTC); see `outreach.run_due`.

    Costs three queries when nothing is new, however many visits are coming.
    """
    return _Round(services, now).run()


class _Round:
    """One look at what is due."""

    def __init__(self, services: Services, now: datetime) -> None:
        self.services = services
        self.now = now
        self.cadence = Cadence.parse(services.settings.reminder_hours)
        self.branches = {branch.code: branch for branch in services.catalogue.branches()}
        self.upcoming: Sequence[tuple[Appointment, datetime]] = ()
        self.reminded = Reminded()

    def run(self) -> list[dict[str, str]]:
        """Begins what is due; one visit that cannot be reminded of keeps none of the others."""
        if not any(is_allowed(self.now, branch.zone) for branch in self.branches.values()):
            return []
        horizon = self.cadence.horizon + _A_DAY  # the other visits of a day are told with it
        self.upcoming = self.services.schedule.upcoming(self.now, self.now + horizon)
        earliest = self.now - max(A_WEEK, horizon)
        self.reminded = read_reminded(self.services.database, earliest)
        begun = []
        for due in self._may_be_told([*self._due()]):
            try:
                begun += self._begin(due)
            except Exception as error:  # noqa: BLE001  # the others are still reminded
                log.error("reminder_failed visit=%s error=%s", due.visit.id, type(error).__name__)
        return begun

    def _due(self) -> Iterable[_Due]:
        for visit, since in self.upcoming:
            hours = self.cadence.step(visit, since, self.now)
            if hours is None or key_of(visit, hours) in self.reminded.keys:
                continue
            branch = self.branches[visit.branch]
            if is_allowed(self.now, branch.zone):
                yield _Due(visit, branch, since, hours)

    def _may_be_told(self, due: Sequence[_Due]) -> list[_Due]:
        """Without those whose every address has stopped us or has heard enough."""
        if not due:
            return []
        reachable = self.services.patients.reachable({each.visit.patient_id for each in due})
        return [
            each
            for each in due
            if any(
                self.reminded.may_hear(address, self.now, each.branch.zone)
                for address in reachable.get(each.visit.patient_id, ())
            )
        ]

    def _begin(self, due: _Due) -> list[dict[str, str]]:
        destination = destination_of(self.services, due.visit.patient_id, self.now)
        if destination is None or not self._may_be_begun(due, destination):
            return []
        visits = self._of_that_day(due, destination)
        reached = reach(self.services, destination, self.now)
        prepares = self.cadence.tells_preparation(due.hours, due.visit.start, due.branch.zone)
        message = say_once(
            self.services,
            reached,
            text_for(self.services, reached, visits, self.now),
            choices_for(self.services, reached, visits, prepares=prepares),
            due.key,
            self.now,
        )
        self.reminded.add(due.key, destination.address, self.now)
        if message is None:
            return []
        visit, at = due.visit, self.now.isoformat()
        return [{"kind": "reminder", "to": visit.patient_id, "about": visit.id, "at": at}]

    def _may_be_begun(self, due: _Due, destination: Destination) -> bool:
        address, heard_at = destination.address, destination.heard_at
        if heard_at is not None and timedelta(0) <= self.now - heard_at < _MID_TALK:
            return False
        return self.reminded.may_hear(
            address, self.now, due.branch.zone
        ) and not is_told_with_another(
            self.services.database, address, due.visit, due.since, due.hours
        )

    def _of_that_day(self, due: _Due, destination: Destination) -> list[Appointment]:
        """The visits of all whom the address leads to, on the day of the one that is due."""
        people = {each.id for each in self.services.patients.at_address(destination.address)}
        return [
            visit
            for visit, _ in self.upcoming
            if visit.patient_id in people
            and local_day(visit.start, self.branches[visit.branch].zone) == due.day
        ]
