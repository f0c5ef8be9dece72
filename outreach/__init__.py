"""What the clinic starts: reminders, and offers of freed slots."""

from datetime import datetime

from app.services import Services
from outreach.offers import offer_freed_slots
from outreach.reminders import remind


def run_due(services: Services, now: datetime) -> list[dict[str, str]]:
    """Begins what is due at `now` (UTC) and was not begun before.

    Returns for each message begun what it is: `kind`, `to` (the patient's id), `about` (the visit
    or the slot, by id) and `at` (ISO, UTC). Any number of workers may run it at the same time.
    """
    return [*remind(services, now), *offer_freed_slots(services, now)]
