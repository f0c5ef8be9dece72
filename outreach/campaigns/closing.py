"""The visits of those who did not answer: cancelled when the staff say so, and then told."""

from datetime import datetime

from app.services import Services
from clinic.appointments import Appointment, AppointmentStatus, Change, VisitError
from clinic.campaigns import Campaign, CampaignKind, Recipient, RecipientState, Why, key_of
from outreach.apart import apart
from outreach.campaigns import saying
from outreach.reach import reach, say_once


def close_rest(
    services: Services, campaign: Campaign, now: datetime, limit: int
) -> list[dict[str, str]]:
    """Cancels and tells up to `limit`; who cannot be told now keeps their visit.

    A visit is cancelled before that is said, under a key of its own: after a crash what was
    cancelled and not told is told.
    """
    by = [each.by for each in services.campaigns.events(campaign.id) if each.event == "closing"]
    begun: list[dict[str, str]] = []
    failed = 0
    for recipient in services.campaigns.recipients(campaign.id, RecipientState.TOLD):
        if len(begun) >= limit:
            return begun
        failed += 1
        with apart("closing", recipient.about):
            if _close_one(services, campaign, recipient, f"staff:{by[-1]}", now):
                about, at = recipient.about, now.isoformat()
                begun.append(
                    {"kind": "cancelled", "to": recipient.patient_id, "about": about, "at": at}
                )
            failed -= 1
    if not failed:
        services.campaigns.rest_closed(campaign.id)
    return begun


def _close_one(
    services: Services, campaign: Campaign, recipient: Recipient, by: str, now: datetime
) -> bool:
    """Whether the patient was told now that the visit is cancelled."""
    key = f"{key_of(campaign.id, recipient)}:closed"
    destination = saying.destination_for(services, CampaignKind.MOVE, recipient.patient_id, now)
    if isinstance(destination, Why):
        return False
    visit = _cancelled(services, campaign, recipient, Change(by, "console", key, now))
    if visit is None:
        return False
    reached = reach(services, destination, now)
    said = saying.closed(services, visit, destination, reached.language, now)
    message = say_once(services, reached, said.text, said.choices, key, now)
    services.campaigns.note(campaign.id, recipient, RecipientState.CLOSED)
    return message is not None


def _cancelled(
    services: Services, campaign: Campaign, recipient: Recipient, change: Change
) -> Appointment | None:
    """The visit, cancelled by this very change now or before; None where it is settled otherwise.

    A patient who answers at the same moment wins or loses against us in the schedule.
    """
    visit = saying.visit_of(services, campaign.what, recipient, change.at)
    if isinstance(visit, Appointment):
        try:
            return services.schedule.cancel(visit.ref, change)
        except VisitError:
            return None
    assert recipient.visit is not None
    visit = services.schedule.appointment(recipient.visit.id)
    ours = services.schedule.history(visit.id)[-1].change.key == change.key
    return visit if ours and visit.status is AppointmentStatus.CANCELLED else None
