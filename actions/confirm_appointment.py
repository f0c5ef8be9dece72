"""Confirm a visit."""

from collections.abc import Sequence

from rasa_sdk.events import EventType

from actions import refusals, visits
from actions.action import BotAction
from actions.flow import Flow
from actions.questions.visit import WhichVisit, chosen
from actions.questions.who import Who
from actions.turn import Turn
from clinic.appointments import Appointment, AppointmentStatus, VisitError


class WhichToConfirm(WhichVisit):
    """Those not yet confirmed; where all are, these, so that it can be said."""

    def candidates(self, turn: Turn) -> Sequence[Appointment]:
        """The visits among which to choose."""
        coming = visits.upcoming(turn)
        return [each for each in coming if each.status is AppointmentStatus.BOOKED] or coming


class ConfirmAppointmentFlow(Flow):
    """Asks who it is and which visit."""

    form = "confirm_form"
    intent = "confirm_appointment"
    slots = ("visit",)
    questions = (Who(), WhichToConfirm())


class ConfirmAppointment(BotAction):
    """Confirms, and only then says so."""

    action = "action_confirm_appointment"

    def act(self, turn: Turn) -> list[EventType]:
        """Confirms the chosen visit."""
        ref = chosen(turn)
        if ref is None:
            return []
        try:
            visit = turn.services.schedule.confirm(ref, turn.change("confirm"))
        except VisitError as refused:
            refusals.explain(turn, ref, refused)
        else:
            turn.say("utter_confirmed", visit=str(visit.ref), **visits.in_words(turn, visit))
        turn.keep(visit=None)
        return turn.events
