"""Times that a campaign has closed: they stay in the schedule, and nobody is given them."""

from sqlalchemy import ColumnElement, and_, exists, or_

from integrations.campaigns.tables import CampaignRow
from integrations.tables import SlotRow


def is_closed() -> ColumnElement[bool]:
    """Whether the slot of the query lies in times that were given up."""
    return exists().where(closes_slot())


def closes_slot() -> ColumnElement[bool]:
    """Whether a campaign closes a slot, both of the query."""
    return and_(
        CampaignRow.closed,
        CampaignRow.branch == SlotRow.branch,
        or_(
            CampaignRow.practitioner.is_(None),
            CampaignRow.practitioner == SlotRow.practitioner,
        ),
        CampaignRow.start <= SlotRow.start,
        SlotRow.start < CampaignRow.end,
    )
