"""Campaigns on their way: a few are told at each look, each once, and none who must not be."""

from collections import Counter
from datetime import datetime
from typing import Final

from app.services import Services
from clinic.campaigns import (
    Campaign,
    CampaignKind,
    CampaignState,
    Recipient,
    RecipientState,
    Why,
    key_of,
)
from clinic.quiet_hours import is_allowed
from outreach.apart import apart
from outreach.campaigns import saying
from outreach.campaigns.closing import close_rest
from outreach.reach import reach, say_once

AT_A_LOOK: Final = 20
"""So many of a campaign are told at one look: a pause keeps back all the others."""

Begun = list[dict[str, str]]


def run_campaigns(services: Services, now: datetime) -> Begun:
    """Goes on with every campaign at `now` (UTC); see `outreach.run_due`."""
    begun: Begun = []
    for campaign in services.campaigns.at_work():
        if not is_allowed(now, services.catalogue.branch(campaign.what.branch).zone):
            continue
        if campaign.closing:
            begun += close_rest(services, campaign, now, AT_A_LOOK)
        if campaign.state is CampaignState.RUNNING:
            begun += _tell(services, campaign, now)
    return begun


def _tell(services: Services, campaign: Campaign, now: datetime) -> Begun:
    """One who cannot be told keeps none of the others; a pause holds from the next one on."""
    begun: Begun = []
    offered = saying.offered_lately(services, now)
    for recipient in services.campaigns.recipients(campaign.id, RecipientState.WAITING):
        present = services.campaigns.campaign(campaign.id)
        if len(begun) >= AT_A_LOOK or present.state is not CampaignState.RUNNING:
            break
        with apart("campaign", recipient.about):
            if _tell_one(services, campaign, recipient, offered, now):
                at = now.isoformat()
                to, about = recipient.patient_id, recipient.about
                begun.append({"kind": "campaign", "to": to, "about": about, "at": at})
    return begun


def _tell_one(
    services: Services,
    campaign: Campaign,
    recipient: Recipient,
    offered: Counter[str],
    now: datetime,
) -> bool:
    """Whether it was said now. What a crash left said and not noted is noted."""
    what, key = campaign.what, key_of(campaign.id, recipient)
    if services.conversations.said_for(key):
        services.campaigns.note(campaign.id, recipient, RecipientState.TOLD)
        return False
    visit = saying.visit_of(services, what, recipient, now) if recipient.visit else None
    if isinstance(visit, Why):
        services.campaigns.note(campaign.id, recipient, RecipientState.LEFT_OUT, visit)
        return False
    destination = saying.destination_for(services, what.kind, recipient.patient_id, now)
    if isinstance(destination, Why):
        left_out = what.kind is CampaignKind.NEWS
        state = RecipientState.LEFT_OUT if left_out else RecipientState.UNREACHABLE
        services.campaigns.note(campaign.id, recipient, state, destination)
        return False
    if destination.is_mid_talk(now):
        return False
    reached = reach(services, destination, now)
    if visit is None:
        said = saying.news(services, what, reached.language)
    else:
        said = saying.move(services, what, visit, destination, reached.language, offered, now)
    message = say_once(services, reached, said.text, said.choices, key, now)
    services.campaigns.note(campaign.id, recipient, RecipientState.TOLD)
    return message is not None
