"""Confirm a visit."""

from collections.abc import Sequence

from rasa_sdk.events import EventType

from actions import refusals, visits
from actions.action import BotAction
from actions.flow import REQUESTED, Flow
from actions.questions.visit import WhichVisit, chosen
from actions.questions.who import Who
from actions.questions.yes_no import VisitYesNo
from actions.turn import Turn
from actions.undo import can_undo
from clinic.appointments import Appointment, AppointmentStatus, VisitError

# Above it all but 2 % of what is read is right: the curve of `make evaluate`.
SURE_ENOUGH_TO_ACT = 0.7


class WhichToConfirm(WhichVisit):
    """Those not yet confirmed; where all are, these, so that it can be said."""

    def candidates(self, turn: Turn) -> Sequence[Appointment]:
        """The visits among which to choose."""
        coming = visits.upcoming(turn)
        return [each for each in coming if each.status is AppointmentStatus.BOOKED] or coming


class SureToConfirm(VisitYesNo):
    """Names the visit before it is confirmed; a choice among several visits is sure enough."""

    def answered(self, turn: Turn) -> bool:
        """Whether it was answered, or the patient has just chosen which visit."""
        return super().answered(turn) or turn.tracker.get_slot(REQUESTED) == "visit"


class ConfirmAppointmentFlow(Flow):
    """Asks who it is, which visit, and in doubt whether the patient meant to confirm."""

    form = "confirm_form"
    intent = "confirm_appointment"
    slots = ("visit", "sure")
    questions = (
        Who(),
        WhichToConfirm(),
        SureToConfirm("sure", "utter_ask_sure_to_confirm", meaning_yes="confirm_appointment"),
    )

    def begin(self, turn: Turn) -> None:
        """Asked only where the words may have meant something else."""
        if not turn.text or turn.confidence >= SURE_ENOUGH_TO_ACT:
            turn.keep(sure="yes")


class ConfirmAppointment(BotAction):
    """Confirms, and only then says so."""

    action = "action_confirm_appointment"

    def act(self, turn: Turn) -> list[EventType]:
        """Confirms the chosen visit."""
        ref = chosen(turn)
        if ref is None:
            return []
        if turn.slot("sure") == "no":
            turn.keep(visit=None, sure=None)
            turn.say("utter_what_next")
            return turn.events
        try:
            visit = turn.services.schedule.confirm(ref, turn.change("confirm"))
        except VisitError as refused:
            refusals.explain(turn, ref, refused)
        else:
            can_undo(turn, visit)
            turn.say("utter_confirmed", visit=str(visit.ref), **visits.in_words(turn, visit))
        turn.keep(visit=None, sure=None)
        return turn.events
