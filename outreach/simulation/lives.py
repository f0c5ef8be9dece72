"""What simulated patients do of themselves, whether or not anybody writes to them."""

from datetime import timedelta
from functools import partial

from clinic.appointments import Appointment, SlotTaken, VisitRef
from clinic.quiet_hours import next_allowed
from outreach.simulation.desk import RECEPTION, Visit
from outreach.simulation.population import Person, draw_fate
from outreach.simulation.world import World

_A_DAY = timedelta(days=1)
_BY_WHATSAPP = "whatsapp"


class Lives:
    """They book, something comes between, they ring the clinic, forget, or come."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._times: dict[str, int] = {}

    def books(self, person: Person) -> None:
        """Books the time that they had in mind, and may ask for an earlier one."""
        world = self._world
        if person.by_whatsapp:
            world.hears(f"whatsapp:{person.address}", _BY_WHATSAPP, "Cita")
        try:
            appointment = world.desk.book(person, _BY_WHATSAPP if person.by_whatsapp else RECEPTION)
        except SlotTaken:
            world.note("turned_away")
            return
        self.expects(person, appointment)
        if person.waits:
            slot = person.slot
            world.services.waitlist.join(person.id, slot.service, slot.branch, world.timeline())

    def expects(self, person: Person, appointment: Appointment) -> None:
        """From now on the visit has a fate at its present time."""
        world = self._world
        nth = self._times[person.id] = self._times.get(person.id, 0) + 1
        visit = Visit(person, appointment, draw_fate(world.rates, world.seed, person, nth))
        world.desk.visits[appointment.id] = visit
        before = visit.fate.obstacle_before
        if before is not None and appointment.start - before > world.timeline():
            world.timeline.at(appointment.start - before, partial(self._meets_obstacle, visit))
        world.timeline.at(appointment.start, partial(self._is_time, visit))

    def cancels(self, visit: Visit, ref: VisitRef, channel: str) -> None:
        """Gives the visit up, and may book anew later."""
        self._world.desk.cancel(visit, ref, channel)
        if not visit.is_ahead and visit.fate.rebooks_after is not None:
            again = self._world.timeline() + visit.fate.rebooks_after
            self._world.timeline.at(again, partial(self._rebooks, visit.person))

    def _meets_obstacle(self, visit: Visit) -> None:
        if not self._stands(visit):
            return
        visit.cannot = True
        if visit.fate.tells_after is not None:
            branch = self._world.services.catalogue.branch(visit.appointment.branch)
            rings = next_allowed(self._world.timeline() + visit.fate.tells_after, branch.zone)
            self._world.timeline.at(rings, partial(self._rings, visit))

    def _rings(self, visit: Visit) -> None:
        if self._stands(visit) and self._world.timeline() < visit.appointment.start:
            self.cancels(visit, visit.appointment.ref, RECEPTION)

    def _is_time(self, visit: Visit) -> None:
        if not self._stands(visit):
            return
        came = not visit.cannot and (visit.remembers or not visit.fate.forgets)
        self._world.desk.end(visit, came=came)
        if came and visit.person.waits:  # who has been seen waits no longer
            slot = visit.appointment
            self._world.services.waitlist.leave(visit.person.id, slot.service, slot.branch)

    def _stands(self, visit: Visit) -> bool:
        """Whether the visit is still to come at the time that this fate is about."""
        return visit.is_ahead and self._world.desk.visits[visit.appointment.id] is visit

    def _rebooks(self, person: Person) -> None:
        world = self._world
        try:
            appointment = world.desk.book(person, RECEPTION, world.timeline() + _A_DAY)
        except SlotTaken:
            world.note("turned_away")
            return
        world.note("rebooked")
        self.expects(person, appointment)
