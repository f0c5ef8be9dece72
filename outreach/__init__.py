"""What the clinic starts: reminders, offers, calls, campaigns, follow-ups, word of results."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from app.services import Services
from outreach.apart import apart
from outreach.calls import call_again
from outreach.campaigns import run_campaigns
from outreach.changes import tell_changes
from outreach.follow_ups import wanted
from outreach.look import for_one_look
from outreach.missed_calls import text_back
from outreach.reminders import remind
from outreach.results import tell_results
from outreach.waitlist.offers import offer_freed_slots

_KINDS: Final[tuple[Callable[[Services, datetime], list[dict[str, str]]], ...]] = (
    tell_changes,
    run_campaigns,
    remind,
    offer_freed_slots,
    call_again,
    text_back,
    tell_results,
)


def run_due(services: Services, now: datetime) -> list[dict[str, str]]:
    """Begins what is due at `now` (UTC) and was not begun before.

    Returns for each message begun what it is: `kind`, `to` (the patient's id), `about` (the visit,
    the slot, the call or the conversation, by id) and `at` (ISO, UTC). Any number of workers may
    run it at the same time. A kind that fails keeps no other from running.
    """
    services = for_one_look(services)
    begun: list[dict[str, str]] = []
    for begin in (*_KINDS, *wanted(services.settings)):
        with apart(begin.__name__):
            begun += begin(services, now)
    return begun
