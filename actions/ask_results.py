"""Are my results ready? Never told in a message: a link goes to the phone on file."""

from rasa_sdk.events import EventType

from actions.action import BotAction, back_to_flow
from actions.flow import Flow
from actions.questions.who import Who
from actions.talk_to_human import hand_off
from actions.turn import Turn
from app.results import phone_of, send_link


class AskResultsFlow(Flow):
    """Asks who it is."""

    form = "results_form"
    intent = "ask_results"
    aside = True
    questions = (Who(),)


class TellResults(BotAction):
    """Sends the link where there is something to open; else a person looks into it."""

    action = "action_tell_results"

    def act(self, turn: Turn) -> list[EventType]:
        """Says that the link is sent only once it is stored."""
        patient = turn.patient
        if patient is None:
            return []
        services = turn.services
        phone = phone_of(services, patient.id, preferred=turn.conversation.address)
        is_ready = any(report.is_open for report in services.results.reports(patient.id))
        if not is_ready or phone is None:
            hand_off(turn, "results", "utter_results")
            return back_to_flow(turn)
        send_link(services, patient.id, phone, f"result-link:{turn.turn_id}", turn.now)
        turn.say("utter_results_sent", ending=phone[-2:])
        return back_to_flow(turn)
