"""A visit in words: which service, when, where."""

from collections.abc import Sequence

from actions.turn import Turn
from clinic.appointments import UPCOMING, Appointment, VisitRef, VisitUnknown
from clinic.catalogue import Branch
from conversations import wording


def upcoming(turn: Turn) -> Sequence[Appointment]:
    """The patient's visits that may still be confirmed, moved or cancelled, earliest first."""
    patient = turn.patient
    if patient is None:
        return []
    visits = turn.services.schedule.appointments(patient.id)
    return [each for each in visits if each.status in UPCOMING and each.start > turn.now]


def belongs(turn: Turn, ref: VisitRef) -> bool:
    """Whether the visit is one of the patient who speaks; anything else is nobody's business."""
    patient = turn.patient
    try:
        visit = turn.services.schedule.appointment(ref.id)
    except VisitUnknown:
        return False
    return patient is not None and visit.patient_id == patient.id


def of_this_address(turn: Turn, shown: str) -> Appointment | None:
    """The visit `id:version` of somebody at this address or in this conversation, as it is now.

    For what the clinic asks of its own accord: nothing private is told with it.
    """
    try:
        visit = turn.services.schedule.appointment(VisitRef.parse(shown).id)
    except (ValueError, VisitUnknown):
        return None
    people = {each.id for each in turn.services.patients.at_address(turn.conversation.address)}
    people.add(turn.conversation.patient_id or "")
    return visit if visit.patient_id in people else None


def just_shown(turn: Turn) -> str | None:
    """The id of the visit that the choices of the last message are all about; None for none."""
    shown = {str(each["visit"]) for each in turn.offered if "visit" in each}
    visits = {VisitRef.parse(each).id for each in shown}
    return visits.pop() if len(visits) == 1 else None


def in_words(turn: Turn, visit: Appointment) -> dict[str, str]:
    """The values with which a response names the visit."""
    branch = turn.services.catalogue.branch(visit.branch)
    service = turn.services.catalogue.service(visit.service)
    return {
        "service": service.name(turn.language),
        "when": when(turn, visit, branch),
        "branch": branch.name,
    }


def when(turn: Turn, visit: Appointment, branch: Branch) -> str:
    """The visit's time on the branch's wall, for the eye or the ear."""
    return wording.when(visit.start, branch.zone, turn.language, turn.now, spoken=turn.spoken)


def title(turn: Turn, visit: Appointment) -> tuple[str, str]:
    """A visit as a choice: its time, and what and where it is."""
    branch = turn.services.catalogue.branch(visit.branch)
    service = turn.services.catalogue.service(visit.service)
    if turn.spoken:
        return f"{service.name(turn.language)}, {when(turn, visit, branch)}", ""
    short = wording.short_when(visit.start, branch.zone, turn.language)
    return short, f"{service.name(turn.language)}, {branch.name}"
