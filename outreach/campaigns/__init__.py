"""Campaigns of the staff: visits that the clinic must move, and news for who asked for them."""

from outreach.campaigns.desk import open_desk
from outreach.campaigns.telling import run_campaigns

__all__ = ["open_desk", "run_campaigns"]
