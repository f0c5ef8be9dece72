"""An emergency that the engine read; most are caught before it is asked."""

from rasa_sdk.events import EventType

from actions import visits
from actions.action import BotAction
from actions.flow import VERY_SURE
from actions.talk_to_human import leave_flow
from actions.turn import Turn
from clinic.emergency import LINES, EmergencyLines, lines_of
from conversations.keys import country_of


class Emergency(BotAction):
    """The emergency number at once, and a person is alerted."""

    action = "action_emergency"

    def act(self, turn: Turn) -> list[EventType]:
        """Where the engine is not sure it asks, gives the number and alerts all the same."""
        lines = _lines(turn)
        if turn.confidence < VERY_SURE:
            turn.services.conversations.alert(turn.conversation.id, "emergency", turn.now)
            turn.say("utter_ask_emergency", emergency=lines.rescue)
            return []
        turn.services.conversations.hand_off(turn.conversation.id, "emergency", turn.now)
        turn.say("utter_emergency", emergency=lines.rescue, crisis=lines.crisis)
        return leave_flow()


def _lines(turn: Turn) -> EmergencyLines:
    """Those of the country where the patient is seen, else of the number's, else the clinic's."""
    catalogue = turn.services.catalogue
    coming = visits.upcoming(turn)
    country = catalogue.branch(coming[0].branch).country if coming else None
    found = lines_of(country or country_of(turn.conversation.address))
    return found or LINES[catalogue.branches()[0].country]
