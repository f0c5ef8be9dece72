"""Whom a campaign is for: the visits of a span, or the patients of a branch who want news."""

from datetime import datetime, timedelta
from typing import Final

from app.campaigns import Found
from app.services import Services
from clinic.appointments import AppointmentStatus
from clinic.campaigns import CampaignKind, Recipient, RecipientState, Span, Why
from outreach.campaigns.saying import destination_for

_MONTH: Final = timedelta(days=30)
_AHEAD: Final = timedelta(days=366)


def visits_in(services: Services, span: Span, now: datetime) -> list[Found]:
    """The visits of a span that may still be changed, the earliest first."""
    given_up = services.campaigns.given_up(now)
    return [
        Found(visit, _why(services, visit.patient_id, now), given_up.get(visit.id))
        for visit in services.schedule.agenda(span.branch, max(span.start, now), span.end)
        if span.keeps(visit) and visit.start > now
    ]


def _why(services: Services, patient_id: str, now: datetime) -> Why | None:
    found = destination_for(services, CampaignKind.MOVE, patient_id, now)
    return found if isinstance(found, Why) else None


def who_wants_news(
    services: Services, branch: str, service: str | None, months: int, now: datetime
) -> list[Recipient]:
    """Every patient with a visit there since so many months, or to come; by their first visit.

    Who never asked for news, or cannot be reached, is left out and says why.
    """
    visits = services.schedule.agenda(branch, now - months * _MONTH, now + _AHEAD)
    patients = dict.fromkeys(
        visit.patient_id
        for visit in visits
        if service in (None, visit.service) and visit.status is not AppointmentStatus.CANCELLED
    )
    recipients = []
    for patient_id in patients:
        found = destination_for(services, CampaignKind.NEWS, patient_id, now)
        if isinstance(found, Why):
            recipients.append(Recipient(patient_id, state=RecipientState.LEFT_OUT, why=found))
        else:
            recipients.append(Recipient(patient_id))
    return recipients
