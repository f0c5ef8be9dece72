"""What the clinic starts, as the staff lead and follow it."""
