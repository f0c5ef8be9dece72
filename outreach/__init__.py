"""What the clinic starts: reminders, offers, calls, campaigns, follow-ups, word of results."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from app.services import Services
from outreach.calls import call_again
from outreach.campaigns import run_campaigns
from outreach.changes import tell_changes
from outreach.follow_ups import wanted
from outreach.look import for_one_look
from outreach.missed_calls import text_back
from outreach.reminders import remind
from outreach.results import tell_results
from outreach.waitlist.offers import offer_freed_slots

log = logging.getLogger(__name__)

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
        try:
            begun += begin(services, now)
        except Exception as error:  # noqa: BLE001  (its text may hold a patient's words)
            log.error("outreach_failed kind=%s error=%s", begin.__name__, type(error).__name__)
    return begun
