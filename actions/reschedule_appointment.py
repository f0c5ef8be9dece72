"""Move a visit: the new time is taken before the old one is given up."""

from rasa_sdk.events import EventType, FollowupAction

from actions import refusals, visits
from actions.action import BotAction
from actions.flow import Flow
from actions.questions import time
from actions.questions.time import Place, WhichTime
from actions.questions.visit import WhichVisit, chosen
from actions.questions.who import Who
from actions.turn import Turn
from clinic.appointments import SlotTaken, VisitError


def place_of_visit(turn: Turn) -> Place | None:
    """The service and branch of the chosen visit."""
    ref = chosen(turn)
    if ref is None:
        return None
    visit = turn.services.schedule.appointment(ref.id)
    return visit.service, visit.branch


class RescheduleAppointmentFlow(Flow):
    """Asks who it is, which visit, and when instead."""

    form = "reschedule_form"
    intent = "reschedule_appointment"
    slots = ("visit", *time.SLOTS)
    questions = (Who(), WhichVisit(), WhichTime(place_of_visit))


class RescheduleAppointment(BotAction):
    """Moves the visit, and only then says so; a slot taken meanwhile leads to new choices."""

    action = "action_reschedule_appointment"

    def act(self, turn: Turn) -> list[EventType]:
        """Moves the chosen visit to the chosen slot."""
        ref, slot = chosen(turn), turn.slot("chosen_slot")
        if ref is None or slot is None:
            return []
        turn.keep(chosen_slot=None)
        try:
            visit = turn.services.schedule.reschedule(ref, str(slot), turn.change("reschedule"))
        except SlotTaken:
            turn.say("utter_slot_taken")
            turn.keep(paused_flow=RescheduleAppointmentFlow.form, shown_from=None)
            return [*turn.events, FollowupAction(RescheduleAppointmentFlow.form)]
        except VisitError as refused:
            refusals.explain(turn, ref, refused)
        else:
            turn.say("utter_rescheduled", visit=str(visit.ref), **visits.in_words(turn, visit))
        turn.keep(visit=None)
        return turn.events
