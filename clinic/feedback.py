"""What a patient says of a visit afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from clinic.appointments import Appointment, AppointmentStatus

LOW: Final = 2
"""Up to this score a person of the clinic looks at it."""
OPEN_FOR: Final = timedelta(days=7)
"""How long after the visit's end an answer is taken."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A score from 1 (worst) to 5, and the patient's own words, "" for none. `at` is UTC.

    service and branch: those of the visit when it was given. conversation_id: where, which alone
    may correct it.
    """

    visit_id: str
    patient_id: str
    service: str
    branch: str
    score: int
    at: datetime
    channel: str
    conversation_id: str
    words: str = ""

    @property
    def is_low(self) -> bool:
        """Whether a person must look at it."""
        return self.score <= LOW


def takes_feedback(visit: Appointment, now: datetime) -> bool:
    """Whether an answer about the visit is still taken."""
    return visit.status is AppointmentStatus.COMPLETED and now < visit.end + OPEN_FOR
