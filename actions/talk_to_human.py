"""Everything that a person must take over, promised only after it is noted."""

from typing import ClassVar

from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions.action import BotAction, back_to_flow
from actions.turn import Turn
from clinic.hours import open_until, opens_next
from conversations.keys import country_of
from conversations.wording import clock, when


class HandOff(BotAction):
    """Notes for the staff why they are needed, and says that a person will answer."""

    reason: ClassVar[str]
    opening_line: ClassVar[str | None] = None
    leaves_flow: ClassVar[bool] = False

    def act(self, turn: Turn) -> list[EventType]:
        """The note first, then the words."""
        hand_off(turn, self.reason, self.opening_line)
        return leave_flow() if self.leaves_flow else back_to_flow(turn)


class TalkToHuman(HandOff):
    """The patient wants a person."""

    action = "action_talk_to_human"
    reason = "wish"
    leaves_flow = True


class Complaint(HandOff):
    """Something went wrong for the patient."""

    action = "action_complaint"
    reason = "complaint"
    opening_line = "utter_sorry"
    leaves_flow = True


class RunningLate(HandOff):
    """The patient comes late."""

    action = "action_running_late"
    reason = "late"
    opening_line = "utter_late"


def hand_off(turn: Turn, reason: str, opening_line: str | None = None) -> None:
    """Notes for the staff why they are needed, then says so."""
    turn.services.conversations.hand_off(turn.conversation.id, reason, turn.now)
    if opening_line:
        turn.say(opening_line)
    _say_when(turn)


def leave_flow() -> list[EventType]:
    """Ends whatever the bot was asking."""
    kept = ("requested_slot", "paused_flow", "next_wish")
    return [ActiveLoop(None), *(SlotSet(name, None) for name in kept)]


def _say_when(turn: Turn) -> None:
    """Until when somebody is there, else when somebody will be, on the clocks near the patient."""
    branches = turn.services.catalogue.branches()
    country = country_of(turn.conversation.address)
    near = next((each for each in branches if each.country == country), None)
    zone, place = (near.zone, None) if near else (branches[0].zone, branches[0].city)
    until = open_until(branches, turn.now)
    if until is not None:
        hour = clock(until.astimezone(zone), turn.language, spoken=turn.spoken)
        turn.say("utter_person_soon", until=f"{hour} ({place})" if place else hour)
        return
    opens = opens_next(branches, turn.now)
    if opens is None:
        turn.say("utter_person_noted")
        return
    words = when(opens, zone, turn.language, turn.now, spoken=turn.spoken, place=place)
    turn.say("utter_person_later", when=words)
