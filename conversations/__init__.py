"""What was said and what happens next: turns, threads, handoff, deliveries."""
