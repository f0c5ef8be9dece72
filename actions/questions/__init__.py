"""The questions of which flows are made."""
