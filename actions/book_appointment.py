"""Book a visit; also the way back after one was cancelled."""

from rasa_sdk.events import EventType, FollowupAction

from actions import visits
from actions.action import BotAction
from actions.flow import Flow
from actions.questions import service, time
from actions.questions.practitioner import take_with_place
from actions.questions.service import WhichBranch, WhichService
from actions.questions.time import Place, WhichTime
from actions.questions.who import Who
from actions.told import Told, just_told
from actions.turn import Turn
from clinic.appointments import NotOffered, SlotTaken
from understanding.places import find_branch
from understanding.services import match_services


def place_to_book(turn: Turn) -> Place | None:
    """The service and branch that were chosen."""
    wanted, branch = turn.slot("book_service"), turn.slot("book_branch")
    return (str(wanted), str(branch)) if wanted and branch else None


_SERVICE = WhichService("book_service", "utter_ask_service_to_book", branch_slot="book_branch")
_BRANCH = WhichBranch("book_branch", "book_service")


class BookAppointmentFlow(Flow):
    """Asks who it is, what for, where and when. A new patient is registered on the way."""

    form = "book_form"
    intent = "book_appointment"
    slots = ("book_service", "book_branch", *service.SLOTS, *time.SLOTS)
    questions = (
        Who(registers=True, meanwhile=(_SERVICE, _BRANCH)),
        _SERVICE,
        _BRANCH,
        WhichTime(place_to_book, branch_slot="book_branch"),
    )

    def begin(self, turn: Turn) -> None:
        """Right after a cancellation or a price: the same service at the same branch."""
        cancelled = turn.slot("cancelled_visit")
        if turn.slot("rebook") == "yes" and cancelled:
            visit = turn.services.schedule.appointment(str(cancelled))
            turn.keep(book_service=visit.service, book_branch=visit.branch)
        else:
            take_with_place(turn, "book_service", "book_branch")
            told = just_told(turn)
            if turn.text and told and told.by == "action_tell_price":
                self._take_quoted(turn, told)
        turn.keep(rebook=None, cancelled_visit=None, cancel_reason=None)

    @staticmethod
    def _take_quoted(turn: Turn, told: Told) -> None:
        """What was priced, unless the patient now names something else."""
        catalogue = turn.services.catalogue
        if (
            turn.slot("book_service")
            or match_services(turn.text, turn.language, catalogue.services()).candidates
        ):
            return
        turn.keep(book_service=told.service)
        elsewhere = find_branch(turn.text, catalogue.branches()) is not None
        if not elsewhere and told.branch in catalogue.service(told.service).branches:
            turn.keep(book_branch=told.branch)


class BookAppointment(BotAction):
    """Books, and only then says so."""

    action = "action_book_appointment"

    def act(self, turn: Turn) -> list[EventType]:
        """Books the chosen slot for the patient who speaks."""
        slot, patient, wanted = turn.slot("chosen_slot"), turn.patient, turn.slot("book_service")
        if slot is None or patient is None or wanted is None:
            return []
        turn.keep(chosen_slot=None)
        schedule = turn.services.schedule
        try:
            visit = schedule.book(str(slot), str(wanted), patient.id, turn.change("book"))
        except (SlotTaken, NotOffered):
            turn.say("utter_slot_taken")
            turn.keep(paused_flow=BookAppointmentFlow.form, shown_from=None)
            return [*turn.events, FollowupAction(BookAppointmentFlow.form)]
        turn.say("utter_booked", visit=str(visit.ref), **visits.in_words(turn, visit))
        return turn.events
