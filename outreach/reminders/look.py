"""One look at the coming visits: what the clinic's rules say of them, and what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.services import Services
from clinic.appointments import Appointment
from clinic.catalogue import Branch
from clinic.hours import local_day
from clinic.outreach_rules import Cadence, Escalation
from clinic.quiet_hours import is_allowed
from outreach.reminders.preparing import OWN, lead_of, telling_hours
from outreach.reminders.reminded import A_WEEK, key_of, read_reminded
from understanding.phone_zones import zone_of

_A_DAY: Final = timedelta(days=1)
_LEAST_AHEAD: Final = timedelta(hours=48)
"""So far ahead of a visit a fasting may have to be told."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a service at a branch; lead: see `preparing.lead_of`."""

    cadence: Cadence
    escalation: Escalation
    lead: timedelta | None


@dataclass(frozen=True, slots=True)
class Due:
    """A visit of which something is to be said.

    since: when it was given its time (UTC). step: the hours before it, or `preparing.OWN`.
    channel, number: where an unanswered reminder goes on.
    """

    visit: Appointment
    branch: Branch
    since: datetime
    step: int | str
    channel: str | None = None
    number: str | None = None

    @property
    def key(self) -> str:
        """What it is said for, once; on another channel it is the same with the channel's name."""
        key = key_of(self.visit, self.step)
        return f"{key}:{self.channel}" if self.channel else key

    @property
    def kind(self) -> str:
        """What `outreach.run_due` calls it."""
        if self.channel:
            return "escalation"
        return "preparation" if self.step == OWN else "reminder"

    @property
    def day(self) -> date:
        """The visit's day on the clocks of its branch."""
        return local_day(self.visit.start, self.branch.zone)


class Look:
    """Everything that one look reads at once; `reminded` grows with what it says."""

    def __init__(self, services: Services, now: datetime) -> None:
        settings = services.settings
        self.now = now
        self._rules = services.outreach_rules.read()
        self._cadence = Cadence.parse(settings.reminder_hours)
        self._escalation = Escalation.parse(settings.escalation)
        self._terms: dict[tuple[str, str], Terms] = {}
        self._services = {each.code: each for each in services.catalogue.services()}
        self.branches = {each.code: each for each in services.catalogue.branches()}
        horizon = max(self._cadence.horizon, self._rules.horizon, _LEAST_AHEAD) + _A_DAY
        given_up = services.campaigns.given_up(now)
        self.upcoming: Sequence[tuple[Appointment, datetime]] = [
            (visit, since)
            for visit, since in services.schedule.upcoming(now, now + horizon)
            if visit.id not in given_up  # the clinic itself must move it
        ]
        self.reminded = read_reminded(services.database, now - max(A_WEEK, horizon))

    def terms(self, visit: Appointment) -> Terms:
        """What holds for the visit."""
        what = visit.service, visit.branch
        if what not in self._terms:
            service = self._services.get(visit.service)
            self._terms[what] = Terms(
                self._rules.cadence(*what) or self._cadence,
                self._rules.escalation(*what) or self._escalation,
                lead_of(service, visit.branch, self._rules) if service else None,
            )
        return self._terms[what]

    def may_hear(self, address: str, branch: Branch) -> bool:
        """Whether it is neither night there nor too often, by the clocks of who is reached."""
        zone = zone_of(address, branch)
        return is_allowed(self.now, zone) and self.reminded.may_hear(address, self.now, zone)

    def told_with(self, due: Due, people: set[str]) -> list[Appointment]:
        """The visits of those people (by id) on the day of the one that is due.

        Of a service that is never reminded of only that one.
        """
        return [
            visit
            for visit, _ in self.upcoming
            if visit.patient_id in people
            and local_day(visit.start, self.branches[visit.branch].zone) == due.day
            and (self.terms(visit).cadence.hours or visit.id == due.visit.id)
        ]

    def tells_preparation(self, visit: Appointment, step: int | str) -> bool:
        """Whether that reminder is the one that tells how to prepare."""
        terms, zone = self.terms(visit), self.branches[visit.branch].zone
        if terms.lead is None:
            return False
        return step in {OWN, telling_hours(terms.cadence, visit, terms.lead, zone)}
