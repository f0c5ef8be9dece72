"""Whether what outreach once said may still be said."""

from collections.abc import Iterable
from datetime import datetime

from clinic.appointments import UPCOMING, VisitRef, VisitUnknown
from clinic.ports import Schedule, Waitlist
from clinic.waitlist import OfferOutcome
from conversations.meaning import carried_by
from conversations.model import Choice


class StillTrue:
    """Looks up the visits and offers that a message's choices carry."""

    def __init__(self, schedule: Schedule, waitlist: Waitlist) -> None:
        self._schedule = schedule
        self._waitlist = waitlist

    def __call__(self, choices: Iterable[Choice], said_at: datetime, now: datetime) -> bool:
        """False when a visit has changed or passed since, or an offer has ended. Instants UTC."""
        carried = [carried_by(choice.payload) for choice in choices]
        visits = {str(each["visit"]) for each in carried if "visit" in each}
        offers = {str(each["offer"]) for each in carried if "offer" in each}
        return all(self._stands(visit, said_at, now) for visit in visits) and all(
            self._is_open(offer, now) for offer in offers
        )

    def _stands(self, carried: str, said_at: datetime, now: datetime) -> bool:
        try:
            ref = VisitRef.parse(carried)
            visit = self._schedule.appointment(ref.id)
        except (ValueError, VisitUnknown):
            return False
        if visit.version != ref.version:
            return False
        if visit.start <= said_at:  # it was said of a visit that was over
            return True
        return visit.status in UPCOMING and visit.start > now

    def _is_open(self, offer_id: str, now: datetime) -> bool:
        offer = self._waitlist.offer_of(offer_id)
        return offer is not None and offer.outcome is OfferOutcome.OPEN and now < offer.expires_at
