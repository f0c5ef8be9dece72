"""Reminders of coming visits: when one is due, what it says, and what was said before."""

from outreach.reminders.remind import remind

__all__ = ["remind"]
