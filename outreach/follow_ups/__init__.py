"""What the clinic says after a visit, a missed one, a long absence, or a talk left half-way."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from app.services import Services
from app.settings import Settings
from outreach.follow_ups.feedback import ask_for_feedback
from outreach.follow_ups.no_show import invite_again
from outreach.follow_ups.nudge import nudge_silent
from outreach.follow_ups.recall import recall_patients

Begin = Callable[[Services, datetime], list[dict[str, str]]]

_KINDS: Final[dict[str, Begin]] = {
    "nudge": nudge_silent,
    "no_show": invite_again,
    "feedback": ask_for_feedback,
    "recall": recall_patients,
}
"""In order: where an address may hear but one more that day, the first has it."""


def wanted(settings: Settings) -> list[Begin]:
    """The kinds that the clinic wants."""
    named = settings.follow_ups.split(",")
    return [begin for name, begin in _KINDS.items() if name in named]
