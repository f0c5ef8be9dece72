"""Be told when a place comes free, or no longer."""

from rasa_sdk.events import EventType

from actions.action import BotAction, back_to_flow
from actions.flow import Flow
from actions.questions.service import SLOTS, WhichBranch, WhichService
from actions.questions.who import Who
from actions.talk_to_human import hand_off
from actions.turn import Turn


class JoinWaitlistFlow(Flow):
    """Asks who it is, for which service and at which branch."""

    form = "waitlist_form"
    intent = "join_waitlist"
    slots = ("waitlist_service", "waitlist_branch", *SLOTS)
    questions = (
        Who(registers=True),
        WhichService("waitlist_service", "utter_ask_service_to_wait", of_next_visit=True),
        WhichBranch("waitlist_branch", "waitlist_service"),
    )


class JoinWaitlist(BotAction):
    """Puts the patient on the list, and only then says so."""

    action = "action_join_waitlist"

    def act(self, turn: Turn) -> list[EventType]:
        """Keeps service and branch."""
        service, branch = turn.slot("waitlist_service"), turn.slot("waitlist_branch")
        patient = turn.patient
        if not service or not branch or patient is None:
            return []
        turn.services.patients.wait_for(patient.id, str(service), str(branch), turn.now)
        catalogue = turn.services.catalogue
        turn.say(
            "utter_on_waitlist",
            service=catalogue.service(str(service)).name(turn.language),
            branch=catalogue.branch(str(branch)).name,
            service_code=str(service),
            branch_code=str(branch),
        )
        return turn.events


class LeaveWaitlist(BotAction):
    """The patient waits no longer."""

    action = "action_leave_waitlist"

    def act(self, turn: Turn) -> list[EventType]:
        """Takes the patient off the list that the choice names; said in words, off every list.

        Who of a family it is, a person finds out.
        """
        patients, patient = turn.services.patients, turn.patient
        if patient is None:
            hand_off(turn, "wish")
            return back_to_flow(turn)
        named = turn.tapped.get("service"), turn.tapped.get("branch")
        for service, branch in patients.waiting(patient.id):
            if named in {(service, branch), (None, None)}:
                patients.stop_waiting(patient.id, service, branch)
        turn.say("utter_off_waitlist")
        return back_to_flow(turn)
