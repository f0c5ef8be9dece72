"""When a patient may be called: by the clocks where they are, and while it is still true."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clinic.appointments import UPCOMING, Appointment, VisitRef, VisitUnknown
from clinic.ports import Catalogue, Patients, Schedule
from clinic.quiet_hours import next_allowed
from conversations.model import Choice
from understanding.phone_zones import zone_of

TOO_NEAR: Final = timedelta(hours=1)
"""Nobody is called about a visit so near."""


def visits_in(choices: Sequence[Choice]) -> Iterator[VisitRef]:
    """The visits that the choices carry, each with its version."""
    refs = (_visit_in(choice.payload) for choice in choices)
    yield from dict.fromkeys(ref for ref in refs if ref is not None)


def _visit_in(payload: str) -> VisitRef | None:
    _, brace, values = payload.partition("{")
    carried = json.loads(brace + values).get("visit") if brace else None
    return VisitRef.parse(carried) if carried else None


@dataclass(frozen=True)
class Calling:
    """The rules for a call, asked when it is placed: it may have waited in the outbox."""

    schedule: Schedule
    catalogue: Catalogue
    patients: Patients

    def __call__(self, address: str, choices: Sequence[Choice], now: datetime) -> datetime | None:
        """See `conversations.deliveries.WhenToCall`."""
        if not self.still_holds(choices, now):
            return None
        return self.allowed_at(address, now)

    def allowed_at(self, address: str, now: datetime) -> datetime:
        """From when on it is day there, and at the branches of a number without a country."""
        zones = {
            zone_of(address, self.catalogue.branch(visit.branch))
            for patient in self.patients.at_address(address)
            for visit in self.schedule.appointments(patient.id)
            if visit.status in UPCOMING and visit.start > now
        }
        return max(next_allowed(now, zone) for zone in zones or self._all_zones())

    def still_holds(self, choices: Sequence[Choice], now: datetime) -> bool:
        """Whether a visit among them is as it was and not too near; true where none is."""
        refs = list(visits_in(choices))
        return not refs or any(self.as_it_was(ref, now) for ref in refs)

    def as_it_was(self, ref: VisitRef, now: datetime) -> Appointment | None:
        """The visit, if nothing of it has changed since and it is not too near."""
        try:
            visit = self.schedule.appointment(ref.id)
        except VisitUnknown:
            return None
        same = visit.ref == ref and visit.status in UPCOMING
        return visit if same and visit.start - now >= TOO_NEAR else None

    def _all_zones(self) -> set[ZoneInfo]:
        return {branch.zone for branch in self.catalogue.branches()}
