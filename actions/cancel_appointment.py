"""Cancel a visit, and offer another time in the same breath."""

from rasa_sdk.events import EventType, FollowupAction

from actions import refusals, visits
from actions.action import BotAction
from actions.flow import SURE, VERY_SURE, Flow, Question
from actions.questions.visit import WhichVisit, chosen
from actions.questions.who import Who
from actions.questions.yes_no import VisitYesNo, YesNo
from actions.turn import Turn
from actions.undo import can_undo
from clinic.appointments import VisitError
from understanding.times import read_time

REASON_CHARACTERS = 500
REBOOKING = frozenset({"book_appointment", "reschedule_appointment"})


class CancelAppointmentFlow(Flow):
    """Asks who it is, which visit, and whether the patient is sure."""

    form = "cancel_form"
    intent = "cancel_appointment"
    slots = ("visit", "sure")
    questions = (
        Who(),
        WhichVisit(),
        VisitYesNo("sure", "utter_ask_sure_to_cancel", meaning_yes="cancel_appointment"),
    )

    def begin(self, turn: Turn) -> None:
        """A button that names the visit has been read by the patient: no need to ask again."""
        if "visit" in turn.tapped:
            turn.keep(sure="yes")


class CancelAppointment(BotAction):
    """Cancels, and only then says so."""

    action = "action_cancel_appointment"

    def act(self, turn: Turn) -> list[EventType]:
        """Cancels the chosen visit, or leaves it as it was."""
        ref = chosen(turn)
        if ref is None:
            return []
        sure = turn.slot("sure") == "yes"
        turn.keep(visit=None, sure=None)
        if not sure:
            visit = turn.services.schedule.appointment(ref.id)
            turn.say("utter_kept", **visits.in_words(turn, visit))
            return turn.events
        try:
            visit = turn.services.schedule.cancel(ref, turn.change("cancel"))
        except VisitError as refused:
            refusals.explain(turn, ref, refused)
            return turn.events
        turn.say("utter_cancelled", **visits.in_words(turn, visit))
        can_undo(turn, visit)
        turn.keep(cancelled_visit=visit.id)
        return [*turn.events, FollowupAction("after_cancel_form")]


class Rebook(YesNo):
    """Another time? A reason told instead is kept, and the offer stands."""

    open_ended = True

    def ask(self, turn: Turn) -> None:
        """Asked together with the news that the visit is cancelled; again after side questions."""
        visit = turn.services.schedule.appointment(str(turn.slot("cancelled_visit")))
        told = bool(turn.slot("cancel_reason"))
        response = "utter_offer_rebook_again" if told else "utter_offer_rebook"
        turn.say(response, service_code=visit.service, branch_code=visit.branch)

    def read(self, turn: Turn) -> bool:
        """Yes, no, a time that would suit, or the reason."""
        if super().read(turn):
            return True
        wants_another = turn.intent == "reschedule_appointment" and turn.confidence >= SURE
        if turn.text and (wants_another or self._names_a_time(turn)):
            turn.keep(rebook="yes")
            return True
        if turn.text and turn.slot("cancel_reason") is None:
            _keep_reason(turn, turn.text)
            return True
        return False

    def _names_a_time(self, turn: Turn) -> bool:
        visit = turn.services.schedule.appointment(str(turn.slot("cancelled_visit")))
        zone = turn.services.catalogue.branch(visit.branch).zone
        return read_time(turn.text, turn.language, turn.now, zone) is not None


class Reason(Question):
    """Why? Any words, or none."""

    slot = "cancel_reason"
    open_ended = True

    def prefill(self, turn: Turn) -> None:
        """Asked only after the visit is given up."""

    def answered(self, turn: Turn) -> bool:
        """Told, left out, or of no use where the patient books again."""
        return turn.slot(self.slot) is not None or turn.slot("rebook") == "yes"

    def ask(self, turn: Turn) -> None:
        """Asks once."""
        turn.say("utter_ask_reason")

    def read(self, turn: Turn) -> bool:
        """A tapped reason, the patient's own words, "no", or another time after all."""
        if turn.intent in {"deny", "thank_you", "goodbye"}:
            turn.keep(cancel_reason="")
            return True
        if turn.intent in REBOOKING and turn.confidence >= SURE:
            turn.keep(rebook="yes")
            if turn.confidence >= VERY_SURE:
                return True
        _keep_reason(turn, turn.tapped.get("reason") or turn.text)
        return True


def _keep_reason(turn: Turn, reason: str) -> None:
    """Keeps the reason with the visit; "skip" is the button of those who rather not say."""
    turn.keep(cancel_reason=reason)
    if reason and reason != "skip":
        change = turn.change("reason")
        visit = str(turn.slot("cancelled_visit"))
        turn.services.schedule.give_reason(visit, reason[:REASON_CHARACTERS], change)


class AfterCancelFlow(Flow):
    """Offers another time; asks those who want none why they cancelled."""

    form = "after_cancel_form"
    intent = "after_cancel"
    slots = ("rebook", "cancel_reason")
    questions = (Rebook("rebook", "utter_offer_rebook", meaning_yes="book_appointment"), Reason())


class AfterCancel(BotAction):
    """Leads to a new booking, or thanks."""

    action = "action_after_cancel"

    def act(self, turn: Turn) -> list[EventType]:
        """What the patient chose."""
        if turn.slot("rebook") == "yes":
            return [FollowupAction("book_form")]
        if turn.slot("rebook") == "no":
            turn.say("utter_reason_thanks")
        turn.keep(cancelled_visit=None, rebook=None, cancel_reason=None)
        return turn.events
