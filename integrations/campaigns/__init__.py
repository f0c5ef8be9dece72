"""Campaigns and their recipients, behind `clinic.ports`."""

from clinic.ports import Campaigns
from integrations.campaigns.store import DatabaseCampaigns
from integrations.database import Database


def open_campaigns(database: Database) -> Campaigns:
    """The campaigns kept in the database."""
    return DatabaseCampaigns(database)
