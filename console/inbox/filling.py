"""Canned replies with what is known of the patient filled in."""

from typing import Final

from clinic.appointments import UPCOMING
from console.inbox.canned import HOLE, Canned
from console.inbox.waiting_page import known
from console.needs import Needs
from conversations.model import Conversation
from conversations.wording import when


def filled(needs: Needs, one: Canned, talk: Conversation) -> str | None:
    """The words for the patient of a conversation, in their language.

    None where something that they name is not known.
    """
    text = one.texts[talk.language]
    values = {hole: _FILLING[hole](needs, talk) for hole in HOLE.findall(text)}
    if not all(values.values()):
        return None
    return HOLE.sub(lambda found: values[found[1]] or "", text)


def _first_name(needs: Needs, talk: Conversation) -> str | None:
    patient = known(needs, talk.patient_id)
    return patient.name.split()[0] if patient else None


def _next_visit(needs: Needs, talk: Conversation) -> str | None:
    """When and where, never what for."""
    now = needs.clock()
    if not talk.patient_id:
        return None
    visits = [
        each
        for each in needs.schedule.appointments(talk.patient_id)
        if each.status in UPCOMING and each.start > now
    ]
    if not visits:
        return None
    visit = min(visits, key=lambda each: each.start)
    branch = needs.catalogue.branch(visit.branch)
    return f"{when(visit.start, branch.zone, talk.language, now)}, {branch.name}"


_FILLING: Final = {
    "first_name": _first_name,
    "clinic": lambda needs, _talk: needs.settings.clinic_name,
    "next_visit": _next_visit,
}
