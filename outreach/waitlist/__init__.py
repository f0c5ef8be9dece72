"""Offers of freed slots to those who wait for one."""

from outreach.waitlist.offers import offer_freed_slots

__all__ = ["offer_freed_slots"]
