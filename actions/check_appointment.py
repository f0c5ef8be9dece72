"""Which visits does the patient have?"""

from rasa_sdk.events import EventType

from actions import visits
from actions.action import BotAction, back_to_flow
from actions.flow import Flow
from actions.join_waitlist import in_words
from actions.questions.who import Who
from actions.turn import Turn
from clinic.appointments import Appointment, AppointmentStatus
from clinic.patients import Patient


class CheckAppointmentFlow(Flow):
    """Asks who it is."""

    form = "check_form"
    intent = "check_appointment"
    aside = True
    questions = (Who(),)


class CheckAppointment(BotAction):
    """Tells the coming visits."""

    action = "action_check_appointment"

    def act(self, turn: Turn) -> list[EventType]:
        """One visit with what can be done about it; several as a list."""
        if turn.patient is None:
            return []
        self._tell_waitlists(turn, turn.patient)
        coming = visits.upcoming(turn)
        if not coming:
            turn.say("utter_no_visits")
        elif len(coming) == 1:
            visit = coming[0]
            turn.say(_standing(visit), visit=str(visit.ref), **visits.in_words(turn, visit))
        else:
            turn.say("utter_your_visits", visits="\n".join(_line(turn, each) for each in coming))
        return back_to_flow(turn)

    @staticmethod
    def _tell_waitlists(turn: Turn, patient: Patient) -> None:
        """What the patient waits for, before what they have: its choices come last."""
        waits = [
            "- {service}, {branch}: {times}".format(
                **in_words(turn, each.service, each.branch, each.wishes)
            )
            for each in turn.services.waitlist.waits_of(patient.id)
        ]
        if waits:
            turn.say("utter_your_waitlists", waits="\n".join(waits))


def _standing(visit: Appointment) -> str:
    confirmed = visit.status is AppointmentStatus.CONFIRMED
    return "utter_your_visit_confirmed" if confirmed else "utter_your_visit"


def _line(turn: Turn, visit: Appointment) -> str:
    words = visits.in_words(turn, visit)
    return f"- {words['service']}: {words['when']}, {words['branch']}"
