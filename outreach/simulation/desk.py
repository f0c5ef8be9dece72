"""The clinic's schedule as simulated patients and reception change it, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from app.services import Services
from clinic.appointments import (
    UPCOMING,
    Appointment,
    AppointmentStatus,
    Change,
    SlotTaken,
    VisitError,
    VisitRef,
)
from clinic.catalogue import Slot
from outreach.simulation.diary import Diary
from outreach.simulation.population import Fate, Person

_LOOKS_AHEAD = timedelta(days=14)
RECEPTION = "console"
"""The channel of what reception does for a patient."""


@dataclass(slots=True)
class Visit:
    """A visit with its fate. cannot: something has come between. remembers: thanks to a message."""

    person: Person
    appointment: Appointment
    fate: Fate
    cannot: bool = False
    remembers: bool = False

    @property
    def is_ahead(self) -> bool:
        """Whether it may still be changed."""
        return self.appointment.status in UPCOMING


class Desk:
    """Every change goes through the clinic's own schedule; a refused one is counted, not made."""

    def __init__(
        self, services: Services, diary: Diary, until: datetime, freed: Callable[[], None]
    ) -> None:
        self.visits: dict[str, Visit] = {}
        self._services = services
        self._diary = diary
        self._until = until
        self._when_freed = freed
        self._free: dict[str, datetime] = {}
        self._keys = count(1)

    def book(self, person: Person, channel: str, after: datetime | None = None) -> Appointment:
        """The slot the patient wants, or the next free one, or the next after an instant.

        Raises SlotTaken where there is none for two weeks.
        """
        slot, schedule = person.slot, self._services.schedule
        if after is None:
            try:
                return self._taken(
                    schedule.book(slot.id, slot.service, person.id, self._change(channel))
                )
            except SlotTaken:
                after = max(slot.start, self._services.clock())
        found = self.free_slot(slot.service, slot.branch, after)
        return self._taken(schedule.book(found.id, slot.service, person.id, self._change(channel)))

    def free_slot(self, service: str, branch: str, after: datetime) -> Slot:
        """The first free one. Raises SlotTaken where there is none for two weeks."""
        found = self._services.schedule.free_slots(
            service, branch, after, after + _LOOKS_AHEAD, limit=1
        )
        if not found:
            raise SlotTaken
        return found[0]

    def confirm(self, visit: Visit, ref: VisitRef, channel: str) -> None:
        """The patient confirms what was shown."""
        self._try(visit, lambda: self._services.schedule.confirm(ref, self._change(channel)))
        if visit.appointment.status is AppointmentStatus.CONFIRMED:
            self._note("confirmed")

    def cancel(self, visit: Visit, ref: VisitRef, channel: str) -> None:
        """The patient, or reception for them, cancels it."""
        if self._try(visit, lambda: self._services.schedule.cancel(ref, self._change(channel))):
            self._note("cancelled")
            self._left(visit.appointment)

    def move(self, visit: Visit, ref: VisitRef, after: datetime, channel: str) -> bool:
        """To the first free time after an instant."""
        left = visit.appointment

        def reschedule() -> Appointment:
            slot = self.free_slot(left.service, left.branch, after)
            return self._services.schedule.reschedule(ref, slot.id, self._change(channel))

        if not self._try(visit, reschedule):
            return False
        self._left(left)
        self._taken(visit.appointment)
        self._note("moved")
        return True

    def claimed(self, appointment: Appointment) -> None:
        """An accepted offer has given somebody this time, and may have freed another."""
        visit = self.visits.get(appointment.id)
        if visit is not None:
            self._left(visit.appointment)
        self._taken(appointment)

    def end(self, visit: Visit, *, came: bool) -> None:
        """The patient came, or did not."""
        status = AppointmentStatus.COMPLETED if came else AppointmentStatus.NO_SHOW
        ref, change = visit.appointment.ref, self._change(RECEPTION)
        self._try(visit, lambda: self._services.schedule.mark(ref, status, change))

    def _try(self, visit: Visit, change: Callable[[], Appointment]) -> bool:
        try:
            visit.appointment = change()
        except VisitError:
            self._note("refused")
            return False
        return True

    def _change(self, channel: str) -> Change:
        actor = "staff:reception" if channel == RECEPTION else "patient"
        return Change(actor, channel, f"month:{next(self._keys)}", self._services.clock())

    def _left(self, appointment: Appointment) -> None:
        if appointment.start < self._until:
            self._free[appointment.slot_id] = self._services.clock()
            self._note("freed")
            self._when_freed()

    def _taken(self, appointment: Appointment) -> Appointment:
        freed_at = self._free.pop(appointment.slot_id, None)
        if freed_at is not None:  # counted on the day that it came free, to compare the two
            self._diary.note("refilled", self._diary.day(freed_at))
        return appointment

    def _note(self, what: str) -> None:
        self._diary.note(what, self._diary.day(self._services.clock()))
