"""What the patient was told of just before: "and how much is it?" means that."""

from typing import NamedTuple

from actions import visits
from actions.turn import Turn


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


def just_told(turn: Turn) -> Told | None:
    """What the turn before this one was about; None where it was about nothing certain."""
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
        spoken += event.get("event") == "user"
        if spoken > 1:
            break
        name = str(event.get("name") or "")
        if spoken and event.get("event") == "action" and name in _OF_THE_VISIT | set(_KEPT_IN):
            return name
    return ""
