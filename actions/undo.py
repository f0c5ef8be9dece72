"""Undo: what was just confirmed or cancelled is put back as it was."""

from rasa_sdk.events import EventType

from actions import refusals, visits
from actions.action import BotAction, back_to_flow
from actions.talk_to_human import leave_flow
from actions.turn import Turn
from clinic.appointments import Appointment, AppointmentStatus, SlotTaken, VisitError, VisitRef


def can_undo(turn: Turn, visit: Appointment) -> None:
    """Remembers the visit as a change has just left it, for the patient who takes it back."""
    turn.keep(undoable=str(visit.ref))


class Undo(BotAction):
    """Takes back the last confirmation or cancellation of this conversation."""

    action = "action_undo"

    def act(self, turn: Turn) -> list[EventType]:
        """Undoes it, and only then says so; where there is nothing, the talk goes on."""
        shown = turn.slot("undoable")
        if not shown:
            turn.say("utter_nothing_to_undo")
            return back_to_flow(turn)
        ref = VisitRef.parse(str(shown))
        turn.keep(undoable=None, cancelled_visit=None, rebook=None, cancel_reason=None)
        try:
            visit = turn.services.schedule.undo(ref, turn.change("undo"))
        except SlotTaken:
            gone = turn.services.schedule.appointment(ref.id)
            codes = {"service_code": gone.service, "branch_code": gone.branch}
            turn.say("utter_undo_too_late", **codes)
        except VisitError as refused:
            refusals.explain(turn, ref, refused)
        else:
            stands = visit.status is AppointmentStatus.CONFIRMED
            response = "utter_undone_confirmed" if stands else "utter_undone"
            turn.say(response, visit=str(visit.ref), **visits.in_words(turn, visit))
        return [*turn.events, *leave_flow()]
