"""How does one prepare for a study?"""

from rasa_sdk.events import EventType

from actions.action import BotAction, back_to_flow
from actions.flow import Flow
from actions.questions.service import SLOTS, WhichService
from actions.turn import Turn


class AskPreparationFlow(Flow):
    """Asks for which service; that of the patient's next visit where none is named."""

    form = "preparation_form"
    intent = "ask_preparation"
    aside = True
    slots = ("preparation_service", *SLOTS)
    questions = (
        WhichService("preparation_service", "utter_ask_service_to_prepare", of_next_visit=True),
    )


class TellPreparation(BotAction):
    """Tells the preparation as the clinic wrote it."""

    action = "action_tell_preparation"

    def act(self, turn: Turn) -> list[EventType]:
        """The text, or that none is needed."""
        code = turn.slot("preparation_service")
        if not code:
            return back_to_flow(turn)
        answer = turn.answers.preparation(str(code))
        turn.say(answer.response, answer.choices, **answer.values)
        return back_to_flow(turn)
