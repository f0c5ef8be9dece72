"""What patients answer to the clinic's own questions, apart from booking and feedback."""

from datetime import datetime, timedelta
from typing import Final

from rasa_sdk.events import EventType

from actions.action import BotAction, back_to_flow
from actions.small_talk import OldChoice
from actions.talk_to_human import leave_flow
from actions.turn import Turn
from actions.visits import of_this_address

A_MONTH: Final = timedelta(days=31)
"""How long "later" puts a recall off: into another month, for recalls are told apart by month."""


class GoOn(BotAction):
    """The journey that was left half-way goes on with its open question."""

    action = "action_go_on"

    def act(self, turn: Turn) -> list[EventType]:
        """Asks it again; explains itself where that journey is over."""
        waiting = back_to_flow(turn) if _is_of_this_talk(turn) else []
        return waiting or OldChoice(self.services).act(turn)


class LeaveIt(BotAction):
    """The journey that was left half-way is given up; nothing was changed."""

    action = "action_leave_it"

    def act(self, turn: Turn) -> list[EventType]:
        """Ends it, and says so."""
        if not _is_of_this_talk(turn) or not back_to_flow(turn):
            return OldChoice(self.services).act(turn)
        turn.say("utter_left")
        return leave_flow()


class NotNeeded(BotAction):
    """No other time, thank you."""

    action = "action_not_needed"

    def act(self, turn: Turn) -> list[EventType]:
        """Leaves it at that."""
        turn.say("utter_not_needed")
        return back_to_flow(turn)


class PutOffRecall(BotAction):
    """A visit that is due again is put off."""

    action = "action_recall_later"
    response = "utter_recall_later"

    def act(self, turn: Turn) -> list[EventType]:
        """Notes it, and only then says so."""
        visit = of_this_address(turn, turn.tapped.get("visit", ""))
        if visit is None:
            turn.say("utter_old_choice")
        else:
            self.services.recalls.put_off(visit.patient_id, visit.service, self.until(turn.now))
            turn.say(self.response)
        return back_to_flow(turn)

    @staticmethod
    def until(now: datetime) -> datetime | None:
        """When the patient may be told again."""
        return now + A_MONTH


class NoMoreRecalls(PutOffRecall):
    """The patient is not told of that any more."""

    action = "action_no_more_recalls"
    response = "utter_no_more_recalls"

    @staticmethod
    def until(now: datetime) -> datetime | None:  # noqa: ARG004
        """Never."""
        return None


def _is_of_this_talk(turn: Turn) -> bool:
    return turn.tapped.get("talk") == turn.conversation.id
