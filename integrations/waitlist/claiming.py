"""An offer is accepted: the schedule decides who has the slot."""

from datetime import datetime

from clinic.appointments import UPCOMING, Change, KeyReused, SlotTaken
from clinic.ports import Schedule, Waitlist
from clinic.waitlist import Offer, OfferOutcome, visit_to_move


def claim(
    schedule: Schedule, waitlist: Waitlist, offer: Offer, channel: str, now: datetime
) -> OfferOutcome:
    """Books the slot for the patient, or moves their later visit of that service there.

    ACCEPTED: it is theirs, now or since an earlier acceptance. TAKEN: somebody else has it.
    EXPIRED: the offer ended before. Raises VisitError where the visit to move changes meanwhile;
    nothing was changed then, and the same again succeeds.
    """
    if not _has_slot(schedule, offer):
        if offer.outcome is OfferOutcome.TAKEN:
            return OfferOutcome.TAKEN
        if offer.outcome is not OfferOutcome.OPEN or offer.expires_at <= now:
            return OfferOutcome.EXPIRED
        if not _take_slot(schedule, offer, channel, now):
            waitlist.close(offer.id, OfferOutcome.TAKEN, now)
            return OfferOutcome.TAKEN
    waitlist.accepted(offer, now)
    return OfferOutcome.ACCEPTED


def _has_slot(schedule: Schedule, offer: Offer) -> bool:
    visits = schedule.appointments(offer.patient_id)
    return any(each.slot_id == offer.slot_id and each.status in UPCOMING for each in visits)


def _take_slot(schedule: Schedule, offer: Offer, channel: str, now: datetime) -> bool:
    """Whether it worked. The offer's own key makes a second acceptance the same change."""
    change = Change("patient", channel, f"offer:{offer.id}", now)
    later = visit_to_move(schedule.appointments(offer.patient_id), offer.service, offer.start)
    try:
        if later is None:
            schedule.book(offer.slot_id, offer.service, offer.patient_id, change)
        else:
            schedule.reschedule(later.ref, offer.slot_id, change)
    except SlotTaken:
        return False
    except KeyReused:  # accepted twice at once, and the first has moved the visit already
        pass
    return _has_slot(schedule, offer)
