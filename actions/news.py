"""The clinic's news: only who asked for them gets any, until they want no more."""

from rasa_sdk.events import EventType

from actions.action import BotAction, back_to_flow
from actions.turn import Turn
from clinic.consents import Purpose


class JoinNews(BotAction):
    """Keeps the yes, and only then says so."""

    action = "action_join_news"

    def act(self, turn: Turn) -> list[EventType]:
        """Not for an address that has stopped all messages: that must be taken back first."""
        if turn.services.patients.opted_out(turn.conversation.address):
            turn.say("utter_news_after_start")
        else:
            _keep(turn, given=True)
            turn.say("utter_news_joined")
        return back_to_flow(turn)


class LeaveNews(BotAction):
    """Keeps the no, and only then says so; messages about visits go on."""

    action = "action_leave_news"

    def act(self, turn: Turn) -> list[EventType]:
        """Also for who never asked for any: now that is kept."""
        _keep(turn, given=False)
        turn.say("utter_news_left")
        return back_to_flow(turn)


def _keep(turn: Turn, *, given: bool) -> None:
    """With the words as the patient wrote them, or those of the choice."""
    conversation = turn.conversation
    turn.services.patients.set_consent(
        conversation.address,
        given=given,
        channel=conversation.channel,
        words=turn.words,
        at=turn.now,
        purpose=Purpose.NEWS,
    )
