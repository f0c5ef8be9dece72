"""Be told when a place comes free, or no longer."""

from rasa_sdk.events import EventType

from actions.action import BotAction, back_to_flow
from actions.flow import Flow
from actions.questions import practitioner, waiting
from actions.questions.service import SLOTS, WhichBranch, WhichService
from actions.questions.waiting import HowMuchNotice, WhichWeekTimes, WithWhom
from actions.questions.who import Who
from actions.talk_to_human import hand_off
from actions.turn import Turn
from clinic.waitlist import Wishes
from conversations.waiting_words import notice, week_times


class JoinWaitlistFlow(Flow):
    """Asks who it is, for which service and at which branch, when it suits and on which notice."""

    form = "waitlist_form"
    intent = "join_waitlist"
    slots = ("waitlist_service", "waitlist_branch", *SLOTS, *waiting.SLOTS)
    questions = (
        Who(registers=True),
        WhichService("waitlist_service", "utter_ask_service_to_wait", of_next_visit=True),
        WhichBranch("waitlist_branch", "waitlist_service"),
        WithWhom(),
        WhichWeekTimes(),
        HowMuchNotice(),
    )

    def begin(self, turn: Turn) -> None:
        """Whoever is named sees patients at one branch, and mostly for one thing."""
        practitioner.take_with_place(turn, "waitlist_service", "waitlist_branch")


class JoinWaitlist(BotAction):
    """Puts the patient on the list, and only then says so."""

    action = "action_join_waitlist"

    def act(self, turn: Turn) -> list[EventType]:
        """Keeps what was asked for, or changes it for who is on that list already."""
        service, branch = turn.slot("waitlist_service"), turn.slot("waitlist_branch")
        patient = turn.patient
        if not service or not branch or patient is None:
            return []
        wishes = waiting.wishes(turn)
        turn.services.waitlist.join(patient.id, str(service), str(branch), turn.now, wishes)
        turn.say(
            "utter_on_waitlist",
            **in_words(turn, str(service), str(branch), wishes),
            service_code=str(service),
            branch_code=str(branch),
        )
        return turn.events


def in_words(turn: Turn, service: str, branch: str, wishes: Wishes) -> dict[str, str]:
    """The values with which a response names a waitlist and what the patient asked for."""
    catalogue = turn.services.catalogue
    name = catalogue.service(service).name(turn.language)
    if wishes.practitioner:
        person = catalogue.practitioner(wishes.practitioner)
        name = f"{name} ({practitioner.called(person)})"
    return {
        "service": name,
        "branch": catalogue.branch(branch).name,
        "times": week_times(wishes.times, turn.language, spoken=turn.spoken),
        "notice": notice(wishes.notice_hours, turn.language),
    }


class LeaveWaitlist(BotAction):
    """The patient waits no longer."""

    action = "action_leave_waitlist"

    def act(self, turn: Turn) -> list[EventType]:
        """Takes the patient off the list that the choice names; said in words, off every list.

        Who of a family it is, a person finds out.
        """
        waitlist, patient = turn.services.waitlist, turn.patient
        if patient is None:
            hand_off(turn, "wish")
            return back_to_flow(turn)
        named = turn.tapped.get("service"), turn.tapped.get("branch")
        for each in waitlist.waits_of(patient.id):
            if named in {(each.service, each.branch), (None, None)}:
                waitlist.leave(patient.id, each.service, each.branch)
        turn.say("utter_off_waitlist")
        return back_to_flow(turn)
