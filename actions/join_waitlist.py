"""Be told when a place comes free."""

from rasa_sdk.events import EventType

from actions.action import BotAction
from actions.flow import Flow
from actions.questions.service import SLOTS, WhichBranch, WhichService
from actions.questions.who import Who
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
        name = catalogue.service(str(service)).name(turn.language)
        turn.say("utter_on_waitlist", service=name, branch=catalogue.branch(str(branch)).name)
        return turn.events
