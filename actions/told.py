"""What the patient was told of just before: "and how much is it?" means that."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from actions import visits
from actions.turn import Turn
from clinic.appointments import VisitRef


class Told(NamedTuple):
    """A service, and the branch where one was told; `by` is the action that told it."""

    by: str
    service: str
    branch: str | None


_KEPT_IN = {
    "action_tell_price": ("price_service", "price_branch"),
    "action_tell_preparation": ("preparation_service", None),
    "action_book_appointment": ("book_service", "book_branch"),
}
_OF_THE_VISIT = {
    "action_check_appointment", "action_confirm_appointment", "action_reschedule_appointment",
}  # fmt: skip

_PLEASANTRIES = frozenset({"thank_you", "greet", "affirm"})
"""Turns that change no subject."""


def in_hand(turn: Turn) -> Told | None:
    """What the flow is about that waits while a side question is answered."""
    waiting = str(turn.slot("paused_flow") or "")
    if waiting in {"confirm_form", "cancel_form", "reschedule_form"} and turn.slot("visit"):
        ref = VisitRef.parse(str(turn.slot("visit")))
        if visits.belongs(turn, ref):
            visit = turn.services.schedule.appointment(ref.id)
            return Told(waiting, visit.service, visit.branch)
    if waiting == "book_form" and turn.slot("book_service"):
        branch = turn.slot("book_branch")
        return Told(waiting, str(turn.slot("book_service")), branch and str(branch))
    return None


def just_told(turn: Turn) -> Told | None:
    """What the turn before this one was about; None where it was about nothing certain.

    A "thank you" in between changes nothing.
    """
    by = _last_action(turn)
    if by in _OF_THE_VISIT:
        coming = visits.upcoming(turn)
        return Told(by, coming[0].service, coming[0].branch) if len(coming) == 1 else None
    if by not in _KEPT_IN:
        return None
    in_service, in_branch = _KEPT_IN[by]
    # As the turn found them: a flow that begins empties its slots before it asks for this.
    service = turn.tracker.get_slot(in_service)
    branch = turn.tracker.get_slot(in_branch) if in_branch else None
    return Told(by, str(service), branch and str(branch)) if service else None


def _last_action(turn: Turn) -> str:
    """The last action of the turn before that told something; "" for none."""
    spoken = 0
    for event in reversed(turn.tracker.events):
        spoken += event.get("event") == "user" and (not spoken or not _is_pleasant(event))
        if spoken > 1:
            break
        name = str(event.get("name") or "")
        if spoken and event.get("event") == "action" and name in _OF_THE_VISIT | set(_KEPT_IN):
            return name
    return ""


def _is_pleasant(event: Mapping[str, Any]) -> bool:
    intent = (event.get("parse_data") or {}).get("intent") or {}
    return intent.get("name") in _PLEASANTRIES
