"""No more messages: by any words, asked once where they may mean something else."""

from rasa_sdk.events import EventType

from actions.action import BotAction
from actions.flow import VERY_SURE
from actions.talk_to_human import leave_flow
from actions.turn import Turn
from understanding.opt_out import wants_no_more_messages


class StopMessages(BotAction):
    """Takes the address off, and only then says so."""

    action = "action_stop_messages"

    def act(self, turn: Turn) -> list[EventType]:
        """Done at once where it is clear; else asked, with a button that makes it so."""
        clear = not turn.text or turn.confidence >= VERY_SURE or wants_no_more_messages(turn.text)
        if not clear:
            turn.say("utter_ask_stop")
            return []
        conversation = turn.conversation
        words = turn.text or "/stop_messages"
        turn.services.patients.set_consent(
            conversation.address,
            given=False,
            channel=conversation.channel,
            words=words,
            at=turn.now,
        )
        turn.say("utter_stopped")
        return leave_flow()
