"""What happens to visits once their time has come, and the follow-ups of them."""

from datetime import datetime, timedelta

from clinic.appointments import Appointment, AppointmentStatus
from clinic.patients import Patient
from outreach.follow_ups.feedback import ask_for_feedback
from outreach.follow_ups.no_show import invite_again
from outreach.follow_ups.recall import recall_patients
from tests.outreach.world import World

HOUR = timedelta(hours=1)


def marked(
    world: World,
    visit: Appointment,
    status: AppointmentStatus = AppointmentStatus.COMPLETED,
    at: datetime | None = None,
) -> Appointment:
    """Staff marks the visit: at its end, where no other moment is given."""
    world.now[0] = at or visit.end
    change = world.change(world.now[0], "staff:demo")
    return world.services.schedule.mark(visit.ref, status, change)


def completed(world: World, patient: Patient, start: datetime) -> Appointment:
    """A visit that has taken place."""
    return marked(world, world.visit(patient, start))


def missed(world: World, patient: Patient, start: datetime) -> Appointment:
    """A visit to which nobody came, marked half an hour after its start."""
    return marked(world, world.visit(patient, start), AppointmentStatus.NO_SHOW)


def ask(world: World, at: datetime) -> list[str]:
    """About which visits patients are asked now."""
    world.now[0] = at
    return [each["about"] for each in ask_for_feedback(world.services, at)]


def invite(world: World, at: datetime) -> list[str]:
    """For which missed visits another time is offered now."""
    world.now[0] = at
    return [each["about"] for each in invite_again(world.services, at)]


def recalled(world: World, at: datetime) -> list[str]:
    """Who is told now that a visit is due again."""
    world.now[0] = at
    return [each["to"] for each in recall_patients(world.services, at)]
