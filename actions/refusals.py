"""Why a visit could not be changed, said so that the patient can go on."""

from actions import visits
from actions.turn import Turn
from clinic.appointments import (
    AlreadyConfirmed,
    Appointment,
    VisitCancelled,
    VisitClosed,
    VisitError,
    VisitPast,
    VisitRef,
    VisitStale,
)

_RESPONSES: dict[type[VisitError], str] = {
    VisitPast: "utter_visit_past",
    VisitCancelled: "utter_visit_was_cancelled",
    VisitClosed: "utter_visit_closed",
    AlreadyConfirmed: "utter_already_confirmed",
}


def explain(turn: Turn, ref: VisitRef, refused: VisitError) -> None:
    """Names the visit as it stands and says why nothing was changed."""
    if isinstance(refused, VisitStale):
        _say(turn, "utter_visit_moved", refused.current)
        return
    response = _RESPONSES.get(type(refused))
    if response is None:
        turn.say("utter_no_visits")
        return
    _say(turn, response, turn.services.schedule.appointment(ref.id))


def _say(turn: Turn, response: str, visit: Appointment) -> None:
    turn.say(response, visit=str(visit.ref), **visits.in_words(turn, visit))
